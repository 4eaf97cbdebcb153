import { describe, expect, it } from 'vitest';
import type { WhyPart } from '../api/schema';
import { amountsOf, axisOf, extensionOf, placeOf, ticksOf } from './ruler';

const part = (kind: WhyPart['kind'], from_ms: number, to_ms: number, days = 0): WhyPart => ({
  kind,
  from_ms,
  to_ms,
  days,
  name: null,
  reason: null,
});
const at = (iso: string) => Date.parse(iso);
const MINUTE_MS = 60_000;

describe('the axis of a ruler', () => {
  const parts = [part('counted', 0, 100 * MINUTE_MS)];
  const why = { parts, due_ms: 100 * MINUTE_MS };

  it('goes from the start to the deadline, and to now where that is near', () => {
    expect(axisOf(why, 10 * MINUTE_MS)).toEqual({ from_ms: 0, to_ms: 100 * MINUTE_MS });
    expect(axisOf(why, 120 * MINUTE_MS).to_ms).toBe(120 * MINUTE_MS);
  });

  it('is not squeezed by a deadline that is long past', () => {
    expect(axisOf(why, 100_000 * MINUTE_MS).to_ms).toBe(140 * MINUTE_MS);
  });

  it('has a length even where nothing has passed', () => {
    const axis = axisOf({ parts: [], due_ms: null }, 5);
    expect(axis.to_ms).toBeGreaterThan(axis.from_ms);
    expect(placeOf(axis.from_ms, axis)).toBe(0);
    expect(placeOf(axis.to_ms, axis)).toBe(100);
  });
});

describe('what the parts count', () => {
  it('adds up as it is shown, whatever the fractions of a second', () => {
    const edges = [512, 1_000_100, 1_234_567, 1_800_512];
    const parts = edges.slice(1).map((to, i) => part('counted', edges[i]!, to));
    const amounts = amountsOf({ parts, in_days: false });
    expect(amounts.reduce((a, b) => a + b)).toBe(1800);
  });

  it('is nothing for what is shut, paused or not counted', () => {
    const parts = [
      part('not_counted', 0, 5_000),
      part('closed', 5_000, 9_000),
      part('counted', 9_000, 12_000),
      part('paused', 12_000, 20_000),
      part('extension', 20_000, 22_000),
    ];
    expect(amountsOf({ parts, in_days: false })).toEqual([0, 0, 3, 0, 2]);
    expect(extensionOf({ parts, in_days: false })).toBe(2_000);
  });

  it('is days where days are counted', () => {
    const parts = [part('counted', 0, 9, 3), part('closed', 9, 12), part('extension', 12, 15, 2)];
    expect(amountsOf({ parts, in_days: true })).toEqual([3, 0, 2]);
    expect(extensionOf({ parts, in_days: true })).toBe(2);
  });
});

describe('the ticks', () => {
  const zone = 'America/St_Johns';

  it('stand at round times of the city, and say each date once', () => {
    const axis = { from_ms: at('2026-03-01T02:50:00Z'), to_ms: at('2026-03-01T04:10:00Z') };
    // 23:20 to 00:40 local time
    expect(ticksOf(axis, zone, 5).map((one) => [one.at_ms, one.isNewDate])).toEqual([
      [at('2026-03-01T03:00:00Z'), true],
      [at('2026-03-01T03:30:00Z'), true],
      [at('2026-03-01T04:00:00Z'), false],
    ]);
  });

  it('are seconds where a clock is short', () => {
    const axis = { from_ms: at('2026-03-01T03:00:20Z'), to_ms: at('2026-03-01T03:00:50Z') };
    expect(ticksOf(axis, zone, 4).map((one) => [one.at_ms - axis.from_ms, one.to])).toEqual([
      [0, 'second'],
      [10_000, 'second'],
      [20_000, 'second'],
      [30_000, 'second'],
    ]);
  });

  it('stand at local midnight where they are days, also when the clocks are changed', () => {
    const axis = { from_ms: at('2026-03-06T12:00:00Z'), to_ms: at('2026-03-10T12:00:00Z') };
    expect(ticksOf(axis, zone, 5).map((one) => one.at_ms)).toEqual([
      at('2026-03-07T03:30:00Z'),
      at('2026-03-08T03:30:00Z'),
      at('2026-03-09T02:30:00Z'),
      at('2026-03-10T02:30:00Z'),
    ]);
  });

  it('are never too many', () => {
    for (const hours of [0.1, 1, 5, 30, 200, 3_000, 40_000]) {
      const axis = { from_ms: 0, to_ms: hours * 60 * MINUTE_MS };
      expect(ticksOf(axis, 'Asia/Shanghai', 6).length).toBeLessThanOrEqual(7);
    }
  });
});
