import { describe, expect, it } from 'vitest';
import { arrange, places } from './arrange';

describe('the panes of the room', () => {
  it.each([
    [1366, 600, 'whole'],
    [2560, 1270, 'whole'],
    [1366, 430, 'low'],
    [1093, 460, 'low'],
    [1024, 900, 'tall'],
    [960, 390, 'small'],
    [360, 500, 'single'],
  ] as const)('at %i × %i are %s', (width, height, wanted) => {
    expect(arrange(width, height)).toBe(wanted);
  });

  it.each(['whole', 'low', 'tall', 'small', 'single'] as const)(
    'are all there when the room is %s, each in one place',
    (arrangement) => {
      for (const calls of [true, false]) {
        const panes = places(arrangement, calls).flat();
        const wanted = ['desk', 'map', 'queue', 'units', ...(calls ? ['calls'] : [])];
        expect([...panes].sort()).toEqual(wanted.sort());
      }
    },
  );
});
