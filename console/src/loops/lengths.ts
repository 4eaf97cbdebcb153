/** Lengths of time and amounts in words. */
import type { Within } from '../api/schema';
import { t } from '../i18n';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** `04:09` under an hour, `3:07 h` under a day, else `2 d 4 h`. */
export function sayLength(ms: number): string {
  const all_ms = Math.abs(ms);
  const [d, h] = [Math.floor(all_ms / DAY_MS), Math.floor(all_ms / HOUR_MS) % 24];
  const m = two(Math.floor(all_ms / MINUTE_MS) % 60);
  if (d) return t('loops.days', { d, h });
  return h ? t('loops.hours', { h, m }) : `${m}:${two(Math.floor(all_ms / SECOND_MS) % 60)}`;
}

/** `30 minutes`, `5 working days`: as a rule has it. */
export function sayWithin({ count, unit }: Within): string {
  return t(`loops.unit.${unit}`, { count });
}

/** `8 h`, `1 h 30 min`, `24 min 10 s`: to the second, without what is nothing. */
export function sayAmount(ms: number): string {
  const s = Math.round(ms / SECOND_MS);
  const parts = [
    [Math.floor(s / 3600), 'loops.amount.h'],
    [Math.floor(s / 60) % 60, 'loops.amount.min'],
    [s % 60, 'loops.amount.s'],
  ] as const;
  const said = parts.flatMap(([count, key]) => (count ? [t(key, { count })] : []));
  return said.join(' ') || t('loops.amount.s', { count: 0 });
}

/** What is said of a deadline, and whether it counts days whose holidays hadn't been announced. */
export const sayPromised = (said: string, { provisional }: { provisional?: boolean }): string =>
  provisional ? `${said} · ${t('loops.provisional.brief')}` : said;
