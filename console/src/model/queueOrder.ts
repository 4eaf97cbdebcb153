/** The order of the queue: nothing moves under the hand. Pure. */
import type { IncidentRow } from '../api/types';
import { isChasedClosed, isRaised } from './chases';

/** The rows that nobody is on the way to come before all others, whatever their priority. */
const SERVED = 100;

/** Is nobody on the way yet? */
export function waits(row: IncidentRow): boolean {
  return row.state === 'open' && row.progress === 'pending';
}

/** Has its promise run out? */
export function isOverdue(row: IncidentRow, now_ms: number): boolean {
  return row.state === 'open' && !!row.clock && row.clock.due_ms <= now_ms;
}

/** Where a row belongs: who waits before who is served, then by priority. Closed ones that are asked
 * about again come between them: nobody is on the way to those either. */
export function groupOf(row: IncidentRow): number {
  if (isChasedClosed(row)) return SERVED;
  return (waits(row) ? 0 : SERVED) + row.priority;
}

/** The heading that a group stands under: `waiting` for all priorities, else its priority. */
export type Section = 'waiting' | 'chased' | number;

export function sectionOf(group: number): Section {
  if (group === SERVED) return 'chased';
  return group < SERVED ? 'waiting' : group - SERVED;
}

/** A row of the queue as it is shown: its group stays while the hand is there. */
export interface Slot {
  id: string;
  group: number;
}

/** The order of a fresh queue: by group, there the raised ones before others, then first come. */
export function freshSlots(rows: IncidentRow[]): Slot[] {
  return [...rows]
    .sort(
      (a, b) =>
        groupOf(a) - groupOf(b) ||
        Number(isRaised(b)) - Number(isRaised(a)) ||
        a.opened_at_ms - b.opened_at_ms ||
        (a.id < b.id ? -1 : 1),
    )
    .map((row) => ({ id: row.id, group: groupOf(row) }));
}

/** While the hand is there: every shown row keeps its slot, and new rows come last in their group. */
export function heldSlots(shown: Slot[], rows: IncidentRow[]): Slot[] {
  const known = new Set(shown.map((slot) => slot.id));
  const slots = [...shown];
  for (const slot of freshSlots(rows.filter((row) => !known.has(row.id)))) {
    let at = slots.length;
    while (at > 0 && slots[at - 1]!.group > slot.group) at--;
    slots.splice(at, 0, slot);
  }
  return slots;
}

/** Would a fresh queue look different? Then it says so, and offers to sort. */
export function isOutOfOrder(shown: Slot[], rows: IncidentRow[]): boolean {
  const fresh = freshSlots(rows);
  return (
    fresh.length !== shown.length ||
    fresh.some((slot, i) => slot.id !== shown[i]!.id || slot.group !== shown[i]!.group)
  );
}
