/** What can be done with a referral, as the server decides it. Pure. */
import type { PackAgreement, ReferralRow } from '../api/schema';
import type { MessageKey } from '../i18n';

export type ReferralState = ReferralRow['state'];
export type RoomVerb = 'referral.remind' | 'referral.recall' | 'referral.close' | 'referral.reopen';
export type PartnerVerb =
  | 'referral.accept'
  | 'referral.refuse'
  | 'referral.undo_answer'
  | 'referral.start'
  | 'referral.finish';

const STATES: Record<RoomVerb | PartnerVerb, readonly ReferralState[]> = {
  'referral.remind': ['sent', 'expired', 'accepted', 'in_progress'],
  'referral.recall': ['sent', 'expired', 'accepted', 'in_progress'],
  'referral.close': ['done', 'refused'],
  'referral.reopen': ['closed'],
  'referral.accept': ['sent', 'expired'],
  'referral.refuse': ['sent', 'expired'],
  'referral.undo_answer': ['accepted', 'refused'],
  'referral.start': ['accepted', 'done'],
  'referral.finish': ['accepted', 'in_progress'],
};
const ORDER: readonly ReferralState[] = [
  'expired',
  'refused',
  'sent',
  'done',
  'accepted',
  'in_progress',
  'recalled',
  'closed',
];

export function fits(verb: RoomVerb | PartnerVerb, state: ReferralState): boolean {
  return STATES[verb].includes(state);
}

/** Why it can't be done; null when it can. Whether the role may at all is asked elsewhere. */
export function whyNot(verb: RoomVerb, { state }: Pick<ReferralRow, 'state'>): MessageKey | null {
  return fits(verb, state) ? null : `why.referral.${state}`;
}

/** Has somebody of the room to do something about it now? */
export function needsLook({ state }: Pick<ReferralRow, 'state'>): boolean {
  return state === 'expired' || state === 'refused';
}

export function isOver({ state }: Pick<ReferralRow, 'state'>): boolean {
  return state === 'closed' || state === 'recalled';
}

/** Does the partner owe an answer? */
export function isUnanswered({ state }: Pick<ReferralRow, 'state'>): boolean {
  return state === 'sent' || state === 'expired';
}

/** What the room has to look at first, then what is due first. */
export function urgency({ state, due_ms }: Pick<ReferralRow, 'state' | 'due_ms'>): number {
  return ORDER.indexOf(state) * 1e14 + due_ms;
}

/** Agreements in force by which an incident of a category may be handed over. */
export function usable(
  agreements: readonly PackAgreement[],
  category: string,
  now_ms: number,
): PackAgreement[] {
  return agreements.filter(
    ({ categories, from_ms, until_ms }) =>
      from_ms <= now_ms &&
      now_ms < until_ms &&
      (!categories.length || categories.includes(category)),
  );
}
