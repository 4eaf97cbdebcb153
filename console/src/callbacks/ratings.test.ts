import { describe, expect, it } from 'vitest';
import type { Ratings } from '../api/schema';
import { asCsv, perCent } from './ratings';

const share = { share: 0.9359, low: 0.9303, high: 0.9412 };
const figures = {
  of: '',
  asked: ['a', 'b'],
  replied: ['a'],
  given_up: ['b'],
  reply: share,
  aspects: [{ aspect: 'attitude' as const, good: ['a'], fair: [], poor: [], satisfied: null }],
};
const ratings = {
  all: figures,
  by_org: [{ ...figures, of: 'city/north' }],
  by_category: [],
  cases: [
    { id: 'a', number: '4829-0001' },
    { id: 'b', number: '4829-0002' },
  ],
} as unknown as Ratings;
const words = {
  head: ['section', 'of', 'what', 'answers', 'good', 'fair', 'poor', 'share', 'low', 'high', 'of'],
  section: (one: string) => one,
  of: (_: string, of: string) => of,
  aspect: (one: string) => one,
  reply: 'replied',
};

describe('ratings', () => {
  it('are a table with counts, shares, intervals and the numbers of their cases', () => {
    const [, first, second, third] = asCsv(ratings, words).split('\r\n');
    expect(first).toBe('all,,replied,2,1,,1,93.6,93,94.1,4829-0001 4829-0002');
    expect(second).toBe('all,,attitude,1,1,0,0,,,,4829-0001');
    expect(third).toMatch(/^by_org,city\/north,replied,2/);
  });

  it('say per cent with one decimal', () => {
    expect(perCent(7_283 / 7_781)).toBe(93.6);
    expect(perCent(7_781 / 21_882)).toBe(35.6);
  });
});
