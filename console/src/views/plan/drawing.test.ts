import { describe, expect, it } from 'vitest';
import type { PlanUnit } from '../../api/plan';
import {
  addLike,
  drawn,
  EMPTY,
  moveUnit,
  movePost,
  nearestPoint,
  removeUnit,
  restoreUnit,
  setHours,
  togglePost,
} from './drawing';

const units: PlanUnit[] = [
  { id: 'P1', kind: 'patrol', station: 'S1', capabilities: ['patrol'] },
  { id: 'P2', kind: 'patrol', station: 'S2', capabilities: ['patrol'] },
];
const unit = (plan: typeof EMPTY, id: string) => drawn(plan, units).find((one) => one.id === id)!;

describe('a plan', () => {
  it('without changes shows today', () => {
    expect(drawn(EMPTY, units).map(({ id, base }) => [id, base])).toEqual([
      ['P1', 'S1'],
      ['P2', 'S2'],
    ]);
  });

  it('says a move once, however often a unit is dragged, and not at all when it is back', () => {
    let plan = moveUnit(EMPTY, unit(EMPTY, 'P1'), 'n7');
    plan = moveUnit(plan, unit(plan, 'P1'), 'S2');
    expect(plan.changes).toEqual([{ do: 'move_unit', id: 'P1', to: 'S2' }]);
    expect(unit(plan, 'P1').base).toBe('S2');
    expect(moveUnit(plan, unit(plan, 'P1'), 'S1')).toEqual(EMPTY);
  });

  it('forgets what it had changed about a unit that it takes out, and gives it back', () => {
    let plan = setHours(EMPTY, unit(EMPTY, 'P1'), 'daily 08:00-20:00');
    plan = removeUnit(plan, unit(plan, 'P1'));
    expect(plan.changes).toEqual([{ do: 'remove_unit', id: 'P1' }]);
    expect(restoreUnit(plan, unit(plan, 'P1'))).toEqual(EMPTY);
  });

  it('adds units under numbers of their own, which can be moved and taken out again', () => {
    let plan = addLike(EMPTY, unit(EMPTY, 'P1'), drawn(EMPTY, units));
    plan = addLike(plan, unit(plan, 'N1'), drawn(plan, units));
    expect(plan.changes).toEqual([
      { do: 'add_unit', id: 'N1', at: 'S1', like: 'P1' },
      { do: 'add_unit', id: 'N2', at: 'S1', like: 'P1' },
    ]);
    plan = moveUnit(plan, unit(plan, 'N2'), 'n9');
    expect(unit(plan, 'N2').base).toBe('n9');
    plan = removeUnit(plan, unit(plan, 'N2'));
    expect(plan.changes).toHaveLength(1);
  });

  it('keeps posts once', () => {
    const plan = togglePost(togglePost(EMPTY, 'n1'), 'n2');
    expect(movePost(plan, 'n1', 'n2').posts).toEqual(['n2']);
    expect(togglePost(plan, 'n1').posts).toEqual(['n2']);
  });
});

describe('hours', () => {
  it('are removed by typing nothing', () => {
    const plan = setHours(EMPTY, unit(EMPTY, 'P1'), 'daily 08:00-20:00');
    expect(unit(plan, 'P1').hours).toEqual(['daily 08:00-20:00']);
    expect(setHours(plan, unit(plan, 'P1'), ' ')).toEqual(EMPTY);
  });
});

it('the nearest point is found by distance on the ground, not in degrees', () => {
  const points = [
    { id: 'east', lon: 120.015, lat: 60 },
    { id: 'north', lon: 120, lat: 60.01 },
  ];
  const found = nearestPoint(points, 120, 60)!;
  expect(found.point.id).toBe('east');
  expect(found.distance_m).toBeCloseTo(834, 0);
});
