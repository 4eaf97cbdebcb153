import { describe, expect, it } from 'vitest';
import { arrivals, difference, seconds } from './numbers';

describe('the figures of a debrief', () => {
  it('are whole seconds, a clock where they are many, or a dash', () => {
    expect(seconds(61.6)).toBe('62 s');
    expect([754.2, 4246].map(seconds)).toEqual(['12:34', '1:10:46']);
    expect(seconds(null)).toBe('–');
  });
  it('show which way a difference goes', () => {
    expect([30.2, -4, 0.2, null].map(difference)).toEqual(['+30 s', '−4 s', '±0 s', '–']);
  });
  it('list units by arrival, those that can not come last', () => {
    expect(arrivals({ P2: 90, P9: null, P1: 30 })).toBe('P1 30 s, P2 90 s, P9 –');
    expect(arrivals(null)).toBe('–');
  });
});
