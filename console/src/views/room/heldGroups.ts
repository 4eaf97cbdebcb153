/**
 * The unit board under the hand: chips and headings that are there keep their places, also those of
 * units that a filter would leave out by now. Units that join come after all others, under a heading
 * of their own, so that nothing moves. Pure.
 */
import type { UnitRow } from '../../api/types';
import { heldOrder } from '../../model/heldOrder';
import type { UnitGroup } from './unitGroups';

/** What stands on the board, one after the other: a group's heading, then its units. */
export interface Held {
  /** What the person chose to see; another choice begins anew. */
  choice: string;
  /** `group`, then a line feed, then the unit, which is empty for the heading. */
  lines: readonly string[];
}

export interface Section {
  /** Its own among all sections: a group may have a second one. */
  id: string;
  group: UnitGroup;
  units: UnitRow[];
}

export function held(
  before: Held,
  choice: string,
  groups: readonly UnitGroup[],
  isHeld: boolean,
): Held {
  const wanted = groups.flatMap(({ key, units }) => [
    `${key}\n`,
    ...units.map(({ id }) => `${key}\n${id}`),
  ]);
  const keeps = isHeld && before.choice === choice;
  return { choice, lines: keeps ? heldOrder(before.lines, wanted) : wanted };
}

/** The sections of the board; a unit that is gone altogether has no chip. */
export function sections(
  { lines }: Held,
  groups: readonly UnitGroup[],
  units: ReadonlyMap<string, UnitRow>,
): Section[] {
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const found: Section[] = [];
  for (const line of lines) {
    const at = line.indexOf('\n');
    const [key, id] = [line.slice(0, at), line.slice(at + 1)];
    const group = byKey.get(key);
    if (!group) continue;
    let last = found.at(-1);
    if (last?.group.key !== key) {
      const again = found.filter((one) => one.group.key === key).length;
      found.push((last = { id: `${key} ${again}`, group, units: [] }));
    }
    const unit = units.get(id);
    if (unit) last.units.push(unit);
  }
  return found;
}
