import { describe, expect, test } from 'vitest';
import type { UnitRow } from '../../api/types';
import { held, sections, type Held } from './heldGroups';
import { grouped } from './unitGroups';

const row = (id: string, status = 'available') =>
  ({ id, kind: id[0], station: 'S1', status, emergency: null, assignment: null }) as UnitRow;
const NOTHING: Held = { choice: '', lines: [] };

function board(...units: UnitRow[]) {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const free = (unit: UnitRow) => unit.status === 'available';
  const groups = grouped(units, 'kind', ['P', 'F'], free).filter((one) => one.units.length);
  const all = grouped(units, 'kind', ['P', 'F'], free);
  return {
    groups,
    said: (of: Held) =>
      sections(of, all, byId).map(({ group, units }) => [group.key, ...units.map(({ id }) => id)]),
  };
}

describe('the board under the hand', () => {
  const first = board(row('P1'), row('P2'), row('F1'));
  const before = held(NOTHING, 'free', first.groups, false);

  test('keeps the chip of a unit that is no longer wanted, and its heading', () => {
    const now = board(row('P1', 'en_route'), row('P2'), row('F1', 'en_route'));
    const kept = held(before, 'free', now.groups, true);
    expect(now.said(kept)).toEqual([
      ['P', 'P1', 'P2'],
      ['F', 'F1'],
    ]);
    expect(now.said(held(kept, 'free', now.groups, false))).toEqual([['P', 'P2']]);
  });

  test('lets who joins stand after all others', () => {
    const now = board(row('P1'), row('P2'), row('P3'), row('F1'), row('F2'));
    expect(now.said(held(before, 'free', now.groups, true))).toEqual([
      ['P', 'P1', 'P2'],
      ['F', 'F1'],
      ['P', 'P3'],
      ['F', 'F2'],
    ]);
    expect(now.said(held(before, 'free', now.groups, false))).toEqual([
      ['P', 'P1', 'P2', 'P3'],
      ['F', 'F1', 'F2'],
    ]);
  });

  test('begins anew with another choice', () => {
    const now = board(row('P1', 'en_route'), row('P2'), row('F1'));
    expect(now.said(held(before, 'busy', now.groups, true))).toEqual([
      ['P', 'P2'],
      ['F', 'F1'],
    ]);
  });
});
