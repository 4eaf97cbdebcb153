import { expect, it } from 'vitest';
import { change, figure, withWidth } from './figures';

it('says figures with their units, and a dash for none', () => {
  expect(figure(83.24, 's')).toBe('83.2 s');
  expect(figure(431.7, 's')).toBe('432 s');
  expect(figure(0.1234, 'share')).toBe('12.3 %');
  expect(figure(null, 's')).toBe('–');
  expect(withWidth([83.24, 2.51], 's')).toBe('83.2 s ± 2.5 s');
  expect(withWidth([83.24, null], 's')).toBe('83.2 s');
});

it('says a difference with its sign', () => {
  expect(change([-12, 3], 's')).toBe('−12.0 s ± 3.0 s');
  expect(change([0.02, 0.01], 'share')).toBe('+2.0 % ± 1.0 %');
  expect(change([0, 0], 's')).toBe('0.0 s ± 0.0 s');
  expect(change([0.0004, 0.001], 'share')).toBe('0.0 % ± 0.1 %');
  expect(change([null, null], 's')).toBe('–');
});
