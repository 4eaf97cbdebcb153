/**
 * What may be said of a notice before its text: `NOTICE urgent ack 10 until 22:30 to North Bridge lift`.
 * Pure: the time, the zone and the organisations come in.
 */
import { instants, localTime } from '../views/calls/zonedTime';

const DAY_MS = 86_400_000;
const HALF_DAY_MS = DAY_MS / 2;

export interface Named {
  path: string;
  en: string;
  zh: string;
}

/** The next time that the city's clocks show this: today, or tomorrow where it has passed. */
export function nextAt(time: string, now_ms: number, zone: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d\d)$/.exec(time) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  const written = `${hour.padStart(2, '0')}:${minute}`;
  for (const day of [now_ms, now_ms + HALF_DAY_MS, now_ms + DAY_MS]) {
    const { date } = localTime(day, zone);
    const found = instants({ date, time: written }, zone)?.find((at_ms) => at_ms > now_ms);
    if (found !== undefined) return found;
  }
  return null;
}

/** `until 22:30`, `至22:30`: a word and a time. */
export function readTime(
  words: readonly string[],
  before: readonly string[],
  now_ms: number,
  zone: string,
): { value: number; used: number } | null {
  const [word, time] = words;
  if (!word || !before.includes(word.toLowerCase())) return null;
  // An input method writes the colon of its own language.
  const value = nextAt((time ?? '').replace('：', ':'), now_ms, zone);
  return value === null ? null : { value, used: 2 };
}

const MINUTES = ['m', 'min', 'minutes', '分', '分钟'];

/** `ack`, `ack 10`, `签收10分钟`: that it must be acknowledged, within how many minutes. */
export function readAck(
  words: readonly string[],
): { value: { minutes: number | null }; used: number } | null {
  const [word, number, unit] = words;
  if (!word || !['ack', '签收', '需签收'].includes(word.toLowerCase())) return null;
  if (!/^\d{1,3}$/.test(number ?? '')) return { value: { minutes: null }, used: 1 };
  const named = MINUTES.includes((unit ?? '').toLowerCase());
  return { value: { minutes: Number(number) }, used: named ? 3 : 2 };
}

export function readUrgent(words: readonly string[]): { value: true; used: number } | null {
  const urgent = ['urgent', '!', '紧急'].includes((words[0] ?? '').toLowerCase());
  return urgent ? { value: true, used: 1 } : null;
}

/** `to North`, `给 城北`: the organisation of the longest name that fits. */
export function readOrg<T extends Named>(
  words: readonly string[],
  orgs: readonly T[],
): { value: T; used: number } | null {
  if (!['to', '给', '发给'].includes((words[0] ?? '').toLowerCase())) return null;
  const rest = words.slice(1).map((word) => word.toLowerCase());
  const fits = orgs.flatMap((org) =>
    [org.en, org.zh, org.path.split('/').at(-1) ?? ''].flatMap((name) => {
      const wanted = name.toLowerCase().split(/\s+/).filter(Boolean);
      const same = wanted.length > 0 && wanted.every((word, i) => word === rest[i]);
      return same ? [{ value: org, used: wanted.length + 1 }] : [];
    }),
  );
  return fits.sort((a, b) => b.used - a.used)[0] ?? null;
}
