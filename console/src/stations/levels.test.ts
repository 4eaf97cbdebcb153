import { expect, it } from 'vitest';
import type { TaskRow } from '../api/schema';
import { above, below, levelsOf, trail, type Org } from './levels';

const org = (path: string): Org => ({ path, level: '', en: path, zh: path });
const ORGS = ['city', 'city/north', 'city/north/PS1', 'city/north/PS2', 'city/south'].map(org);
const task = (of: string, more: Partial<TaskRow> = {}): TaskRow =>
  ({ org: of, state: 'offered', due_ms: null, ...more }) as TaskRow;

it('knows what lies above and directly below', () => {
  expect(above('city/north/PS1')).toBe('city/north');
  expect(below(ORGS, 'city').map(({ path }) => path)).toEqual(['city/north', 'city/south']);
  expect(below(ORGS, '').map(({ path }) => path)).toEqual(['city']);
  expect(below(ORGS, 'city/south')).toEqual([]);
});

it('leads from the top of what may be seen down to one, and no further up', () => {
  expect(trail(ORGS, 'city/north/PS1', 'city')).toEqual(['city', 'city/north', 'city/north/PS1']);
  expect(trail(ORGS, 'city/north/PS1', 'city/north')).toEqual(['city/north', 'city/north/PS1']);
  expect(trail(ORGS, 'city', '')).toEqual(['', 'city']);
});

it('counts with each organisation what lies below it', () => {
  const rows = [
    task('city/north/PS1', { due_ms: 900 }),
    task('city/north/PS2'),
    task('city/north', { state: 'returned' }),
    task('city/south', { state: 'approved' }),
    task('city'),
  ];
  const found = levelsOf(ORGS, 'city', rows, 1_000, 5_000);
  expect(found.map(({ id, open, counts }) => [id, open, counts.late, counts.returned])).toEqual([
    ['city/north', 3, 1, 1],
    ['city/south', 0, 0, 0],
  ]);
  expect(levelsOf(ORGS, 'city/north', rows, 1_000, 5_000).map(({ open }) => open)).toEqual([1, 1]);
});
