import { expect, it } from 'vitest';
import { HOLD_MS, PressToRaise, TWICE_WITHIN_MS } from './press';

it('does nothing after one tap', () => {
  const press = new PressToRaise();
  press.down(0);
  expect(press.tap(100)).toBe(false);
  expect(press.state).toBe('once');
  press.forget(100 + TWICE_WITHIN_MS + 1);
  expect(press.state).toBe('idle');
});

it('raises on the second tap, if it comes soon', () => {
  const soon = new PressToRaise();
  soon.tap(0);
  expect(soon.tap(TWICE_WITHIN_MS)).toBe(true);
  const late = new PressToRaise();
  late.tap(0);
  expect(late.tap(TWICE_WITHIN_MS + 1)).toBe(false);
});

it('raises once when held, and the finger that lifts is no tap', () => {
  const press = new PressToRaise();
  press.down(0);
  expect(press.heldEnough(HOLD_MS - 1)).toBe(false);
  expect(press.heldEnough(HOLD_MS)).toBe(true);
  expect(press.heldEnough(HOLD_MS + 500)).toBe(false);
  expect(press.tap(HOLD_MS + 600)).toBe(false);
  expect(press.state).toBe('idle');
});

it('forgets a touch that slid away', () => {
  const press = new PressToRaise();
  press.down(0);
  press.cancel();
  expect(press.heldEnough(HOLD_MS * 2)).toBe(false);
});
