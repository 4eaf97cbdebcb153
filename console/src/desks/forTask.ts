/** Asking a specialist desk for a task: `ASKFOR 4829 visit interpreters by-telephone …`. */
import type { TaskRow } from '../api/schema';
import { t } from '../i18n';
import { notOpen } from '../operations/notOpen';
import type { Operation, Subject } from '../operations/operation';
import { isOver } from '../tasks/can';
import { kind, level, which } from '../tasks/said';
import { tasks } from '../tasks/tasks.svelte';
import { incidentOf } from '../tasks/whole';
import { askDesk } from './deeds';
import { lacks } from './operations';
import { desk, offer, queue, skill } from './said';

/** The tasks that may be meant: of the number that was said, or the one that is shown. */
function meant({ own }: Subject): TaskRow[] {
  const ids = (own['task'] as string[] | undefined) ?? [tasks.selected ?? ''];
  return ids
    .flatMap((id) => tasks.get(id) ?? [])
    .filter((row) => !isOver(row) && (own['kind'] === undefined || row.kind === own['kind']));
}

function notOne(subject: Subject): string | null {
  const [task, other] = meant(subject);
  if (!task || other) return t(other ? 'why.task.which' : 'why.task.none');
  const incident = incidentOf(task);
  return incident ? notOpen({ ...subject, incident }) : t('why.task.none');
}

export const askForTask: Operation = {
  id: 'desk_request.ask_for_task',
  label: 'op.request_ask_for_task',
  group: 'request',
  words: ['ASKFOR', '任务协作'],
  takes: [which, kind, desk, offer, skill, level, queue, 'text'],
  asks: 'request.asks',
  verb: 'desk_request.ask',
  disabledBecause: (subject) => notOne(subject) ?? lacks(subject),
  run: (subject) => {
    const [task] = meant(subject);
    const { own, text } = subject;
    void askDesk(incidentOf(task!)!, {
      task: task!.id,
      desk: own['desk'] as string,
      offer: own['offer'] as string,
      text,
      ...(own['skill'] !== undefined && { skill: own['skill'] as string }),
      ...(own['level'] !== undefined && { level: own['level'] as number }),
      ...(own['queue'] !== undefined && { queue: true }),
    });
  },
};
