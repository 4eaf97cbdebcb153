/** Going to where clocks and their incidents are. */
import type { LoopRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { panes } from '../model/panes.svelte';
import { rest } from '../model/rest.svelte';
import { router } from '../model/router.svelte';
import { selection } from '../model/selection.svelte';
import { mayOpen } from '../operations/room';
import type { Place } from '../pages';
import { showTask } from '../tasks/show';
import { tasks } from '../tasks/tasks.svelte';
import { pagesOfClock } from '../watching/pages';
import { clockFilter } from './filter.svelte';

/** The incident that a loop is of; of a task, the one that it is on. */
export const incidentOf = (loop: LoopRow): string => loop.task_on ?? loop.id;

/** Can what a loop is of be shown? */
export function canShowOf(loop: LoopRow): boolean {
  if (loop.task_on) return mayOpen('/tasks') && tasks.get(loop.id) !== undefined;
  return canShow(loop.id);
}

export function showOf(loop: LoopRow): void {
  if (loop.task_on) showTask(loop.id);
  else showIncident(loop.id);
}

/** Can the incident be shown? One that was closed long ago is on no board; where that holds only some of
 *  what is open, it is asked for. */
export function canShow(incident: string): boolean {
  return mayOpen('/dispatch') && (board.incidents.has(incident) || rest.isNeeded);
}

export function showIncident(incident: string): void {
  if (!board.incidents.has(incident)) void rest.about(incident);
  selection.selectIncident(incident);
  panes.show('desk');
  router.go('/dispatch');
}

/** The page on which the one who is signed in sees what a late clock is of: the board of clocks; at
 *  stations the tasks, or their own incidents. */
export function pageOf(loop: LoopRow): Place | undefined {
  return pagesOfClock(loop.task_on !== null).find(mayOpen);
}

/** The board of the clocks of which the one who is signed in was told; else what the clock is of. */
export function showTold(loop: LoopRow): void {
  const page = pageOf(loop);
  if (page === '/clocks') clockFilter.only('told');
  else if (page === '/tasks') return showTask(loop.id);
  else if (page) selection.selectIncident(loop.task_on ?? loop.id);
  if (page) router.go(page);
}
