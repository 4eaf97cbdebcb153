import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hand } from './hand.svelte';

/** A part of the page that the test touches. */
class Part extends EventTarget {
  contains(): boolean {
    return false;
  }
  touch(type: string): void {
    this.dispatchEvent(new Event(type));
  }
}
const attach = (hand: Hand, part: Part) => hand.on(part as unknown as HTMLElement);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { activeElement: null });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a hand', () => {
  it('is there while the pointer is, and some time after', () => {
    const [hand, part] = [new Hand(), new Part()];
    attach(hand, part);
    part.touch('pointerenter');
    vi.advanceTimersByTime(60_000);
    expect(hand.here).toBe(true);
    part.touch('pointerleave');
    expect(hand.here).toBe(true);
    vi.advanceTimersByTime(3_000);
    expect(hand.here).toBe(false);
  });

  it('goes with the part that it was on: the next one there is in order', () => {
    const [hand, part] = [new Hand(), new Part()];
    const takeAway = attach(hand, part);
    part.touch('pointerenter');
    takeAway();
    expect(hand.here).toBe(false);
    const next = new Part();
    attach(hand, next);
    next.touch('focusin');
    vi.advanceTimersByTime(10_000);
    expect(hand.here).toBe(false);
  });
});
