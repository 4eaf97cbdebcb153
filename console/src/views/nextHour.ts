/** What a rehearsal of the next hour stands on, and whether it is still of this moment. */
import type { ExpectedCalls, Rehearsed, ServiceTimes } from '../api/lookahead';
import { sentences, t } from '../i18n';
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
  return sentences(parts);
}

/** On which calls and service times it stands; in one sentence where both are assumed alike. */
export function sayBasis({ calls, service_times: times }: Rehearsed): string {
  const assumed = calls.kind === 'assumed' && times.kind === 'assumed';
  if (assumed && calls.why === times.why) return t(`ahead.assumed.both.${calls.why}`);
  return sentences([sayCalls(calls), sayTimes(times)]);
}

/** The longest basis that there may be, so that its place is kept from the first moment. */
export function longestBasis(): string {
  const on = { calls: 88_888, begin_ms: Date.UTC(2000, 11, 28), end_ms: Date.UTC(2000, 11, 28) };
  return sentences([t('ahead.learnt', measured(on)), t('ahead.fitted', measured(on))]);
}

function sayCalls(calls: ExpectedCalls): string {
  if (calls.kind === 'assumed') return t(`ahead.assumed.calls.${calls.why}`);
  return t('ahead.learnt', measured(calls));
}

function sayTimes(times: ServiceTimes): string {
  if (times.kind === 'assumed') return t(`ahead.assumed.times.${times.why}`);
  return t('ahead.fitted', measured(times));
}

function measured(on: { calls: number; begin_ms: number; end_ms: number }): Record<string, string> {
  return {
    calls: on.calls.toLocaleString(settings.language),
    from: day(on.begin_ms),
    to: day(on.end_ms),
  };
}

function day(ms: number): string {
  const timeZone = pack.pack?.timezone;
  return new Date(ms).toLocaleDateString(settings.language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    ...(timeZone ? { timeZone } : {}),
  });
}
