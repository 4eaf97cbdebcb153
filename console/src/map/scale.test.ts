import { expect, it } from 'vitest';
import { roundDistance_m } from './scale';

it('is a round distance that is not longer than the bar may be', () => {
  const rounded = [119, 99, 1_000, 2_900, 4_999, 61, 0.7].map(roundDistance_m);
  expect(rounded.map((m) => Number(m.toFixed(6)))).toEqual([100, 50, 1_000, 2_000, 3_000, 50, 0.5]);
});
