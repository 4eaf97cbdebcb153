/** Which rows of a long queue are drawn: those in sight, and those that must be there. Pure. */
import { inSight } from '../parts/listing.svelte';

/** Up to so many rows all are drawn. */
export const DRAWN_WHOLE = 200;
/** A turn of the wheel goes so far before the next ones are drawn. */
const SPARE = 16;

/** What is seen of the queue: lengths of its pieces, and how far it is scrolled. */
export interface View {
  row_px: number;
  head_px: number;
  top_px: number;
  height_px: number;
}

/** Some rows of a section: from one place up to another. */
export interface Sight {
  from: number;
  to: number;
}

/** Where the first row of each section begins; `counts`: how many rows each shows. */
function tops(counts: readonly number[], { row_px, head_px }: View): number[] {
  let top_px = 0;
  return counts.map((count) => {
    const first_px = top_px + head_px;
    top_px = first_px + count * row_px;
    return first_px;
  });
}

/** What is in sight of each section. */
export function sightsOf(counts: readonly number[], view: View): Sight[] {
  const { row_px, top_px, height_px } = view;
  const firsts = tops(counts, view);
  return counts.map((count, i) => inSight(count, row_px, top_px - firsts[i]!, height_px, SPARE));
}

/** A row that is drawn: its place in its section, and how many before it are left out. */
export interface Line<R> {
  row: R;
  at: number;
  before: number;
}

/** The rows to draw, in their order, with the one that is kept; and how many are left out after them. */
export function linesOf<R extends { id: string }>(
  rows: readonly R[],
  { from, to }: Sight,
  kept: string | null | undefined,
): { lines: Line<R>[]; after: number } {
  const keptAt = rows.findIndex(({ id }) => id === kept);
  const places = Array.from({ length: to - from }, (_, i) => from + i);
  if (keptAt >= 0 && keptAt < from) places.unshift(keptAt);
  if (keptAt >= to) places.push(keptAt);
  let next = 0;
  const lines = places.map((at) => {
    const before = at - next;
    next = at + 1;
    return { row: rows[at]!, at, before };
  });
  return { lines, after: rows.length - next };
}

/** How many of those rows lie above what is in sight, by more than half. */
export function aboveOf<R>(
  sections: readonly (readonly R[])[],
  view: View,
  among: (row: R) => boolean,
): number {
  const firsts = tops(
    sections.map((rows) => rows.length),
    view,
  );
  let found = 0;
  sections.forEach((rows, n) => {
    const above = Math.ceil((view.top_px - firsts[n]!) / view.row_px - 0.5);
    for (const row of rows.slice(0, Math.max(0, above))) if (among(row)) found += 1;
  });
  return found;
}
