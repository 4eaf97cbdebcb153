import { describe, expect, it } from 'vitest';
import type { UnitRow } from '../../api/types';
import { drawnPerGroup, grouped, matchesText, neighbour, shortDuration } from './unitGroups';

const unit = (id: string, kind: string, status = 'available', emergency: string | null = null) =>
  ({ id, kind, status, emergency, station: `S-${kind}` }) as unknown as UnitRow;
const units = [
  unit('A10', 'ambulance', 'en_route'),
  unit('A2', 'ambulance', 'on_scene'),
  unit('P1', 'car'),
  unit('P2', 'car', 'available', 'raised'),
  unit('P3', 'car', 'off_duty'),
  unit('X1', 'balloon'),
];

describe('the groups of the unit board', () => {
  it('count who could be sent, of those on duty', () => {
    const groups = grouped(units, 'kind', ['car', 'ambulance'], () => true);
    expect(groups.map(({ key, free, onDuty }) => [key, free, onDuty])).toEqual([
      ['car', 1, 2],
      ['ambulance', 0, 2],
      ['balloon', 1, 1],
    ]);
  });

  it('keep their counts where only some units are shown, and order units as people count', () => {
    const groups = grouped(units, 'station', [], (one) => one.status !== 'available');
    expect(groups.map((one) => [one.key, one.units.map(({ id }) => id), one.free])).toEqual([
      ['S-ambulance', ['A2', 'A10'], 0],
      ['S-balloon', [], 1],
      ['S-car', ['P3'], 1],
    ]);
  });

  it('draw few of very many', () => {
    const groups = grouped(units, 'kind', [], () => true);
    expect(drawnPerGroup(groups, 6)).toBe(Infinity);
    expect(drawnPerGroup(groups, 5)).toBe(1);
  });
});

it('finds units by all words that were typed', () => {
  const words = ['Patrol car', 'Harbour station', 'Available', '巡逻车'];
  const found = (typed: string) => matchesText(typed, ['P12', '巡112', ''], words);
  for (const typed of [
    'p12',
    'harbour',
    'car harb',
    'AVAIL',
    'p',
    '1',
    '12',
    '11',
    '巡',
    '逻车',
    'P car',
  ])
    expect(found(typed), typed).toBe(true);
  expect(found('harbour engine')).toBe(false);
});

it('finds by one or two letters or figures whose name begins so, not all that have them', () => {
  const found = (typed: string) =>
    matchesText(typed, ['P12', '巡112'], ['Patrol car', 'Available']);
  for (const typed of ['a', 'av', '2', 'ca', 'p car a']) expect(found(typed), typed).toBe(false);
  expect(matchesText('a', ['A1', '救101'], ['Ambulance'])).toBe(true);
});

it('shows times in five figures at most', () => {
  const times = [0, 249_000, 3_599_999, 3_840_000, 86_399_999, 200_000_000, -5];
  expect(times.map(shortDuration)).toEqual([
    '00:00',
    '04:09',
    '59:59',
    '1h04',
    '23h59',
    '2d',
    '00:00',
  ]);
});

it('moves by the arrow keys as chips stand', () => {
  const boxes = [
    { x: 0, y: 0 },
    { x: 90, y: 0 },
    { x: 40, y: 30 },
    { x: 130, y: 30 },
  ];
  expect(
    ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => neighbour(key, 1, boxes)),
  ).toEqual([2, 0, 3, null]);
  expect(neighbour('ArrowUp', 2, boxes)).toBe(0);
  expect(neighbour('End', 0, boxes)).toBe(3);
  expect(neighbour('ArrowDown', 0, [])).toBeNull();
});
