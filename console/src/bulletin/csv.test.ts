import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../api/schema';
import { asCsv } from './csv';
import { lines, shareOf, stationsOf } from './lines';

const nothing = { done: [], in_time: [], late: [], there: [], paused: [], again: [] };
const bulletin: Bulletin = {
  week: '2026-W48',
  previous: '2026-W47',
  next: null,
  from_ms: 0,
  to_ms: 1,
  at_ms: 1,
  org: '',
  figures: {
    opened: ['a', 'b', 'c'],
    concluded: ['a'],
    reopened: [],
    late: ['b'],
    stages: [
      {
        ...nothing,
        stage: 'handle',
        done: ['a', 'b', 'c'],
        in_time: ['a', 'c'],
        late: ['b'],
        median_s: 90,
        p90_s: 120,
      },
    ],
    clocks: [{ clock: 'conclude', in_time: ['a'], late: ['b'], open_late: ['c'] }],
    by_category: [{ of: 'THEFT', opened: ['a'], concluded: [], late: [] }],
    by_org: [],
  },
  ratings: {
    of: '',
    asked: ['a', 'b'],
    replied: ['a'],
    given_up: ['b'],
    reply: { share: 0.5, low: 0.0945, high: 0.9055 },
    aspects: [{ aspect: 'speed', good: ['a'], fair: [], poor: [], satisfied: null }],
  },
  ratings_by_org: [],
  fewest: 5,
  cases: ['a', 'b', 'c'].map((id) => ({
    id,
    number: `${id}-1`,
    org: '',
    category: 'THEFT',
    priority: 2,
    opened_ms: 0,
  })),
};

describe('the bulletin', () => {
  it('calculates every share from the cases that it names', () => {
    const late = lines(bulletin.figures).find(
      ({ section, figure }) => section === 'stages' && figure === 'late',
    )!;
    expect([late.cases, late.share]).toEqual([['b'], 33.3]);
    expect(shareOf([], [])).toBeNull();
    const met = lines(bulletin.figures).filter(({ section }) => section === 'clocks');
    expect(met.map(({ share }) => share)).toEqual([33.3, 33.3, 33.3]);
  });

  it('is a table with the numbers of the cases, and no formula', () => {
    const text = asCsv(bulletin, {
      head: ['week', 'section', 'row', 'figure', 'value', 'share', 'low', 'high', 'cases'],
      section: ({ section }) => section,
      row: ({ row }) => (row === 'THEFT' ? '=1+1, "so"' : row),
      figure: ({ figure }) => figure,
    });
    expect(text.startsWith('\ufeffweek,section')).toBe(true);
    expect(text).toContain('2026-W48,stages,handle,late,1,33.3,,,b-1\r\n');
    expect(text).toContain('2026-W48,stages,handle,median_s,90,,,,\r\n');
    expect(text).toContain('2026-W48,ratings,,replied,1,50,9.5,90.6,a-1\r\n');
    expect(text).toContain('2026-W48,ratings,,satisfied:speed,1,,,,a-1\r\n');
    expect(text).toContain(`2026-W48,by_category,"'=1+1, ""so""",opened,1,,,,a-1\r\n`);
  });

  it('has a page for each police station, and for nobody else', () => {
    const orgs = [
      { path: 'city', level: 'city' },
      { path: 'city/north', level: 'county' },
      { path: 'city/north/one', level: 'station' },
      { path: 'city/north-east', level: 'station' },
      { path: 'city/gas', level: 'partner' },
    ];
    expect(stationsOf('', orgs)).toEqual(['city/north/one', 'city/north-east']);
    expect(stationsOf('city/north', orgs)).toEqual(['city/north/one']);
  });
});
