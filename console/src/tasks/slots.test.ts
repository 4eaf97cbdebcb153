import { expect, it } from 'vitest';
import type { TaskRow } from '../api/schema';
import { readDue, readLevel, readNumbered, stepsIn } from './slots';

const NOON_MS = Date.UTC(2026, 11, 1, 4); // in Shanghai
const HOUR_MS = 3_600_000;
const due = (line: string) => readDue(line.split(' '), NOON_MS, 'Asia/Shanghai');

it('reads by when it is wanted', () => {
  expect(due('due 18:00 rest')).toEqual({ value: NOON_MS + 6 * HOUR_MS, used: 2 });
  expect(due('due 2d rest')).toEqual({ value: NOON_MS + 48 * HOUR_MS, used: 2 });
  expect(due('期限 3 天')).toEqual({ value: NOON_MS + 72 * HOUR_MS, used: 3 });
  expect(due('due tomorrow')).toBeNull();
  expect(due('Ask 2d')).toBeNull();
});

it('reads how urgent it is', () => {
  expect(readLevel(['p2'])).toEqual({ value: 2, used: 1 });
  expect(readLevel(['二级'])).toEqual({ value: 2, used: 1 });
  expect(readLevel(['people'])).toBeNull();
});

it('finds tasks by the number of their incident', () => {
  const rows = [
    { id: 'a', number: '4829-3174' },
    { id: 'b', number: '4829-3174' },
    { id: 'c', number: '7707-4829' },
  ] as TaskRow[];
  expect(readNumbered(['3174'], rows)).toEqual({ value: ['a', 'b'], used: 1 });
  expect(readNumbered(['4829'], rows)).toEqual({ value: ['a', 'b', 'c'], used: 1 });
  expect(readNumbered(['1111'], rows)).toBeNull();
  expect(readNumbered(['accept'], rows)).toBeNull();
});

it('takes what follows two slashes, or stands on lines of its own, for steps', () => {
  expect(stepsIn('Ask // Ring ／／ Sign')).toEqual({ text: 'Ask', steps: ['Ring', 'Sign'] });
  expect(stepsIn('Ask')).toEqual({ text: 'Ask', steps: [] });
  expect(stepsIn('Ask\nRing\n\n')).toEqual({ text: 'Ask', steps: ['Ring'] });
});
