/** What can be done with tasks. */
import type { act } from '../actions/act';
import type { TaskRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import { session } from '../model/session.svelte';
import type { Named as Org } from '../notices/slots';
import { notOpen } from '../operations/notOpen';
import type { Operation, Subject } from '../operations/operation';
import { joinable, nextStep, whyNotTask, type TaskVerb } from './can';
import {
  acceptTask,
  approveTask,
  giveBack,
  noteTask,
  offerTask,
  reassignTask,
  releaseTask,
  remindTask,
  sayWhyNot,
  startTask,
  submitTask,
  takeNextStep,
  undoTaskApproval,
  undoTaskReturn,
  undoTaskStart,
  usualOrg,
  withdrawTask,
} from './deeds';
import { changeDue, joinTask, splitTask, undoJoin } from './dividing';
import { because, due, kind, level, org, owner, reasons, team, which, whichReturned } from './said';
import { showTask } from './show';
import { tasks } from './tasks.svelte';
import type { Kind, Team } from './words';

export const offer: Operation = {
  id: 'task.offer',
  label: 'op.task_offer',
  also: ['task.offer'],
  group: 'task',
  words: ['TASK', '下派'],
  key: 't',
  takes: ['incident', kind, org, team, owner, due, level, 'text'],
  asks: 'task.asks',
  verb: 'task.offer',
  disabledBecause: (subject) =>
    notOpen(subject) ??
    (subject.incident && !subject.own['org'] && !usualOrg(subject.incident)
      ? t('why.task.no_org')
      : null),
  run: ({ incident, own, text }) =>
    void offerTask(incident!, {
      kind: (own['kind'] as Kind | undefined) ?? 'custom',
      org: (own['org'] as Org | undefined)?.path ?? usualOrg(incident!),
      text,
      ...(own['team'] !== undefined && { team: own['team'] as Team }),
      ...(own['owner'] !== undefined && { owner: own['owner'] as string }),
      ...(own['level'] !== undefined && { level: own['level'] as number }),
      due_ms: (own['due'] as number | undefined) ?? null,
    }),
};

/** The tasks that may be meant: of the number that was said, or the one that is shown. */
function meant(subject: Subject): TaskRow[] {
  const ids = (subject.own['task'] as string[] | undefined) ?? [tasks.selected ?? ''];
  const wanted = subject.own['kind'] as Kind | undefined;
  return ids
    .flatMap((id) => tasks.get(id) ?? [])
    .filter((row) => wanted === undefined || row.kind === wanted);
}

/** The one of them with which it can be done. */
function theOne(verb: TaskVerb, subject: Subject): TaskRow | null {
  const can = meant(subject).filter((row) => whyNotTask(verb, row, tasks.me) === null);
  return can.length === 1 ? can[0]! : null;
}

function notOne(verb: TaskVerb, subject: Subject): string | null {
  if (theOne(verb, subject)) return null;
  const rows = meant(subject);
  if (!rows.length) return t('why.task.none');
  const can = rows.filter((row) => whyNotTask(verb, row, tasks.me) === null);
  return can.length > 1 ? t('why.task.which') : sayWhyNot(verb, rows[0]!);
}

/** An operation on one task. */
function on(
  verb: TaskVerb &
    (
      | 'task.accept'
      | 'task.start'
      | 'task.approve'
      | 'task.release'
      | 'task.remind'
      | 'task.withdraw'
      | 'task.undo_approval'
      | 'task.undo_start'
      | 'task.undo_join'
    ),
  label: MessageKey,
  words: readonly string[],
  run: (row: TaskRow) => void,
): Operation {
  return {
    id: verb,
    label,
    group: 'task',
    words,
    takes: [which, kind],
    verb,
    disabledBecause: (subject) => notOne(verb, subject),
    run: (subject) => run(theOne(verb, subject)!),
  };
}

export const accept = on('task.accept', 'op.task_accept', ['ACCEPT', '接收'], acceptTask);
export const begin = on('task.start', 'op.task_start', ['BEGIN', '开始办理'], startTask);
export const unbegin = on(
  'task.undo_start',
  'op.task_undo_start',
  ['UNBEGIN', '撤销开始办理'],
  undoTaskStart,
);
export const approve = on('task.approve', 'op.task_approve', ['APPROVE', '审核通过'], approveTask);
export const release = on('task.release', 'op.task_release', ['RELEASE', '撤销接收'], releaseTask);
export const remind = on('task.remind', 'op.task_remind', ['REMIND', '催办'], remindTask);
export const withdraw = on('task.withdraw', 'op.task_withdraw', ['DROP', '撤回任务'], withdrawTask);
export const undoApproval = on(
  'task.undo_approval',
  'op.task_undo_approval',
  ['UNAPPROVE', '撤销审核'],
  undoTaskApproval,
);

function withText(
  verb: 'task.submit' | 'task.add_note',
  label: MessageKey,
  words: readonly string[],
  asks: MessageKey,
  run: (row: TaskRow, text: string) => ReturnType<typeof act>,
): Operation {
  return {
    id: verb,
    label,
    group: 'task',
    words,
    takes: [which, kind, 'text'],
    asks,
    verb,
    disabledBecause: (subject) => notOne(verb, subject),
    run: (subject) => void run(theOne(verb, subject)!, subject.text),
  };
}

export const submit = withText(
  'task.submit',
  'op.task_submit',
  ['SUBMIT', '提交'],
  'task.asks_outcome',
  submitTask,
);
export const note = withText(
  'task.add_note',
  'op.task_note',
  ['TNOTE', '任务备注'],
  'command.missing.text',
  noteTask,
);

function withReason(
  verb: 'task.return' | 'task.send_back',
  label: MessageKey,
  words: readonly string[],
): Operation {
  const reasonOf = ({ own }: Subject) =>
    (own['reason'] as string | undefined) ?? (reasons().length ? null : '');
  return {
    id: verb,
    label,
    group: 'task',
    words,
    takes: [which, kind, because],
    verb,
    disabledBecause: (subject) =>
      notOne(verb, subject) ?? (reasonOf(subject) === null ? t('why.task.reason') : null),
    run: (subject) => void giveBack(verb, theOne(verb, subject)!, reasonOf(subject)!),
  };
}

export const giveItBack = withReason('task.return', 'op.task_return', ['RETURN', '退回']);
export const sendBack = withReason('task.send_back', 'op.task_send_back', ['BACK', '发回重办']);

/** The ones that may be meant: of the number that was said, the one that is shown, or the last one. */
function returned({ own }: Subject): TaskRow[] {
  const ids = own['task'] as string[] | undefined;
  const wanted = own['kind'] as Kind | undefined;
  const shown = tasks.returned.filter(({ id }) => id === tasks.selected);
  const rows = ids
    ? tasks.returned.filter(({ id }) => ids.includes(id))
    : shown.length
      ? shown
      : tasks.returned.slice(-1);
  return rows.filter((row) => wanted === undefined || row.kind === wanted);
}

export const unreturn: Operation = {
  id: 'task.undo_return',
  label: 'op.task_undo_return',
  group: 'task',
  words: ['UNRETURN', '撤销退回'],
  takes: [whichReturned, kind],
  verb: 'task.undo_return',
  disabledBecause: (subject) => {
    const { length } = returned(subject);
    return length === 1 ? null : t(length ? 'why.task.which' : 'why.task.none_returned');
  },
  run: (subject) => undoTaskReturn(returned(subject)[0]!),
};

export const reassign: Operation = {
  id: 'task.reassign',
  label: 'op.task_reassign',
  group: 'task',
  words: ['GIVE', '改派任务'],
  takes: [which, kind, org, team, owner],
  verb: 'task.reassign',
  disabledBecause: (subject) =>
    notOne('task.reassign', subject) ??
    (['org', 'team', 'owner'].some((one) => one in subject.own) ? null : t('why.task.to_whom')),
  run: (subject) => {
    const row = theOne('task.reassign', subject)!;
    const to = subject.own['org'] as Org | undefined;
    reassignTask(row, {
      org: to?.path ?? row.org,
      team: (subject.own['team'] as Team | undefined) ?? '',
      owner: (subject.own['owner'] as string | undefined) ?? '',
    });
  },
};

export const next: Operation = {
  id: 'task.next',
  label: 'op.task_next',
  group: 'task',
  words: ['STEP', '办下一步'],
  key: 'x',
  takes: [which, kind],
  isFor: () => session.may('task.add_note'),
  disabledBecause: (subject) => {
    const rows = meant(subject);
    if (rows.length !== 1) return t(rows.length ? 'why.task.which' : 'why.task.none');
    const step = nextStep(rows[0]!, tasks.me, (verb) => session.may(verb));
    return step ? null : t('why.task.no_step');
  },
  run: (subject) => takeNextStep(meant(subject)[0]!),
};

export const show: Operation = {
  id: 'task.show',
  label: 'op.task_show',
  group: 'task',
  words: ['SHOW', '查看任务'],
  takes: [which, kind],
  isFor: () => session.may('task.add_note'),
  disabledBecause: (subject) => {
    const { length } = meant(subject);
    return length === 1 ? null : t(length ? 'why.task.which' : 'why.task.none');
  },
  run: (subject) => showTask(meant(subject)[0]!.id),
};

/** `SPLIT 4829 to … case team Ask upstairs // Ask below`: each a task of its own. */
export const split: Operation = {
  id: 'task.split',
  label: 'op.task_split',
  group: 'task',
  words: ['PARTS', '拆分任务'],
  takes: [which, kind, org, team, 'text'],
  asks: 'task.asks_parts',
  verb: 'task.split',
  disabledBecause: (subject) => notOne('task.split', subject),
  run: (subject) => {
    const row = theOne('task.split', subject)!;
    const to = (subject.own['org'] as Org | undefined)?.path ?? row.org;
    const by = (subject.own['team'] as Team | undefined) ?? '';
    const texts = subject.text.split('//').map((one) => one.trim());
    splitTask(
      row,
      texts.filter(Boolean).map((text) => ({ org: to, team: by, text })),
    );
  },
};

/** The task that is shown is joined into the one that is named, where that leaves no doubt. */
function intoOne(subject: Subject): TaskRow | null {
  const shown = tasks.get(tasks.selected);
  if (!shown) return null;
  const named = joinable(shown, meant(subject));
  const found = named.length ? named : joinable(shown, tasks.open);
  return found.length === 1 ? found[0]! : null;
}

export const join: Operation = {
  id: 'task.join',
  label: 'op.task_join',
  group: 'task',
  words: ['JOIN', '合并任务'],
  takes: [which, kind],
  verb: 'task.join',
  disabledBecause: (subject) => {
    const shown = tasks.get(tasks.selected);
    if (!shown) return t('why.task.none');
    if (whyNotTask('task.join', shown, tasks.me)) return sayWhyNot('task.join', shown);
    return intoOne(subject) ? null : t('task.join_none');
  },
  run: (subject) => joinTask(tasks.get(tasks.selected)!, intoOne(subject)!),
};

export const disjoin = on('task.undo_join', 'op.task_undo_join', ['DISJOIN', '撤销合并'], undoJoin);

export const until: Operation = {
  id: 'task.change_due',
  label: 'op.task_due',
  group: 'task',
  words: ['UNTIL', '改期'],
  takes: [which, kind, due, because],
  verb: 'task.change_due',
  disabledBecause: (subject) =>
    notOne('task.change_due', subject) ??
    (subject.own['due'] === undefined ? t('why.task.until') : null) ??
    (subject.own['reason'] === undefined && reasons().length ? t('why.task.reason') : null),
  run: ({ own, ...subject }) =>
    changeDue(
      theOne('task.change_due', { own, ...subject })!,
      own['due'] as number,
      (own['reason'] as string | undefined) ?? '',
    ),
};
