/**
 * How a person likes a list: what it is sorted by, which stays in this browser, and what it is filtered
 * by, which stays as long as the page does. Pure but for that.
 */
import { ofRoom } from '../../api/room';

/** From so wide on, in pixels, a list has room for all its columns without breaking words. */
export const ROOMY_PX = 1000;

export interface Column<R> {
  key: string;
  label: string;
  text: (row: R) => string;
  /** What it is sorted by; left out: its text. */
  sort?: (row: R) => string | number;
  /** Share of the width. */
  width?: string;
}

export interface Sorting {
  key: string;
  down: boolean;
}

/** The rows that hold every word of the filter somewhere, sorted; ties keep their order. */
export function arranged<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  filter: string,
  sorting: Sorting | null,
): R[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = (row: R) => columns.map((one) => one.text(row).toLowerCase());
  const found = words.length
    ? rows.filter((row) => {
        const all = texts(row);
        return words.every((word) => all.some((text) => text.includes(word)));
      })
    : [...rows];
  const column = columns.find((one) => one.key === sorting?.key);
  if (!column || !sorting) return found;
  const by = column.sort ?? column.text;
  const sign = sorting.down ? -1 : 1;
  const order = new Intl.Collator();
  // Each is said once, and not at every comparison.
  return found
    .map((row) => ({ row, at: by(row) }))
    .sort(({ at: x }, { at: y }) => {
      if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
      return sign * order.compare(String(x), String(y));
    })
    .map(({ row }) => row);
}

/** The rows to draw: those in sight, and some on either side; none where the list itself is out of sight. */
export function inSight(
  count: number,
  row_px: number,
  top_px: number,
  height_px: number,
  spare = 8,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(top_px / row_px) - spare);
  const to = Math.ceil((top_px + height_px) / row_px) + spare;
  const first = Math.min(from, count);
  return { from: first, to: Math.max(first, Math.min(count, to)) };
}

const filters = new Map<string, string>();

export class Listing {
  filter = $state('');
  sorting = $state.raw<Sorting | null>(null);
  readonly #name: string;

  constructor(name: string, first: Sorting | null = null) {
    this.#name = name;
    this.filter = filters.get(name) ?? '';
    this.sorting = kept(name) ?? first;
  }

  filterBy(text: string): void {
    this.filter = text;
    filters.set(this.#name, text);
  }

  /** Sorts by a column; a second time the other way round. */
  sortBy(key: string): void {
    this.sorting = { key, down: this.sorting?.key === key && !this.sorting.down };
    try {
      localStorage.setItem(store(this.#name), JSON.stringify(this.sorting));
    } catch {
      // Without storage it is sorted so until the page is closed.
    }
  }
}

function store(name: string): string {
  return ofRoom(`list/${name}`);
}

function kept(name: string): Sorting | null {
  try {
    return JSON.parse(localStorage.getItem(store(name)) ?? 'null') as Sorting | null;
  } catch {
    return null;
  }
}
