import { describe, expect, it } from 'vitest';
import type { KeptPlan } from '../../api/plan';
import { EMPTY } from './drawing';
import { differing, looked, setApart } from './setApart';

const kept = (id: string, version: string): KeptPlan => ({
  id,
  plan: EMPTY,
  version,
  current: true,
  besides: null,
  told: [],
});
const ALTERED = { ...EMPTY, note: 'altered' };
const draft = (id: string, version: string) => ({ plan: ALTERED, of: kept(id, version) });
const fresh = () => '*fresh';

describe('a draft', () => {
  it('is set apart where its plan is of another version, and stays where it is of the same', () => {
    const drafts = { a: draft('a', '1'), b: draft('b', '1') };
    const { drafts: found, moved } = setApart(drafts, [kept('a', '1'), kept('b', '2')], fresh);
    expect(found).toEqual({ a: drafts.a, '*fresh': { ...drafts.b, apart: { seen: null } } });
    expect([...moved]).toEqual([['b', '*fresh']]);
  });

  it('stays where it is while its plan is deleted or damaged', () => {
    const drafts = { a: draft('a', '1'), b: draft('b', '1') };
    const damaged = { ...kept('a', ''), plan: null };
    expect(setApart(drafts, [damaged], fresh).drafts).toEqual(drafts);
  });

  it('stays where it is where its plan says the same already', () => {
    const drafts = { a: draft('a', '1') };
    const saved = { ...kept('a', '2'), plan: ALTERED };
    expect(setApart(drafts, [saved], fresh).drafts).toEqual(drafts);
  });

  it('of a copy is of any version', () => {
    const drafts = { '*1': draft('a', '1') };
    expect(setApart(drafts, [kept('a', '2')], fresh).drafts).toEqual(drafts);
  });

  it('that was set apart knows which version of its plan was looked at', () => {
    const apart = { ...draft('a', '1'), apart: { seen: null } };
    const found = looked({ '*1': apart, '*2': draft('a', '1') }, kept('a', '3'));
    expect(found['*1']!.apart).toEqual({ seen: '3' });
    expect(found['*2']!.apart).toBeUndefined();
  });
});

it('names the parts in which two plans differ', () => {
  expect(differing(EMPTY, EMPTY)).toEqual([]);
  expect(differing(EMPTY, { ...EMPTY, note: 'x', posts: ['n1'] })).toEqual(['note', 'posts']);
});
