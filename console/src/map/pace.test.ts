import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pace } from './pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('draws at once, then at most once per interval, and never forgets the last asking', () => {
  let drawn = 0;
  const { ask } = pace(() => drawn++, 250);
  for (let i = 0; i < 10; i++) ask();
  expect(drawn).toBe(1);
  vi.advanceTimersByTime(250);
  expect(drawn).toBe(2);
  vi.advanceTimersByTime(2_000);
  expect(drawn).toBe(2);
  ask();
  expect(drawn).toBe(3);
});

it('draws no more after it was stopped', () => {
  let drawn = 0;
  const { ask, stop } = pace(() => drawn++, 250);
  ask();
  ask();
  stop();
  ask();
  vi.advanceTimersByTime(1_000);
  expect(drawn).toBe(1);
});
