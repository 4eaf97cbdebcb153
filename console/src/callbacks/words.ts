/** What is said of follow-up calls. */
import type { CallBackRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import { sayLength, sayPromised } from '../loops/lengths';
import { clock } from '../model/clock.svelte';
import { people } from '../model/people.svelte';
import { isToCall } from './callbacks.svelte';

export const ASPECTS = ['attitude', 'speed', 'result'] as const;
export type Aspect = (typeof ASPECTS)[number];
export const RATINGS = ['good', 'fair', 'poor', 'declined'] as const;
export type Rating = (typeof RATINGS)[number];
export const SOLVED = ['solved', 'not_solved', 'declined'] as const;
export type Solved = (typeof SOLVED)[number];

export const aspectKey = (aspect: Aspect | 'solved'): MessageKey => `callback.aspect.${aspect}`;
export const sayRating = (rating: Rating | Solved): string => t(`callback.rating.${rating}`);

export function isLate(row: CallBackRow, now_ms: number): boolean {
  return isToCall(row) && row.due_ms < now_ms;
}

/** How it stands; of one that somebody has, who. */
export function sayState(row: CallBackRow): string {
  if (row.state === 'taken') return t('callback.taken_by', { who: people.name(row.taken_by) });
  if (row.state === 'aside')
    return t(row.because === 'unsafe' ? 'callback.aside.unsafe' : 'callback.aside.reopened');
  return t(`callback.state.${row.state}`);
}

/** How late it is, or how much time is left. */
export function sayTime(row: CallBackRow): string {
  if (!isToCall(row)) return '';
  const time = sayLength(Math.abs(row.due_ms - clock.now_ms));
  const late = isLate(row, clock.now_ms);
  return sayPromised(t(late ? 'timer.late' : 'timer.left', { time }), row);
}

/** What the caller answered, in short: attitude, speed and result, and whether it is solved. */
export function sayAnswer(row: CallBackRow): string {
  if (row.state !== 'done') return '';
  const said = ASPECTS.map((one) => `${t(aspectKey(one))} ${sayRating(row[one] ?? 'declined')}`);
  return [...said, sayRating(row.solved ?? 'declined')].join(' · ');
}

/** What followed from it. */
export function sayThen({ then }: CallBackRow): string {
  return then ? t(`callback.then.${then}`) : '';
}

export function sayAttempts({ attempts }: CallBackRow): string {
  return attempts ? t('callback.attempts', { count: attempts }) : '';
}
