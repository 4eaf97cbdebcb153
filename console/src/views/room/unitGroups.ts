/** The unit board in groups, with how many of each could be sent. Pure. */
import type { UnitRow } from '../../api/types';
import { isFree } from '../../model/free';

export interface UnitGroup {
  /** A kind or a station. */
  key: string;
  /** In the order of what they are called, P2 before P10. */
  units: UnitRow[];
  free: number;
  onDuty: number;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Letters that say something wherever they stand. */
const SHORT = 3;

/**
 * Units by kind or station, in the order given (the pack's); keys that it doesn't know come last. The
 * counts are of all units of the group, `shown` says which of them stand on the board.
 */
export function grouped(
  units: readonly UnitRow[],
  by: 'kind' | 'station',
  order: readonly string[],
  shown: (unit: UnitRow) => boolean,
  compare = (a: UnitRow, b: UnitRow) => byName.compare(a.id, b.id),
): UnitGroup[] {
  const groups = new Map<string, UnitGroup>();
  for (const unit of units) {
    const key = unit[by];
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, units: [], free: 0, onDuty: 0 }));
    if (shown(unit)) group.units.push(unit);
    if (isFree(unit)) group.free += 1;
    if (unit.status !== 'off_duty') group.onDuty += 1;
  }
  const places = new Map(order.map((key, place) => [key, place]));
  const place = (key: string) => places.get(key) ?? order.length;
  for (const group of groups.values()) group.units.sort(compare);
  return [...groups.values()].sort(
    (a, b) => place(a.key) - place(b.key) || byName.compare(a.key, b.key),
  );
}

/**
 * Is this unit meant? All words that are typed must be in what it is called, is and stands at. One or
 * two letters or figures say something at the beginning of a name only (A: A1, 12: P12), since
 * some word or other has them; a Chinese character is a word.
 */
export function matchesText(
  typed: string,
  names: readonly string[],
  words: readonly string[],
): boolean {
  const text = [...names, ...words].join(' ').toLowerCase();
  const begins = names.flatMap((name) => {
    const plain = name.toLowerCase();
    return [plain, plain.replace(/^\D+/, '')];
  });
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) =>
      word.length < SHORT && !/\p{Script=Han}/u.test(word)
        ? begins.some((one) => one.startsWith(word))
        : text.includes(word),
    );
}

/** How many units of each group are drawn, when all are more than a screen can hold. */
export function drawnPerGroup(groups: readonly { units: UnitRow[] }[], most: number): number {
  const all = groups.reduce((sum, group) => sum + group.units.length, 0);
  return all <= most ? Infinity : Math.max(1, Math.floor(most / Math.max(1, groups.length)));
}

/** `04:09`, then `1h04`, then `2d`: never wider than five figures, so that chips keep their width. */
export function shortDuration(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  if (s >= 86_400) return `${Math.floor(s / 86_400)}d`;
  if (s >= 3600) return `${Math.floor(s / 3600)}h${two(Math.floor(s / 60) % 60)}`;
  return `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

/** The chip that an arrow key leads to, by where chips stand; null at the edge. */
export function neighbour(
  key: string,
  at: number,
  boxes: readonly { x: number; y: number }[],
): number | null {
  const here = boxes[at];
  if (!here) return boxes.length ? 0 : null;
  if (key === 'Home') return 0;
  if (key === 'End') return boxes.length - 1;
  if (key === 'ArrowRight') return at + 1 < boxes.length ? at + 1 : null;
  if (key === 'ArrowLeft') return at > 0 ? at - 1 : null;
  const down = key === 'ArrowDown';
  const lines = boxes.map((box) => box.y).filter((y) => (down ? y > here.y : y < here.y));
  if (!lines.length) return null;
  const line = down ? Math.min(...lines) : Math.max(...lines);
  let best: number | null = null;
  boxes.forEach((box, i) => {
    if (box.y !== line) return;
    if (best === null || Math.abs(box.x - here.x) < Math.abs(boxes[best]!.x - here.x)) best = i;
  });
  return best;
}
