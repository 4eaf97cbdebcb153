/** The open draft that lies beside what somebody else saved meanwhile, and the ways out of that. */
import type { PlanDesk } from './desk.svelte';
import { theirsOf } from './drafts';
import { copyName } from './said';

/** Was it looked at, as it is now? */
export function hasSeenTheirs(desk: PlanDesk): boolean {
  const draft = desk.key === null ? undefined : desk.drafts[desk.key];
  return draft?.apart !== undefined && draft.apart.seen === theirsOf(desk)?.version;
}

/** Saves it as a plan of its own. */
export async function saveAsCopy(desk: PlanDesk): Promise<boolean> {
  const { plan, key } = desk;
  const draft = key === null ? undefined : desk.drafts[key];
  if (!plan || key === null || !draft) return false;
  const same = plan.name === theirsOf(desk)?.plan?.name;
  desk.drafts = { ...desk.drafts, [key]: { plan, of: draft.of } };
  if (same) desk.change({ ...plan, name: copyName(plan.name) });
  return desk.save();
}

/** For whoever has looked at theirs, and asks for this. */
export async function saveOverTheirs(desk: PlanDesk): Promise<boolean> {
  const theirs = theirsOf(desk);
  return theirs && hasSeenTheirs(desk) ? desk.save(theirs) : false;
}

/** Drops what was altered here, which can be undone, and lays theirs on the desk. */
export function takeOverTheirs(desk: PlanDesk): void {
  const theirs = theirsOf(desk);
  if (!theirs || desk.key === null) return;
  desk.discard(desk.key);
  desk.choose(theirs);
}
