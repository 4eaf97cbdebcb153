/** Timers as text and level. Pure: time comes in, as milliseconds. */
import type { CallRow, Clocks, IncidentRow, UnitRow } from '../api/types';

/** calm; amber = nearly late; red = late. */
export type Level = 'calm' | 'amber' | 'red';

export interface Timer {
  level: Level;
  /** Since it began, in ms. */
  elapsed_ms: number;
  /** Until it is due; negative when late; null without a promise. */
  left_ms: number | null;
}

/** A promise from `from_ms` to `due_ms`: amber at `amber_share` of its time, red when it has run out. */
export function promise(
  from_ms: number,
  due_ms: number,
  now_ms: number,
  amber_share: number,
): Timer {
  const left_ms = due_ms - now_ms;
  const elapsed_ms = Math.max(0, now_ms - from_ms);
  const amber = elapsed_ms >= (due_ms - from_ms) * amber_share;
  return { level: left_ms <= 0 ? 'red' : amber ? 'amber' : 'calm', elapsed_ms, left_ms };
}

/** The timer of an incident: its running clock, or how long it is as it is. */
export function incidentTimer(row: IncidentRow, now_ms: number, clocks: Clocks | undefined): Timer {
  if (row.state === 'open' && row.clock)
    return promise(row.clock.from_ms, row.clock.due_ms, now_ms, clocks?.amber_share ?? 0.75);
  return { level: 'calm', elapsed_ms: Math.max(0, now_ms - row.since_ms), left_ms: null };
}

/** The timer of a call: to be answered while it rings, to be called back while that is owed. */
export function callTimer(row: CallRow, now_ms: number, clocks: Clocks | undefined): Timer {
  const limit_s =
    row.state === 'ringing'
      ? clocks?.answer_s
      : row.call_back_owed
        ? clocks?.call_back_s
        : undefined;
  if (limit_s === undefined)
    return { level: 'calm', elapsed_ms: Math.max(0, now_ms - row.since_ms), left_ms: null };
  const due_ms = row.since_ms + limit_s * 1000;
  return promise(row.since_ms, due_ms, now_ms, clocks?.amber_share ?? 0.75);
}

/** How long a committed unit has been silent, against what is promised. */
export function silenceLevel(row: UnitRow, now_ms: number, clocks: Clocks | undefined): Level {
  if (row.silence_due_ms === null || row.heard_at_ms === null) return 'calm';
  return promise(row.heard_at_ms, row.silence_due_ms, now_ms, clocks?.amber_share ?? 0.75).level;
}

/** Is the last known place of a unit too old to rely on? */
export function isStale(at_ms: number | null, now_ms: number, clocks: Clocks | undefined): boolean {
  return at_ms === null || now_ms - at_ms > (clocks?.stale_position_s ?? 60) * 1000;
}

/** `04:09`, `1:04:09`, `2 d 04:09`: a length of time in fixed figures. */
export function duration(ms: number): string {
  const s = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(s / 86_400);
  const hours = Math.floor(s / 3600) % 24;
  const minutes = Math.floor(s / 60) % 60;
  if (days) return `${days} d ${two(hours)}:${two(minutes)}`;
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${two(minutes)}:${two(s % 60)}`;
}

let clockFace = face();
let calendar = dates();

function face(timeZone?: string): Intl.DateTimeFormat {
  const options = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone && { timeZone }) });
}

function dates(timeZone?: string): Intl.DateTimeFormat {
  // The Swedish form is ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...(timeZone && { timeZone }) });
}

/** Times of day are those of the city, wherever the browser thinks it is. */
export function useTimeZone(timeZone: string): void {
  clockFace = face(timeZone);
  calendar = dates(timeZone);
}

/** Time of day in the city's zone, `15:22:07`. */
export function timeOfDay(ms: number): string {
  return clockFace.format(ms);
}

/** Day and time in the city's zone, `2026-03-01 15:22:07`. */
export function dateAndTime(ms: number): string {
  return `${calendar.format(ms)} ${timeOfDay(ms)}`;
}
