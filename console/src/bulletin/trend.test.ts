import { describe, expect, it } from 'vitest';
import type { StageTrend } from '../api/schema';
import { barsOf, trendCsv } from './trend';

const nothing = { done: [], in_time: [], late: [], there: [], paused: [], again: [] };
const figures = {
  ...nothing,
  stage: 'handle' as const,
  done: ['a', 'b', 'c', 'd'],
  in_time: ['a', 'b', 'c'],
  late: ['d'],
  median_s: 90,
  p90_s: 120,
};
const quiet = { ...nothing, stage: 'handle' as const, median_s: null, p90_s: null };
const trend: StageTrend = {
  stage: 'handle',
  org: '',
  category: '',
  week: '2026-W48',
  previous: '2026-W47',
  next: null,
  at_ms: 2,
  weeks: [
    { week: '2026-W47', from_ms: 0, to_ms: 1, figures: quiet },
    { week: '2026-W48', from_ms: 1, to_ms: 2, figures },
  ],
  parts: [{ org: 'city/north', category: 'THEFT', figures: { ...figures, done: ['a'] } }],
  cases: [],
};

describe('a stage over weeks', () => {
  it('has a bar for each week, as high as what was done', () => {
    const [first, second] = barsOf(trend.weeks);
    expect([first!.in_time, first!.late]).toEqual([0, 0]);
    expect([second!.in_time, second!.late]).toEqual([75, 25]);
    expect(first!.x + first!.width).toBeLessThan(second!.x);
    expect(second!.x + second!.width).toBeLessThan(100);
  });

  it('draws nothing where nothing was done', () => {
    expect(barsOf([trend.weeks[0]!]).every((one) => one.in_time + one.late === 0)).toBe(true);
    expect(barsOf([])).toEqual([]);
  });

  it('is a table of weeks, and of organisations with categories', () => {
    const lines = trendCsv(trend, {
      head: ['week'],
      org: (path) => path || 'room',
      category: (code) => code,
      all: 'all',
    }).split('\r\n');
    expect(lines[1]).toBe('2026-W47,room,all,0,0,0,0,0,0,,,,');
    expect(lines[2]).toBe('2026-W48,room,all,4,3,1,0,0,0,75,90,120,a b c d');
    expect(lines[3]).toMatch(/^2026-W48,city\/north,THEFT,1,3,1/);
  });
});
