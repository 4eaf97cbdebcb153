/**
 * What can be done with a task by whom, as the server decides it: so that a button says why not before
 * it is pressed. Pure.
 */
import type { TaskRow } from '../api/schema';
import type { MessageKey } from '../i18n';

export type TaskState = TaskRow['state'];
export type TaskVerb =
  | 'task.accept'
  | 'task.return'
  | 'task.undo_return'
  | 'task.reassign'
  | 'task.release'
  | 'task.start'
  | 'task.undo_start'
  | 'task.tick_step'
  | 'task.submit'
  | 'task.approve'
  | 'task.undo_approval'
  | 'task.send_back'
  | 'task.withdraw'
  | 'task.remind'
  | 'task.add_note'
  | 'task.split'
  | 'task.join'
  | 'task.undo_join'
  | 'task.change_due';

/** Who asks. */
export interface Me {
  id: string;
  /** The organisation that limits what they do; empty for none. */
  limit: string;
}

const ALL: readonly TaskState[] = [
  'offered',
  'accepted',
  'in_progress',
  'submitted',
  'approved',
  'returned',
  'withdrawn',
  'joined',
];
const TAKEN: readonly TaskState[] = ['accepted', 'in_progress'];
const AWAY: readonly TaskState[] = ['offered', ...TAKEN, 'returned'];
const STATES: Record<TaskVerb, readonly TaskState[]> = {
  'task.accept': ['offered'],
  'task.return': AWAY,
  'task.undo_return': ['returned'],
  'task.reassign': [...AWAY, 'withdrawn'],
  'task.release': TAKEN,
  'task.start': ['accepted', 'submitted'],
  'task.undo_start': ['in_progress'],
  'task.tick_step': TAKEN,
  'task.submit': TAKEN,
  'task.approve': ['submitted'],
  'task.undo_approval': ['approved'],
  'task.send_back': ['submitted'],
  'task.withdraw': [...AWAY, 'submitted'],
  'task.remind': AWAY,
  'task.add_note': ALL,
  'task.split': AWAY,
  'task.join': AWAY,
  'task.undo_join': ['joined'],
  'task.change_due': AWAY,
};
const OWNERS: readonly TaskVerb[] = [
  'task.release',
  'task.start',
  'task.undo_start',
  'task.tick_step',
  'task.submit',
];

export function within(path: string, of: string): boolean {
  return !of || path === of || path.startsWith(`${of}/`);
}

export function isOver({ state }: TaskRow): boolean {
  return state === 'approved' || state === 'withdrawn' || state === 'joined';
}

/** Is it late? What is submitted is no longer waited for. */
export function isLate(row: TaskRow, now_ms: number): boolean {
  return !isOver(row) && row.state !== 'submitted' && row.due_ms !== null && row.due_ms <= now_ms;
}

/** Is it of use in the state that the task is in? By whom it is, is another matter. */
export function fitsState(verb: TaskVerb, { state }: TaskRow): boolean {
  return STATES[verb].includes(state);
}

/** Why it can't be done; null when it can. Whether the role may at all is asked elsewhere. */
export function whyNotTask(verb: TaskVerb, row: TaskRow, me: Me): MessageKey | null {
  if (!within(row.org, me.limit)) return 'why.task.other_org';
  if (!fitsState(verb, row)) return `why.task.${row.state}`;
  if (OWNERS.includes(verb) && row.owner !== me.id) return 'why.task.of_another';
  switch (verb) {
    case 'task.accept':
      return row.owner && row.owner !== me.id ? 'why.task.of_another' : null;
    case 'task.return':
      if (TAKEN.includes(row.state) && row.owner !== me.id) return 'why.task.of_another';
      return row.from_org === null ? 'why.task.nobody' : null;
    case 'task.undo_return':
      return row.returned_by === me.id ? null : 'why.task.returned_by_another';
    case 'task.undo_start':
      return row.ticked.length || row.submitted_by ? 'why.task.recorded' : null;
    case 'task.approve':
      return row.submitted_by === me.id ? 'why.task.own' : null;
    case 'task.withdraw':
    case 'task.change_due':
      return within(row.first_org, me.limit) ? null : 'why.task.other_org';
    default:
      return null;
  }
}

/** What usually comes next for the one who asks, of what they may do; null where that is nothing. */
export function nextStep(
  row: TaskRow,
  me: Me,
  may: (verb: string) => boolean,
): 'task.accept' | 'task.start' | 'task.submit' | 'task.approve' | null {
  const steps = ['task.accept', 'task.start', 'task.submit', 'task.approve'] as const;
  // What was submitted can be taken back to work, but that is no next step.
  const found = steps.filter((one) => one !== 'task.start' || row.state === 'accepted');
  return found.find((one) => may(one) && whyNotTask(one, row, me) === null) ?? null;
}

/** What is late first, the longest on top; then by what is due and how urgent it is. */
export function urgency(row: TaskRow, now_ms: number): number {
  if (isOver(row)) return Number.MAX_SAFE_INTEGER;
  if (isLate(row, now_ms)) return row.due_ms!;
  const waits_ms = row.priority * 86_400_000;
  return (row.due_ms ?? row.since_ms + 30 * 86_400_000) + waits_ms;
}

/** The other tasks of its incident that it can be joined into. */
export function joinable(row: TaskRow, open: readonly TaskRow[]): TaskRow[] {
  return open.filter(
    (one) => one.id !== row.id && one.incident === row.incident && AWAY.includes(one.state),
  );
}
