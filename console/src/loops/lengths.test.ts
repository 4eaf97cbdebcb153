import { afterEach, describe, expect, it } from 'vitest';
import { settings } from '../model/settings.svelte';
import { sayAmount, sayLength, sayPromised, sayWithin } from './lengths';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

afterEach(() => {
  settings.language = 'en';
});

describe('how long it is', () => {
  it('is said in minutes and seconds, from an hour on in hours, from a day on in days', () => {
    expect([0, 249_999, -249_999, HOUR_MS - 1].map(sayLength)).toEqual([
      '00:00',
      '04:09',
      '04:09',
      '59:59',
    ]);
    expect(sayLength(3 * HOUR_MS + 7.9 * MINUTE_MS)).toBe('3:07 h');
    expect(sayLength(24 * HOUR_MS - 1)).toBe('23:59 h');
    expect(sayLength(52.5 * HOUR_MS)).toBe('2 d 4 h');
  });

  it('is never taken for minutes where it is hours, in Chinese either', () => {
    settings.language = 'zh';
    expect(sayLength(12 * HOUR_MS + 4 * MINUTE_MS)).toBe('12 小时 04 分');
    expect(sayLength(12 * MINUTE_MS + 4_000)).toBe('12:04');
  });
});

describe('an amount', () => {
  it('leaves out what is nothing', () => {
    expect([0, 8 * HOUR_MS, 90 * MINUTE_MS, 1_450_400].map(sayAmount)).toEqual([
      '0 s',
      '8 h',
      '1 h 30 min',
      '24 min 10 s',
    ]);
  });

  it('of a rule is said as the rule has it', () => {
    expect(sayWithin({ count: 24, unit: 'hour' })).toBe('24 hours');
    expect(sayWithin({ count: 1, unit: 'working_day' })).toBe('1 working day');
    settings.language = 'zh';
    expect(sayWithin({ count: 7, unit: 'working_day' })).toBe('7 个工作日');
  });
});

describe('what is said of a deadline', () => {
  it('names what counts days whose holidays were not announced', () => {
    expect(sayPromised('2 d 4 h left', { provisional: true })).toBe('2 d 4 h left · provisional');
    expect([{ provisional: false }, {}].map((one) => sayPromised('late', one))).toEqual([
      'late',
      'late',
    ]);
  });
});
