/** Whom it concerns that somebody was told of a deadline. Pure: rows and who is signed in come in. */
import type { AlarmRow } from '../api/schema';

/** A record of which a deadline was told. */
export interface Watched {
  id: string;
  alarm?: AlarmRow | null;
}

export interface Alarm {
  /** The list of its record, as the board has it. */
  list: string;
  id: string;
  /** The public number of the incident; empty where it is about none. */
  number: string;
  alarm: AlarmRow;
}

/** Was this member told? Where nobody was on duty, whoever has one of the roles that were looked for. */
export function isTold(alarm: AlarmRow, member: string, role: string): boolean {
  if (alarm.told.length) return alarm.told.includes(member);
  return alarm.role === role || alarm.passed.includes(role);
}

/** The public number that a row names, its own or the first of several. */
export function numberOf(row: object): string {
  if ('number' in row) return String(row.number);
  return 'numbers' in row && Array.isArray(row.numbers) ? String(row.numbers[0] ?? '') : '';
}

/** The alarms of some rows that are meant for this member, the one that is due first on top. */
export function alarmsOf(
  lists: Iterable<readonly [string, Iterable<Watched>]>,
  member: string,
  role: string,
): Alarm[] {
  const found: Alarm[] = [];
  for (const [list, rows] of lists)
    for (const row of rows)
      if (row.alarm && isTold(row.alarm, member, role))
        found.push({ list, id: row.id, number: numberOf(row), alarm: row.alarm });
  return found.sort((a, b) => a.alarm.due_ms - b.alarm.due_ms || (a.id < b.id ? -1 : 1));
}
