import { describe, expect, it } from 'vitest';
import { ofRoom } from '../../api/room';
import { EMPTY } from './drawing';
import { copiesTo, isNew, LeftAtDesk, newKey, NOTHING_LEFT, savesOver } from './drafts';

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

describe('what is left at the desk', () => {
  const of = { id: 'a', plan: null, version: '', current: true, besides: null, told: [] };
  const left = { drafts: { a: { plan: EMPTY, of } }, open: 'a', asked: null };

  it('is there again after a reload, for its planner only', () => {
    const tab = storage();
    new LeftAtDesk(tab).save('he', left);
    expect(new LeftAtDesk(tab).load('he')).toEqual(left);
    expect(new LeftAtDesk(tab).load('li')).toEqual(NOTHING_LEFT);
  });

  it('of others is forgotten', () => {
    const tab = storage();
    new LeftAtDesk(tab).save('he', left);
    new LeftAtDesk(tab).tidy('li');
    expect(new LeftAtDesk(tab).load('he')).toEqual(NOTHING_LEFT);
  });

  it('does without storage, and with what it cannot read', () => {
    const tab = storage();
    tab.setItem(ofRoom('plan/he'), '{');
    expect(new LeftAtDesk(tab).load('he')).toEqual(NOTHING_LEFT);
    expect(new LeftAtDesk(null).load('he')).toEqual(NOTHING_LEFT);
  });

  it('is understood as earlier consoles left it', () => {
    const tab = storage();
    const drafts = { a: EMPTY, [newKey('1')]: EMPTY };
    tab.setItem(ofRoom('plan/he'), JSON.stringify({ ...left, drafts }));
    expect(new LeftAtDesk(tab).load('he').drafts).toEqual({
      a: { plan: EMPTY, of },
      [newKey('1')]: { plan: EMPTY, of: null },
    });
  });

  it('goes back with the version that was opened', () => {
    const opened = { ...of, version: '12ab' };
    expect(savesOver(opened)).toEqual({ path: { plan: 'a' }, query: { version: '12ab' } });
    expect(copiesTo(opened)).toEqual({ query: { copy_of: 'a', version: '12ab' } });
    expect(copiesTo(null)).toEqual({});
  });

  it('knows a plan that was never saved by its key', () => {
    expect(isNew(newKey('0192'))).toBe(true);
    expect(isNew('new-plan')).toBe(false);
  });
});
