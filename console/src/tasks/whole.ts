/** The incident that a task is on. */
import type { TaskRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { board } from '../model/board.svelte';

/** What it is on; of what was merged, the incident that it is part of by now. */
export function incidentOf(task: TaskRow): IncidentRow | undefined {
  let found = board.incidents.get(task.incident);
  while (found?.merged_into) found = board.incidents.get(found.merged_into);
  return found;
}
