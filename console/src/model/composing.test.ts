import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { keepComposingKeys } from './composing';

/** A key as a browser sends it; Node has no keyboard events of its own. */
function key(type: string, more: object): Event {
  return Object.assign(new Event(type, { cancelable: true }), {
    isComposing: false,
    keyCode: 13,
    ...more,
  });
}

describe('keys of an input method', () => {
  it.each([
    ['while something is composed', { isComposing: true }],
    ['that ends it, as Safari sends it', { isComposing: false, keyCode: 229 }],
  ])('reach no handler: a key %s', (_when, more) => {
    const page = new EventTarget();
    const handler = vi.fn();
    keepComposingKeys(page);
    for (const type of ['keydown', 'keyup']) {
      page.addEventListener(type, handler);
      page.addEventListener(type, handler, { capture: true });
      const event = key(type, more);
      page.dispatchEvent(event);
      // The input method goes on with it.
      expect(event.defaultPrevented).toBe(false);
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it('are no others: Enter is Enter', () => {
    const page = new EventTarget();
    const handler = vi.fn();
    keepComposingKeys(page);
    page.addEventListener('keydown', handler);
    page.dispatchEvent(key('keydown', {}));
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('are known in one place, and kept before anything else listens', () => {
    const root = new URL('..', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const knowing = files.filter(
      (name) =>
        /\.(svelte|ts)$/.test(name) &&
        !name.endsWith('.test.ts') &&
        /isComposing|keyCode\b/.test(readFileSync(new URL(name, root), 'utf8')),
    );
    expect(knowing).toEqual(['model/composing.ts']);
    const main = readFileSync(new URL('main.ts', root), 'utf8');
    expect(main.indexOf('keepComposingKeys()')).toBeGreaterThan(0);
    expect(main.indexOf('keepComposingKeys()')).toBeLessThan(main.indexOf('mount('));
  });
});
