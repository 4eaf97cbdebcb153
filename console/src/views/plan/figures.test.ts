import { expect, it } from 'vitest';
import { change, figure, meaning, withWidth } from './figures';

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

it('gives no sign to a difference that is nothing as it is written', () => {
  expect(change([-0.00001, 0.00002], 'share')).toBe('0.0 % ± 0.0 %');
  expect(change([0.04, 1], 's')).toBe('0.0 s ± 1.0 s');
});

it('calls a sure difference one, also where neither more nor less is better', () => {
  expect(meaning([0.059, 0.013, 'unsure'])).toBe('differs');
  expect(meaning([0.01, 0.013, 'unsure'])).toBe('unsure');
  expect(meaning([-12, 3, 'better'])).toBe('better');
  expect(meaning([null, null, 'unsure'])).toBe('unsure');
});
