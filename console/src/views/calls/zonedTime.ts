/**
 * Wall-clock time of the city and instants. A local time may happen twice (clocks set back) or never
 * (clocks set forward); what was meant is never guessed here.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A wall-clock time as the date and time fields of a browser give it. */
export interface LocalTime {
  /** `2026-03-29` */
  date: string;
  /** `02:30` */
  time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** How far the zone's clocks are ahead of UTC at an instant, in ms. */
export function offset_ms(at_ms: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at_ms)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return local - Math.floor(at_ms / 1000) * 1000;
}

/** The wall-clock time of an instant, to the minute. */
export function localTime(at_ms: number, zone: string): LocalTime {
  const iso = new Date(at_ms + offset_ms(at_ms, zone)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/**
 * The instants (UTC ms, in order) at which clocks show this time: one as a rule, two when it is
 * repeated, none when it is skipped; null when it is not a time.
 */
export function instants({ date, time }: LocalTime, zone: string): number[] | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)?.map(Number) ?? [];
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time)?.map(Number) ?? [];
  if (year === undefined || hour === undefined) return null;
  const as_utc = Date.UTC(year, month! - 1, day, hour, minute);
  if (new Date(as_utc).toISOString().slice(0, 16) !== `${date}T${time}`) return null;
  const offsets = new Set([-DAY_MS, 0, DAY_MS].map((around) => offset_ms(as_utc + around, zone)));
  return [...offsets]
    .map((offset) => as_utc - offset)
    .filter((at_ms) => at_ms + offset_ms(at_ms, zone) === as_utc)
    .sort((a, b) => a - b);
}

/** `UTC+8`, `UTC−3:30`: which of two equal wall-clock times is meant. */
export function offsetName(at_ms: number, zone: string): string {
  const minutes = offset_ms(at_ms, zone) / MINUTE_MS;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? '−' : '+';
  return `UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

export type Entered =
  | { kind: 'at'; at_ms: number }
  | { kind: 'which'; choices: [number, number] }
  | { kind: 'skipped' | 'future' | 'unreadable' };

/** What was entered, read in the zone; `later` chooses between two equal times. */
export function readEntered(
  local: LocalTime,
  later: boolean | null,
  zone: string,
  now_ms: number,
): Entered {
  const found = instants(local, zone);
  if (!found) return { kind: 'unreadable' };
  if (found.length === 0) return { kind: 'skipped' };
  const past = found.filter((at_ms) => at_ms <= now_ms + MINUTE_MS);
  if (past.length === 0) return { kind: 'future' };
  if (past.length === 2 && later === null)
    return { kind: 'which', choices: past as [number, number] };
  const at_ms = past.length === 2 && later ? past[1]! : past[0]!;
  return { kind: 'at', at_ms: Math.min(at_ms, now_ms) };
}
