/** The order of the queue: nothing moves under the hand. Pure. */
import type { IncidentRow } from '../api/types';

/** The order of a fresh queue: by priority, then first come. */
export function sorted(rows: IncidentRow[]): string[] {
  return [...rows]
    .sort(
      (a, b) =>
        a.priority - b.priority || a.opened_at_ms - b.opened_at_ms || (a.id < b.id ? -1 : 1),
    )
    .map((row) => row.id);
}

/** A row of the queue as it is shown: its group stays while the hand is there. */
export interface Slot {
  id: string;
  group: number;
}

export function freshSlots(rows: IncidentRow[]): Slot[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return sorted(rows).map((id) => ({ id, group: byId.get(id)!.priority }));
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
