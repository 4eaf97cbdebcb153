/**
 * What somebody else saved since a plan was opened here. A draft of it is set apart: it lies beside
 * theirs under a key of its own, so that both can be looked at and neither is lost.
 */
import type { KeptPlan, Plan } from '../../api/plan';
import type { Draft } from './drafts';

const PARTS = ['name', 'note', 'posts', 'rules', 'changes'] as const;

/** Drafts with those apart that are of another version; and which key has become which. */
export function setApart(
  drafts: Record<string, Draft>,
  plans: readonly KeptPlan[],
  freshKey: () => string,
): { drafts: Record<string, Draft>; moved: Map<string, string> } {
  const there = new Map(plans.map((kept) => [kept.id, kept]));
  const moved = new Map<string, string>();
  const all = Object.entries(drafts).map(([key, draft]): [string, Draft] => {
    const kept = there.get(key);
    // One that can't be read is no version to lie beside: saving says so.
    if (!kept?.plan || draft.of?.version === kept.version) return [key, draft];
    // What is there already needs no place beside: the answer to its saving may have been lost.
    if (differing(draft.plan, kept.plan).length === 0) return [key, draft];
    moved.set(key, freshKey());
    return [moved.get(key)!, { ...draft, apart: { seen: null } }];
  });
  return { drafts: Object.fromEntries(all), moved };
}

/** Drafts that lie beside a plan know which version of it was looked at. */
export function looked(drafts: Record<string, Draft>, kept: KeptPlan): Record<string, Draft> {
  const all = Object.entries(drafts).map(([key, draft]): [string, Draft] => {
    const beside = draft.apart && draft.of?.id === kept.id;
    return [key, beside ? { ...draft, apart: { seen: kept.version } } : draft];
  });
  return Object.fromEntries(all);
}

/** In which parts two plans say different things. */
export function differing(one: Plan, other: Plan): (typeof PARTS)[number][] {
  return PARTS.filter((part) => JSON.stringify(one[part]) !== JSON.stringify(other[part]));
}
