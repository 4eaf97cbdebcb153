/** Which incidents a chase has raised, and how long their callers have waited. Pure. */
import type { CallRow, IncidentRow } from '../api/types';

/** Is there a chase that nobody has acknowledged? What was merged is raised where it went. */
export function isRaised(row: IncidentRow): boolean {
  return row.chases > 0 && !row.chase_seen && row.state !== 'merged';
}

/** Closed incidents that a caller asks about again: they stay with the open ones until somebody has seen it. */
export function isChasedClosed(row: IncidentRow): boolean {
  return row.state === 'closed' && isRaised(row);
}

/** The raised ones, and the open ones that were ever chased: whoever has waited longest first. */
export function chasedFirst(rows: Iterable<IncidentRow>): IncidentRow[] {
  return [...rows]
    .filter((row) => isRaised(row) || (row.chases > 0 && row.state === 'open'))
    .sort(
      (a, b) =>
        Number(isRaised(b)) - Number(isRaised(a)) ||
        a.opened_at_ms - b.opened_at_ms ||
        (a.id < b.id ? -1 : 1),
    );
}

/** The call that somebody holds: the one whose form is open, else the one that they took last. */
export function callInHand(
  calls: Iterable<CallRow>,
  opened: string | null,
  member: string,
): CallRow | null {
  const mine = [...calls]
    .filter((call) => call.claimed_by === member && call.state !== 'ended')
    .sort((a, b) => b.since_ms - a.since_ms);
  return mine.find((call) => call.id === opened) ?? mine[0] ?? null;
}
