/**
 * What can be done with a dispute by whom, as the server decides it: so that a button says why not
 * before it is pressed. Pure.
 */
import type { MatterRow } from '../api/schema';
import type { MessageKey } from '../i18n';
import { within, type Me } from '../tasks/can';

export type Standing = MatterRow['state'] | 'expired';
export type MatterVerb =
  | 'matter.undo_open'
  | 'matter.take'
  | 'matter.release'
  | 'matter.reassign'
  | 'matter.link'
  | 'matter.unlink'
  | 'matter.plan_mediation'
  | 'matter.drop_mediation'
  | 'matter.hold_mediation'
  | 'matter.undo_mediation'
  | 'matter.add_note'
  | 'matter.conclude'
  | 'matter.undo_outcome'
  | 'matter.confirm'
  | 'matter.decide_case';

const GOES_ON: readonly Standing[] = ['waiting', 'in_hand', 'watched'];
const NOT_OVER: readonly Standing[] = [...GOES_ON, 'failed'];
const ALL: readonly Standing[] = [...NOT_OVER, 'given_up', 'decided', 'withdrawn', 'expired'];
const STATES: Record<MatterVerb, readonly Standing[]> = {
  'matter.undo_open': ['waiting', 'in_hand'],
  'matter.take': ['waiting', 'failed'],
  'matter.release': ['in_hand', 'failed'],
  'matter.reassign': NOT_OVER,
  'matter.link': NOT_OVER,
  'matter.unlink': NOT_OVER,
  'matter.plan_mediation': ['in_hand'],
  'matter.drop_mediation': ['in_hand'],
  'matter.hold_mediation': ['in_hand'],
  'matter.undo_mediation': ['in_hand'],
  'matter.add_note': ALL,
  'matter.conclude': ['in_hand'],
  'matter.undo_outcome': ['watched', 'failed', 'given_up'],
  'matter.confirm': GOES_ON,
  'matter.decide_case': ['failed'],
};
const OWNERS: readonly MatterVerb[] = [
  'matter.release',
  'matter.plan_mediation',
  'matter.drop_mediation',
  'matter.hold_mediation',
  'matter.undo_mediation',
  'matter.conclude',
  'matter.undo_outcome',
  'matter.decide_case',
];

/** Its state at a time: it ends by itself if nobody confirms it. */
export function standing(row: MatterRow, now_ms: number): Standing {
  return row.review_ms !== null && row.review_ms <= now_ms ? 'expired' : row.state;
}

export function isOver(row: MatterRow, now_ms: number): boolean {
  return !NOT_OVER.includes(standing(row, now_ms));
}

/** Has the time for the next step passed? */
export function isLate(row: MatterRow, now_ms: number): boolean {
  return !isOver(row, now_ms) && row.due_ms !== null && row.due_ms <= now_ms;
}

/** Does it end soon, unless somebody confirms it? */
export function endsSoon(row: MatterRow, now_ms: number): boolean {
  const left_ms = row.review_ms === null ? Infinity : row.review_ms - now_ms;
  return left_ms > 0 && left_ms < SOON_MS;
}
const SOON_MS = 7 * 86_400_000;

export function fitsState(verb: MatterVerb, row: MatterRow, now_ms: number): boolean {
  return STATES[verb].includes(standing(row, now_ms));
}

/** Why it can't be done; null when it can. Whether the role may at all is asked elsewhere. */
export function whyNotMatter(
  verb: MatterVerb,
  row: MatterRow,
  me: Me,
  now_ms: number,
): MessageKey | null {
  if (!within(row.org, me.limit)) return 'why.task.other_org';
  const state = standing(row, now_ms);
  if (!STATES[verb].includes(state)) return `why.matter.${state}`;
  if (verb === 'matter.undo_open') {
    if (me.limit && row.opened_by !== me.id) return 'why.matter.opened_by_another';
    return row.touched ? 'why.matter.begun' : null;
  }
  if (verb === 'matter.take') return row.owner ? 'why.matter.of_another' : null;
  if (OWNERS.includes(verb) && row.owner !== me.id)
    return row.owner ? 'why.matter.of_another' : 'why.matter.waiting';
  if (verb === 'matter.undo_mediation') return row.held ? null : 'why.matter.no_last';
  const planned = row.mediations.some(({ held_ms }) => held_ms === null);
  const needs = verb === 'matter.hold_mediation' || verb === 'matter.drop_mediation';
  return needs && !planned ? 'why.matter.no_mediation' : null;
}

/** What is late first; then by what is owed next, or when it ends. */
export function urgency(row: MatterRow, now_ms: number): number {
  if (isOver(row, now_ms)) return Number.MAX_SAFE_INTEGER;
  return row.due_ms ?? row.review_ms ?? row.since_ms;
}
