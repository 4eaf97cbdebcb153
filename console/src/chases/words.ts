/** How often a matter was chased, and how long its caller has waited, in words. */
import type { IncidentRow } from '../api/types';
import { sentences, t } from '../i18n';

const MINUTE_MS = 60_000;

/** In whole minutes, so that it is calm: `18 min`, `3 h 5 min`, `2 d 4 h`. */
export function sayWaited(ms: number): string {
  const all = Math.max(0, Math.floor(ms / MINUTE_MS));
  const [d, h, m] = [Math.floor(all / 1440), Math.floor(all / 60) % 24, all % 60];
  if (d) return t('chase.days', { d, h });
  return h ? t('chase.hours', { h, m }) : t('chase.minutes', { m });
}

/** Since the opening, and since the first chase where that is another length. */
export function sayWaiting(row: IncidentRow, now_ms: number): string {
  const opened = sayWaited(now_ms - row.opened_at_ms);
  const first = sayWaited(now_ms - (row.first_chase_at_ms ?? now_ms));
  return opened === first
    ? t('chase.waiting', { opened })
    : t('chase.waiting_both', { opened, first });
}

/** All of it in a sentence or two. */
export function sayChases(row: IncidentRow, now_ms: number, raised: boolean): string {
  return sentences([
    t('chase.count', { count: row.chases }),
    sayWaiting(row, now_ms),
    ...(raised ? [t('chase.unseen')] : []),
  ]);
}
