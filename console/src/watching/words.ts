/** What is said of those who were told that something is due. */
import type { AlarmRow } from '../api/schema';
import { isMessage, listed, t } from '../i18n';
import { people } from '../model/people.svelte';
import type { Alarm } from './alarms';

/** What is due, in the words of its kind. */
export function sayDeadline(deadline: string): string {
  const key = `watching.deadline.${deadline}`;
  return isMessage(key) ? t(key) : deadline;
}

export const sayNames = (names: readonly string[]): string =>
  names.length
    ? t('loops.told', { names: listed(names.map((one) => people.name(one))) })
    : t('loops.told_nobody');

export const sayAlarm = ({ number, alarm }: Alarm): string =>
  [number, sayDeadline(alarm.deadline)].filter(Boolean).join(' · ');

/** Who was told of what is due; empty where nothing is. */
export const sayTold = (alarm: AlarmRow | null | undefined): string =>
  alarm ? sayNames(alarm.told) : '';

interface Entry {
  type: string;
  body: unknown;
}

/** One line of a record's history, if it is that somebody was told; else null. */
export function sayTelling({ type, body }: Entry): string | null {
  if (!type.startsWith('deadline.told.')) return null;
  const { deadline, to, late_ms } = body as { deadline: string; to: string[]; late_ms: number };
  const late = late_ms > LATE_MS ? t('watching.told_late') : '';
  return [`${sayDeadline(deadline)} – ${sayNames(to)}`, late].filter(Boolean).join(' · ');
}

/** The keeper looks every second: what comes so much later was missed while nothing looked. */
const LATE_MS = 60_000;
