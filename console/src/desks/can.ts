/**
 * What can be done with a request to a specialist desk by whom, as the server decides it: so that a
 * button says why not before it is pressed. Pure.
 */
import type { DeskRequestRow } from '../api/schema';
import type { MessageKey } from '../i18n';
import { within, type Me } from '../tasks/can';

export type RequestState = DeskRequestRow['state'];
export type RequestVerb =
  | 'desk_request.accept'
  | 'desk_request.release'
  | 'desk_request.return'
  | 'desk_request.undo_return'
  | 'desk_request.start'
  | 'desk_request.finish'
  | 'desk_request.add_note'
  | 'desk_request.ask_again'
  | 'desk_request.confirm'
  | 'desk_request.undo_confirmation'
  | 'desk_request.send_back'
  | 'desk_request.withdraw'
  | 'desk_request.remind';

const TAKEN: readonly RequestState[] = ['accepted', 'in_progress'];
const OPEN: readonly RequestState[] = ['asked', ...TAKEN, 'done', 'returned'];
const STATES: Record<RequestVerb, readonly RequestState[]> = {
  'desk_request.accept': ['asked'],
  'desk_request.release': TAKEN,
  'desk_request.return': ['asked', ...TAKEN],
  'desk_request.undo_return': ['returned'],
  'desk_request.start': ['accepted', 'done'],
  'desk_request.finish': TAKEN,
  'desk_request.add_note': [...OPEN, 'confirmed', 'withdrawn'],
  'desk_request.ask_again': ['returned', 'withdrawn'],
  'desk_request.confirm': ['done'],
  'desk_request.undo_confirmation': ['confirmed'],
  'desk_request.send_back': ['done'],
  'desk_request.withdraw': OPEN,
  'desk_request.remind': ['asked', ...TAKEN],
};
/** What the desk does; the rest is for who asked. */
const AT_THE_DESK: readonly RequestVerb[] = [
  'desk_request.accept',
  'desk_request.release',
  'desk_request.return',
  'desk_request.undo_return',
  'desk_request.start',
  'desk_request.finish',
];

export function isOver({ state }: DeskRequestRow): boolean {
  return state === 'confirmed' || state === 'withdrawn';
}

/** Does it count against the capacity of its desk? */
export function isAtWork({ state }: DeskRequestRow): boolean {
  return TAKEN.includes(state);
}

/** Is it late to be accepted? */
export function isLate(row: DeskRequestRow, now_ms: number): boolean {
  return row.state === 'asked' && row.accept_by_ms <= now_ms;
}

export function fitsState(verb: RequestVerb, { state }: DeskRequestRow): boolean {
  return STATES[verb].includes(state);
}

/** Why it can't be done; null when it can. Whether the role may at all is asked elsewhere. */
export function whyNotRequest(verb: RequestVerb, row: DeskRequestRow, me: Me): MessageKey | null {
  const ours = AT_THE_DESK.includes(verb);
  const either = verb === 'desk_request.add_note' && within(row.org, me.limit);
  if (!either && !within(ours ? row.org : row.from_org, me.limit)) return 'why.request.other_org';
  if (!fitsState(verb, row)) return `why.request.${row.state}`;
  if (!ours || verb === 'desk_request.accept') return null;
  if (verb === 'desk_request.undo_return')
    return row.returned_by === me.id ? null : 'why.request.returned_by_another';
  const free = verb === 'desk_request.return' && !row.owner;
  return free || row.owner === me.id ? null : 'why.request.of_another';
}

/** What usually comes next for the one who asks, of what they may do; null where that is nothing. */
export function nextStep(row: DeskRequestRow, me: Me, may: (verb: string) => boolean) {
  const steps = [
    'desk_request.accept',
    'desk_request.start',
    'desk_request.finish',
    'desk_request.confirm',
  ] as const;
  // What was finished can be taken back to work, but that is no next step.
  const found = steps.filter((one) => one !== 'desk_request.start' || row.state === 'accepted');
  return found.find((one) => may(one) && whyNotRequest(one, row, me) === null) ?? null;
}

/** What nobody has accepted first, by its clock; then what is in work, then what waits for others. */
export function urgency(row: DeskRequestRow): number {
  const FAR = 1e14;
  switch (row.state) {
    case 'asked':
      return row.accept_by_ms;
    case 'accepted':
    case 'in_progress':
      return FAR + row.priority * 1e13 + row.since_ms;
    case 'done':
    case 'returned':
      return FAR * 10 + row.since_ms;
    default:
      return FAR * 100 - row.since_ms;
  }
}

/** As they were read, and as they are on the board by now, the oldest first. */
export function latest(
  read: readonly DeskRequestRow[],
  board: readonly DeskRequestRow[],
): DeskRequestRow[] {
  const found = new Map(read.map((one) => [one.id, one]));
  for (const one of board) {
    const before = found.get(one.id);
    if (!before || before.position <= one.position) found.set(one.id, one);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
