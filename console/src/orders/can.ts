/**
 * What can be done with a supervision order by whom, as the server decides it: so that a button says
 * why not before it is pressed. Pure.
 */
import type { OrderRow } from '../api/schema';
import type { MessageKey } from '../i18n';
import { within, type Me } from '../tasks/can';

export type OrderState = OrderRow['state'];
export type OrderVerb =
  | 'supervision_order.acknowledge'
  | 'supervision_order.undo_acknowledgement'
  | 'supervision_order.answer'
  | 'supervision_order.take_answer_back'
  | 'supervision_order.accept'
  | 'supervision_order.undo_acceptance'
  | 'supervision_order.send_back'
  | 'supervision_order.withdraw'
  | 'supervision_order.restore'
  | 'supervision_order.remind';

const OWED: readonly OrderState[] = ['given', 'acknowledged'];
const STATES: Record<OrderVerb, readonly OrderState[]> = {
  'supervision_order.acknowledge': ['given'],
  'supervision_order.undo_acknowledgement': ['acknowledged'],
  'supervision_order.answer': OWED,
  'supervision_order.take_answer_back': ['answered'],
  'supervision_order.accept': ['answered'],
  'supervision_order.undo_acceptance': ['accepted'],
  'supervision_order.send_back': ['answered'],
  'supervision_order.withdraw': [...OWED, 'answered'],
  'supervision_order.restore': ['withdrawn'],
  'supervision_order.remind': OWED,
};

const OWING: readonly OrderVerb[] = [
  'supervision_order.acknowledge',
  'supervision_order.undo_acknowledgement',
  'supervision_order.answer',
  'supervision_order.take_answer_back',
];

/** Who asks; an `officer` answers only what was given to them or to their team. */
export interface Asking extends Me {
  officer?: boolean;
}

/** Was it given to a member, by name or to their team? */
export function isWith({ owner, team }: OrderRow, me: Asking): boolean {
  return owner ? owner === me.id : team !== '';
}

/** Is the answer still owed? */
export function isOwed({ state }: OrderRow): boolean {
  return OWED.includes(state);
}

export function isOver({ state }: OrderRow): boolean {
  return state === 'accepted' || state === 'withdrawn';
}

export function isLate(row: OrderRow, now_ms: number): boolean {
  return isOwed(row) && row.due_ms <= now_ms;
}

/** Is it of use in the state that the order is in? */
export function fitsState(verb: OrderVerb, { state }: OrderRow): boolean {
  return STATES[verb].includes(state);
}

/** Why it can't be done; null when it can. Whether the role may at all is asked elsewhere. */
export function whyNotOrder(verb: OrderVerb, row: OrderRow, me: Asking): MessageKey | null {
  if (!within(row.org, me.limit)) return 'why.order.other_org';
  if (!OWING.includes(verb) && !within(row.from_org, me.limit)) return 'why.order.given_by_other';
  if (me.officer && !isWith(row, me)) return 'why.order.not_yours';
  if (!fitsState(verb, row)) return `why.order.${row.state}`;
  const judges = verb === 'supervision_order.accept' || verb === 'supervision_order.send_back';
  return judges && row.answered_by === me.id ? 'why.order.own' : null;
}

/** What usually comes next for the one who asks, of what they may do. */
export function nextOf(
  row: OrderRow,
  me: Asking,
  may: (verb: string) => boolean,
):
  'supervision_order.acknowledge' | 'supervision_order.answer' | 'supervision_order.accept' | null {
  const steps = [
    'supervision_order.acknowledge',
    'supervision_order.answer',
    'supervision_order.accept',
  ] as const;
  return steps.find((one) => may(one) && whyNotOrder(one, row, me) === null) ?? null;
}

/** What is late first, the longest on top; then what is owed by its time, then what is to be judged. */
export function urgency(row: OrderRow): number {
  if (isOver(row)) return Number.MAX_SAFE_INTEGER;
  return isOwed(row) ? row.due_ms : row.due_ms + 1e14;
}
