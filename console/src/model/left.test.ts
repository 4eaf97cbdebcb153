import { describe, expect, it } from 'vitest';
import { ofRoom } from '../api/room';
import { claimWindow, leaveWork, openWindow, type Storages } from './left';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
}
const DRAFT = ofRoom('draft/wang/c1');
const SETTINGS = ofRoom('settings');

function open(shared: Storages['browser'] = storage()): Storages {
  return { window: storage(), browser: shared };
}

describe('what a member leaves in a browser', () => {
  it('is gone at sign-out, but for what was set about the screen', () => {
    const all = open();
    claimWindow('wang', all, 1);
    all.window.setItem(DRAFT, 'words of a caller');
    all.browser.setItem(SETTINGS, '{}');
    all.browser.setItem(ofRoom('member'), '{}');
    all.browser.setItem('of another program', 'x');
    leaveWork('wang', all, 2);
    expect(all.window.getItem(DRAFT)).toBe(null);
    expect(all.browser.getItem(ofRoom('member'))).toBe(null);
    expect(all.browser.getItem(SETTINGS)).toBe('{}');
    expect(all.browser.getItem('of another program')).toBe('x');
  });

  it('is gone from a window that was closed meanwhile, when the browser opens it again', () => {
    const first = open();
    claimWindow('wang', first, 1);
    first.window.setItem(DRAFT, 'words of a caller');
    leaveWork('wang', open(first.browser), 2);
    openWindow(first, 3);
    expect(first.window.getItem(DRAFT)).toBe(null);
  });

  it('is gone when the same member signs in again', () => {
    const first = open();
    claimWindow('wang', first, 1);
    first.window.setItem(DRAFT, 'words of a caller');
    leaveWork('wang', open(first.browser), 2);
    claimWindow('wang', first, 3);
    expect(first.window.getItem(DRAFT)).toBe(null);
    first.window.setItem(DRAFT, 'new');
    openWindow(first, 4);
    expect(first.window.getItem(DRAFT)).toBe('new');
  });

  it('stays over a reload and a session that ran out, for the same member only', () => {
    const all = open();
    claimWindow('wang', all, 1);
    all.window.setItem(DRAFT, 'words of a caller');
    openWindow(all, 2);
    claimWindow('wang', all, 3);
    expect(all.window.getItem(DRAFT)).toBe('words of a caller');
    claimWindow('li', all, 4);
    expect(all.window.getItem(DRAFT)).toBe(null);
  });

  it('is nothing where storage is broken or forbidden', () => {
    const all = open();
    all.window.setItem(ofRoom('whose'), '{broken');
    all.browser.setItem(ofRoom('left'), 'null');
    claimWindow('wang', all, 1);
    leaveWork('wang', null);
    openWindow(null);
    expect(all.window.getItem(ofRoom('whose'))).toContain('wang');
  });
});
