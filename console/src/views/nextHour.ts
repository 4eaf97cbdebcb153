/** What a rehearsal of the next hour stands on, and whether it is still of this moment. */
import type { Rehearsed, ServiceTimes } from '../api/lookahead';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { settings } from '../model/settings.svelte';
import { timeOfDay } from '../model/timers';

/** A room that is at work moves on all the time; only what is older than this is worth a word. */
export const OLD_MS = 30_000;

/** When it was made, and what is to be known before relying on it. */
export function sayState(one: Rehearsed): string {
  const parts = [t('ahead.as_of', { time: timeOfDay(one.at_ms) })];
  if (one.stale && clock.now_ms - one.at_ms > OLD_MS) parts.push(t('ahead.stale'));
  if (one.failed) parts.push(t('ahead.failed'));
  return parts.join(' ');
}

export function sayTimes(times: ServiceTimes): string {
  if (times.kind === 'assumed') return t(`ahead.assumed.${times.why}`);
  return t('ahead.fitted', {
    calls: times.calls.toLocaleString(settings.language),
    from: day(times.begin_ms),
    to: day(times.end_ms),
  });
}

function day(ms: number): string {
  const timeZone = pack.pack?.timezone;
  return new Date(ms).toLocaleDateString(settings.language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    ...(timeZone ? { timeZone } : {}),
  });
}
