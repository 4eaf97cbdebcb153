/** The ruler of a deadline: where its parts and marks stand on a time axis. Pure: time and zone come in. */
import type { WhyDeadline, WhyPart } from '../api/schema';
import { offset_ms } from '../views/calls/zonedTime';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far the axis goes on behind the deadline, as a share of the time before it, to show what is now. */
const BEHIND = 0.4;

export interface Axis {
  from_ms: number;
  to_ms: number;
}

/** From the start to the deadline, and on to now where that is near; else now lies beyond its end. */
export function axisOf(why: Pick<WhyDeadline, 'parts' | 'due_ms'>, now_ms: number): Axis {
  const from_ms = why.parts[0]?.from_ms ?? why.due_ms ?? now_ms;
  const end_ms = Math.max(from_ms + MINUTE_MS, why.parts.at(-1)?.to_ms ?? 0, why.due_ms ?? 0);
  const most_ms = end_ms + (end_ms - from_ms) * BEHIND;
  return { from_ms, to_ms: Math.max(end_ms, Math.min(now_ms, most_ms)) };
}

/** Where an instant is, in percent of the axis. */
export function placeOf(at_ms: number, { from_ms, to_ms }: Axis): number {
  return (100 * (at_ms - from_ms)) / (to_ms - from_ms);
}

/** What each part counts, in whole seconds (or days), so that what is shown adds up, too. */
export function amountsOf({ parts, in_days }: Pick<WhyDeadline, 'parts' | 'in_days'>): number[] {
  let whole = 0;
  return parts.map((part) => {
    if (in_days) return part.days;
    if (!counts(part)) return 0;
    const before = whole;
    whole += part.to_ms - part.from_ms;
    return Math.round(whole / 1000) - Math.round(before / 1000);
  });
}

export function counts({ kind }: Pick<WhyPart, 'kind'>): boolean {
  return kind === 'counted' || kind === 'extension';
}

/** How much of it is extension: days where days are counted, else ms. */
export function extensionOf({ parts, in_days }: Pick<WhyDeadline, 'parts' | 'in_days'>): number {
  return parts
    .filter((part) => part.kind === 'extension')
    .reduce((sum, part) => sum + (in_days ? part.days : part.to_ms - part.from_ms), 0);
}

export interface Tick {
  at_ms: number;
  /** What its label says it to: a tick of days stands for its date alone. */
  to: 'second' | 'minute' | 'day';
  /** The first of its date: its label says which. */
  isNewDate: boolean;
}

const STEPS_MS = [
  ...[5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 3, 7, 14, 28, 56, 91, 182, 364].map((days) => days * DAY_MS),
];

/** At most so many ticks at round times of the city's clocks. */
export function ticksOf({ from_ms, to_ms }: Axis, zone: string, most: number): Tick[] {
  const step_ms =
    STEPS_MS.find((step) => (to_ms - from_ms) / step <= most) ?? STEPS_MS[STEPS_MS.length - 1]!;
  const local = (at_ms: number) => at_ms + offset_ms(at_ms, zone);
  const to = step_ms >= DAY_MS ? 'day' : step_ms >= MINUTE_MS ? 'minute' : 'second';
  // Days are counted from the first midnight, times from midnight.
  const round_ms = Math.min(step_ms, DAY_MS);
  const first = Math.ceil(local(from_ms) / round_ms) * round_ms;
  const found: Tick[] = [];
  let date = '';
  for (let wall = first; wall <= local(to_ms); wall += step_ms) {
    const near_ms = wall - offset_ms(wall - offset_ms(wall, zone), zone);
    // A time that the clocks skip has no place.
    if (local(near_ms) !== wall || near_ms < from_ms || near_ms > to_ms) continue;
    const on = new Date(wall).toISOString().slice(0, 10);
    found.push({ at_ms: near_ms, to, isNewDate: on !== date });
    date = on;
  }
  return found;
}
