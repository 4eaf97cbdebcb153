/** What is said of referrals. */
import type { PartnerReferral, ReferralRow } from '../api/schema';
import { listed, say, t, type MessageKey } from '../i18n';
import { sayLength } from '../loops/lengths';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { dateAndTime } from '../model/timers';
import { isUnanswered } from './can';

export type Field = ReferralRow['fields'][number];

export const fieldKey = (field: Field): MessageKey => `referral.field.${field}`;
export const sayState = ({ state }: Pick<ReferralRow, 'state'>): string =>
  t(`referral.state.${state}`);
export const sayPartner = (path: string): string => say(pack.org(path));
export const sayAgreement = (code: string): string => say(pack.name('agreements', code));
export const sayReason = (code: string): string => say(pack.name('referral_reasons', code));

/** How long until an answer is due, or since it was; of what is answered, since when. */
export function sayTime(
  row: Pick<ReferralRow | PartnerReferral, 'state' | 'due_ms' | 'since_ms'>,
): string {
  if (!isUnanswered(row))
    return t('referral.since', { time: sayLength(clock.now_ms - row.since_ms) });
  const late = row.due_ms <= clock.now_ms;
  const time = sayLength(row.due_ms - clock.now_ms);
  return t(late ? 'referral.answer_late' : 'referral.answer_in', { time });
}

/** That the room has pressed for it, how often and when last; empty where nothing more is owed. */
export function sayReminded({ state, reminders, reminded_ms }: PartnerReferral): string {
  const owed = isUnanswered({ state }) || state === 'accepted' || state === 'in_progress';
  if (!reminders || !owed) return '';
  const time = dateAndTime(reminded_ms ?? 0).slice(5, 16);
  return t('referral.reminded', { count: reminders, time });
}

/** Why it was refused, that it was late, how often it was pressed for, and who was told. */
export function sayNote(row: ReferralRow): string {
  return [
    row.reason ? sayReason(row.reason) : '',
    row.late && !isUnanswered(row) ? t('referral.was_late') : '',
    row.reminders ? t('task.reminded_so_often', { count: row.reminders }) : '',
    row.state === 'expired' && row.told.length
      ? t('referral.told', { who: listed(row.told.map((one) => people.name(one))) })
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
