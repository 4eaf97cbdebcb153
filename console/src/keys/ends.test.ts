import { expect, test } from 'vitest';
import { isEnding, isInForce } from './ends';

const DAY_MS = 86_400_000;

test('a key is told of fourteen days before it ends, and not before', () => {
  expect(isEnding({ until_ms: 14 * DAY_MS }, 0)).toBe(true);
  expect(isEnding({ until_ms: 14 * DAY_MS + 1 }, 0)).toBe(false);
});

test('a key is in force until it ends or is revoked', () => {
  expect(isInForce({ state: 'active', until_ms: 2 }, 1)).toBe(true);
  expect(isInForce({ state: 'active', until_ms: 2 }, 2)).toBe(false);
  expect(isInForce({ state: 'revoked', until_ms: 2 }, 1)).toBe(false);
});
