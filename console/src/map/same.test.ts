import type { Feature, FeatureCollection } from 'geojson';
import { describe, expect, it } from 'vitest';
import { drawnAlike } from './same';

function unit(id: string, lon = 1, more: Record<string, unknown> = {}): Feature {
  const geometry = { type: 'Point' as const, coordinates: [lon, 2] };
  return { type: 'Feature', geometry, properties: { id, selected: false, ...more } };
}

function line(...coordinates: [number, number][]): Feature {
  return { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: {} };
}

function all(...features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

describe('marks that are drawn alike', () => {
  it('are those with the same places and the same values', () => {
    expect(
      drawnAlike(all(unit('P1'), line([1, 2], [3, 4])), all(unit('P1'), line([1, 2], [3, 4]))),
    ).toBe(true);
    expect(drawnAlike(all(), all())).toBe(true);
  });

  it.each([
    ['one more', all(unit('P1')), all(unit('P1'), unit('P2'))],
    ['another place', all(unit('P1')), all(unit('P1', 1.5))],
    ['another value', all(unit('P1')), all(unit('P1', 1, { selected: true }))],
    ['a value more', all(unit('P1')), all(unit('P1', 1, { heading: 90 }))],
    ['a value less', all(unit('P1', 1, { heading: 90 })), all(unit('P1'))],
    [
      'another order, since what comes later lies on top',
      all(unit('P1'), unit('P2')),
      all(unit('P2'), unit('P1')),
    ],
    ['a line with another end', all(line([1, 2], [3, 4])), all(line([1, 2], [3, 5]))],
    ['a longer line', all(line([1, 2], [3, 4])), all(line([1, 2], [3, 4], [5, 6]))],
    ['a line instead of a point', all(unit('P1')), all(line([1, 2]))],
  ])('are not those with %s', (_, one, other) => {
    expect(drawnAlike(one, other)).toBe(false);
  });
});
