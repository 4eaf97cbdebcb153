import { describe, expect, it } from 'vitest';
import type { AreaChange, Difference, Instead } from '../../api/lookahead';
import { isFaint, sayAhead } from './ahead';

const sure = (mean: number, half_width: number): Difference => ({ mean, half_width, sure: true });
const area = (delay_s: Difference | null, bare: Difference | null): AreaChange => ({
  zone: 'Qingshan',
  delay_s,
  bare,
});
const said = (change: Partial<Instead>) =>
  sayAhead({
    unit: 'A2',
    instead_of: 'A1',
    delay_s: null,
    bare: null,
    worst: null,
    barest: null,
    areas: [],
    ...change,
  });

describe('what a choice changes in the next hour', () => {
  it('is said in words where the interval nearly holds zero', () => {
    expect(said({ worst: area(sure(6.5, 6.4), null) })).toBe('Instead of A1: leaves Qingshan thin');
    expect(said({ delay_s: sure(2, 1.9) })).toBe('Instead of A1: rather later on average');
    expect(said({ delay_s: sure(-2, 1.9) })).toBe('Instead of A1: rather sooner on average');
  });

  it('says once that an area is left thin', () => {
    const both = area(sure(6.5, 6.4), sure(0.04, 0.03));
    expect(said({ worst: both, barest: both })).toBe('Instead of A1: leaves Qingshan thin');
  });

  it('is said in figures where they are known', () => {
    expect(said({ worst: area(sure(40, 6), null) })).toBe('Instead of A1: Qingshan +40 ± 6 s');
    expect(isFaint(sure(-40, 26))).toBe(false);
  });
});
