/** Levels of organisations: what lies with each of those directly below one. Pure. */
import type { TaskRow } from '../api/schema';
import { isOver, within } from '../tasks/can';
import { none, stands, type Counts } from '../tasks/station';

export interface Org {
  path: string;
  level: string;
  en: string;
  zh: string;
}

export interface Level {
  /** The path of the organisation. */
  id: string;
  org: Org;
  open: number;
  counts: Counts;
}

/** The one directly above; empty for the whole room. */
export function above(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** The organisations directly below one, in the order of the pack. */
export function below(orgs: readonly Org[], path: string): Org[] {
  return orgs.filter((one) => one.path !== path && above(one.path) === path);
}

/** From the top of what may be seen down to one. */
export function trail(orgs: readonly Org[], path: string, reach: string): string[] {
  const up = path && path !== reach && within(path, reach) ? above(path) : null;
  const known = path === '' || orgs.some((one) => one.path === path);
  return [...(up === null ? [] : trail(orgs, up, reach)), ...(known ? [path] : [])];
}

/** How much lies with each organisation below one, and below that. */
export function levelsOf(
  orgs: readonly Org[],
  path: string,
  rows: readonly TaskRow[],
  now_ms: number,
  tomorrow_ms: number,
): Level[] {
  const found = new Map(
    below(orgs, path).map((org) => [org.path, { id: org.path, org, open: 0, counts: none() }]),
  );
  const depth = path ? path.split('/').length : 0;
  for (const row of rows) {
    if (isOver(row)) continue;
    const level = found.get(row.org.split('/', depth + 1).join('/'));
    if (!level) continue;
    level.open += 1;
    for (const stand of stands(row, now_ms, tomorrow_ms)) level.counts[stand] += 1;
  }
  return [...found.values()];
}
