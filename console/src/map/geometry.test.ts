import { describe, expect, it } from 'vitest';
import { bearing_deg, distanceToSegment_m, isInside, labelPoint, type LonLat } from './geometry';

const square = (west: number, south: number, size: number): LonLat[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

describe('geometry', () => {
  it('measures the distance to the nearest point of a segment, not of its line', () => {
    const from: LonLat = [120, 30];
    const to: LonLat = [120.01, 30];
    expect(distanceToSegment_m([120.005, 30.001], from, to)).toBeCloseTo(111.3, 0);
    expect(distanceToSegment_m([120.02, 30], from, to)).toBeCloseTo(964, -1);
    expect(distanceToSegment_m([120, 30.001], from, from)).toBeCloseTo(111.3, 0);
  });

  it('gives compass bearings clockwise from north', () => {
    expect(bearing_deg([0, 0], [0, 1])).toBeCloseTo(0);
    expect(bearing_deg([0, 0], [1, 0])).toBeCloseTo(90);
    expect(bearing_deg([0, 0], [-1, 0])).toBeCloseTo(270);
  });

  it('knows that a hole is not inside', () => {
    const rings = [square(0, 0, 10), square(4, 4, 2)];
    expect(isInside([1, 1], rings)).toBe(true);
    expect(isInside([5, 5], rings)).toBe(false);
    expect(isInside([11, 5], rings)).toBe(false);
  });

  it('writes the name of a crescent inside it, though its middle lies outside', () => {
    const crescent: LonLat[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 8],
      [8, 8],
      [8, 2],
      [0, 2],
      [0, 0],
    ];
    expect(isInside([4, 5], [crescent])).toBe(false);
    expect(isInside(labelPoint([[crescent]])!, [crescent])).toBe(true);
  });

  it('writes the name on the largest part, and nowhere without parts', () => {
    const [lon] = labelPoint([[square(0, 0, 1)], [square(5, 0, 4)]])!;
    expect(lon).toBeGreaterThan(5);
    expect(labelPoint([])).toBeNull();
  });
});
