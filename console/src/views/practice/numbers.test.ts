import { afterEach, describe, expect, it } from 'vitest';
import { settings } from '../../model/settings.svelte';
import { arrivals, difference, sameUnits, seconds } from './numbers';

afterEach(() => {
  settings.language = 'en';
});

describe('the figures of a debrief', () => {
  it('are whole seconds, minutes and hours where they are many, or a dash', () => {
    expect(seconds(61.6)).toBe('62 s');
    expect([754.2, 4246].map(seconds)).toEqual(['12 min 34 s', '1 h 10 min']);
    expect(seconds(null)).toBe('–');
  });
  it('show which way a difference goes', () => {
    expect([30.2, -4, 0.2, null].map(difference)).toEqual(['+30 s', '−4 s', '±0 s', '–']);
  });
  it('list units by arrival, those that can not come last', () => {
    const spaced = arrivals({ P2: 90, P9: null, P1: 30 });
    expect(spaced.replaceAll('\u00a0', ' ')).toBe('P1 30 s, P2 90 s, P9 –');
    expect(spaced.split(' ')).toHaveLength(3); // a line breaks between units only
    expect(arrivals(null)).toBe('–');
  });
  it('know the same units, whenever they were to arrive', () => {
    expect(sameUnits({ P1: 30, P2: 90 }, { P2: 80, P1: null })).toBe(true);
    expect(sameUnits({ P1: 30, P2: 90 }, { P1: 30 })).toBe(false);
    expect(sameUnits({ P1: 30 }, { P2: 30 })).toBe(false);
    expect(sameUnits({ P1: 30 }, null)).toBe(false);
  });
  it('have their units in Chinese too', () => {
    settings.language = 'zh';
    expect([61.6, 754.2, 4246].map(seconds)).toEqual(['62 秒', '12 分 34 秒', '1 小时 10 分']);
    expect(difference(-4)).toBe('−4 秒');
  });
});
