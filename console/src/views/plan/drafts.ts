/**
 * What is drawn up but not saved. It is kept in the browser tab, so that neither a reload nor
 * another plan loses it; as drafts of calls are.
 */
import { ofRoom } from '../../api/room';
import type { Desk, KeptPlan, Plan } from '../../api/plan';

const PREFIX = ofRoom('plan');
/** No id begins so: they are made from names, and a new plan's may well be `new-plan`. */
const NEW = '*';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Draft {
  plan: Plan;
  /**
   * The saved plan whose file it goes on from, as it was: its own, or that which it is a copy of.
   * That file may say more than the page shows. Null for one that began empty.
   */
  of: KeptPlan | null;
  /**
   * Somebody else has saved `of` since it was opened: this lies beside it, and is saved over it only
   * when that is asked for, and only over the version that was `seen`.
   */
  apart?: { seen: string | null };
}

/** What one planner left at this desk. */
export interface Left {
  /** Altered plans by id, or by a key of their own while they were never saved. */
  drafts: Record<string, Draft>;
  /** The one that was open. */
  open: string | null;
  /** What was to be rehearsed. */
  asked: unknown;
}

/** What lies on a desk, altered or as it was saved. */
export interface Lying {
  readonly desk: Desk | null;
  readonly drafts: Record<string, Draft>;
  readonly key: string | null;
}

/** The saved plan beside which a draft lies; null where it lies beside none. */
export function theirsOf({ desk, drafts, key: open }: Lying, key = open): KeptPlan | null {
  const draft = key === null ? undefined : drafts[key];
  const id = draft?.apart && draft.of?.id;
  const found = desk?.plans.find((one) => one.id === id);
  return found?.plan ? found : null;
}

export const NOTHING_LEFT: Left = { drafts: {}, open: null, asked: null };

export function newKey(id: string): string {
  return NEW + id;
}

/** Was it never saved? Then the server doesn't know this key. */
export function isNew(key: string): boolean {
  return key.startsWith(NEW);
}

/** Where a new plan goes, so that it keeps all that the file of its original says. */
export function copiesTo(of: KeptPlan | null): { query?: { copy_of: string; version: string } } {
  return of === null ? {} : { query: { copy_of: of.id, version: of.version } };
}

/** Where a plan goes that is saved over this version of it, and no other. */
export function savesOver(of: KeptPlan): { path: { plan: string }; query: { version: string } } {
  return { path: { plan: of.id }, query: { version: of.version } };
}

/** Drafts as they are now; an earlier console left the plan alone. */
function upToDate(drafts: Record<string, Draft | Plan>): Record<string, Draft> {
  const all = Object.entries(drafts).map(([key, one]) => [
    key,
    'plan' in one
      ? one
      : {
          plan: one,
          of: isNew(key)
            ? null
            : { id: key, plan: null, version: '', current: true, besides: null, told: [] },
        },
  ]);
  return Object.fromEntries(all) as Record<string, Draft>;
}

export class LeftAtDesk {
  constructor(private readonly storage: Storage | null) {}

  load(member: string): Left {
    try {
      const kept = this.storage?.getItem(`${PREFIX}/${member}`);
      const left = { ...NOTHING_LEFT, ...(kept ? (JSON.parse(kept) as Partial<Left>) : {}) };
      return { ...left, drafts: upToDate(left.drafts) };
    } catch {
      return NOTHING_LEFT;
    }
  }

  save(member: string, left: Left): void {
    try {
      this.storage?.setItem(`${PREFIX}/${member}`, JSON.stringify(left));
    } catch {
      // Full or forbidden: it then lives as long as the page.
    }
  }

  /** Forgets what others left in this tab. */
  tidy(member: string): void {
    if (!this.storage) return;
    const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage!.key(i) ?? '');
    for (const key of keys)
      if (key.startsWith(`${PREFIX}/`) && key !== `${PREFIX}/${member}`)
        this.storage.removeItem(key);
  }
}

function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

export const leftAtDesk = new LeftAtDesk(tabStorage());
