import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addressed } from '../../api/asked.fixture';
import type { Failure, Result } from '../../api/client';
import type { KeptPlan, Plan } from '../../api/plan';
import { hasSeenTheirs, saveAsCopy, saveOverTheirs, takeOverTheirs } from './conflict';
import { theirsOf } from './drafts';
import { EMPTY } from './drawing';

const GONE: Failure = { kind: 'not_found' };
const SAVED_BY_ANOTHER: Failure = {
  kind: 'refused',
  refusal: 'plan_saved_meanwhile',
  params: {},
  message: { en: '', zh: '' },
  remedy: { en: '', zh: '' },
};

const versionOf = (one: { plan: Plan; file: string }) => encodeURIComponent(JSON.stringify(one));

/** What the server does with plans; each keeps the file that it came from. */
const server = {
  plans: new Map<string, { plan: Plan; file: string }>(),
  deleted: new Map<string, { plan: Plan; file: string }>(),
  kept: (id: string): KeptPlan => ({
    id,
    plan: server.plans.get(id)!.plan,
    version: versionOf(server.plans.get(id)!),
    current: true,
    besides: { keys: [], rules: [], base: null },
    told: [],
  }),

  get(path: string): Result<unknown> {
    expect(path).toBe('/api/plan');
    const plans = [...server.plans.keys()].map(server.kept);
    return { ok: true, value: { units: [], points: [], streets: [], plans, runs: [] } };
  },
  post(path: string, plan: Plan): Result<unknown> {
    const [, over] = /^\/api\/plan\/plans\/(.+)\?/.exec(path) ?? [];
    const [, of] = /copy_of=(.+)&/.exec(path) ?? [];
    const [, version] = /version=(.*)$/.exec(path) ?? [];
    const aside = server.deleted.get(of ?? '');
    const back = of !== undefined && aside !== undefined && versionOf(aside) === version;
    const there = server.plans.get(over ?? '');
    if (there && versionOf(there) !== version) return { ok: false, failure: SAVED_BY_ANOTHER };
    const id = over ?? (back ? of : `plan-${server.plans.size}`);
    const from = server.plans.get(over ?? of ?? '') ?? server.deleted.get(of ?? '');
    if ((over ?? of) !== undefined && !from) return { ok: false, failure: GONE };
    if (back) server.deleted.delete(of);
    server.plans.set(id, { plan, file: from?.file ?? 'only what is shown' });
    return { ok: true, value: server.kept(id) };
  },
  remove(path: string): Result<unknown> {
    const id = path.split('/').at(-1)!;
    const kept = server.plans.get(id);
    if (!kept) return { ok: false, failure: GONE };
    server.plans.delete(id);
    server.deleted.set(id, kept);
    return { ok: true, value: { deleted: id, plan: kept.plan, version: versionOf(kept) } };
  },
};

/** Answers to what is asked for are held back until these are let go, in any order. */
let held: (() => void)[] | null = null;

vi.mock('../../api/client', () => ({
  get: (path: string) => {
    const answer = server.get(path);
    if (held === null) return Promise.resolve(answer);
    return new Promise((resolve) => held!.push(() => resolve(answer)));
  },
  post: (path: string, given: { body: Plan }) =>
    Promise.resolve(server.post(addressed(path, given), given.body)),
  remove: (path: string, given: object) => Promise.resolve(server.remove(addressed(path, given))),
}));
vi.mock('../../model/session.svelte', () => ({ session: { member: { id: 'he' } } }));
const { planDesk } = await import('./desk.svelte');
const { messages } = await import('../../model/messages.svelte');

const files = () => [...server.plans].map(([id, { plan, file }]) => [id, plan.name, file]);
const opened = async () => {
  await planDesk.load();
  planDesk.choose(planDesk.desk!.plans[0]!);
};
const rename = (name: string) => planDesk.change({ ...planDesk.plan!, name });
const lastMessage = () => messages.list.at(-1)!;

describe('what the server says late', () => {
  it('is not taken for what it said since', async () => {
    server.plans.clear();
    held = [];
    const first = planDesk.load();
    server.plans.set('said', { plan: { ...EMPTY, name: 'Said' }, file: 'f' });
    const second = planDesk.load();
    const [before, after] = held;
    held = null;
    after!();
    before!();
    await Promise.all([first, second]);
    expect(planDesk.has('said')).toBe(true);
  });
});

describe('the planner’s desk', () => {
  beforeEach(async () => {
    server.plans.clear();
    server.deleted.clear();
    server.plans.set('early', { plan: { ...EMPTY, name: 'Early' }, file: 'by hand' });
    planDesk.drafts = {};
    planDesk.takeTyped = () => false;
    planDesk.close();
    await opened();
  });

  it('copies with all that the file of the original says', async () => {
    planDesk.copy();
    expect(planDesk.plan!.name).toBe('Early (copy)');
    expect(Object.values(planDesk.drafts)).toHaveLength(1);
    expect(await planDesk.save()).toBe(true);
    expect(files()).toEqual([
      ['early', 'Early', 'by hand'],
      ['plan-1', 'Early (copy)', 'by hand'],
    ]);
    expect(planDesk.drafts).toEqual({});
  });

  it('copies a copy that was never saved from the same file', async () => {
    planDesk.copy();
    planDesk.copy();
    await planDesk.save();
    expect(files()[1]).toEqual(['plan-1', 'Early (copy) (copy)', 'by hand']);
    expect(Object.values(planDesk.drafts).map(({ of }) => of?.id)).toEqual(['early']);
  });

  it('chooses what is saved for the first time to be rehearsed, and nothing that was there', async () => {
    planDesk.runs.asked.plans = [];
    rename('Earlier');
    await planDesk.save();
    expect(planDesk.runs.asked.plans).toEqual([]);
    planDesk.copy();
    await planDesk.save();
    rename('Later');
    await planDesk.save();
    expect(planDesk.runs.asked.plans).toEqual(['plan-1']);
    planDesk.runs.asked.plans = [];
    rename('Latest');
    await planDesk.save();
    expect(planDesk.runs.asked.plans).toEqual([]);
  });

  it('begins a new plan with nothing of the one that was open', async () => {
    planDesk.begin();
    await planDesk.save();
    expect(files()[1]![2]).toBe('only what is shown');
  });

  it('brings a deleted plan back as it was when it was deleted', async () => {
    server.plans.get('early')!.plan = { ...EMPTY, name: 'Early', note: 'of another planner' };
    await planDesk.delete(planDesk.desk!.plans[0]!);
    expect(files()).toEqual([]);
    lastMessage().undo!.run();
    await vi.waitFor(() => expect(planDesk.plan?.note).toBe('of another planner'));
    expect(files()).toEqual([['early', 'Early', 'by hand']]);
  });

  it('brings a plan back without taking away the one that is open by then', async () => {
    await planDesk.delete(planDesk.desk!.plans[0]!);
    lastMessage().undo!.run();
    planDesk.begin();
    await vi.waitFor(() => expect(planDesk.has('early')).toBe(true));
    await planDesk.load();
    expect(planDesk.plan!.name).toBe('New plan');
  });

  it('says that a plan was deleted meanwhile, and brings it back with what was altered', async () => {
    rename('Earlier');
    server.remove('/plan/plans/early');
    expect(await planDesk.save()).toBe(false);
    expect(lastMessage().text()).toBe("Earlier was deleted meanwhile, so it isn't saved.");
    expect(planDesk.plan!.name).toBe('Earlier');
    planDesk.begin();
    planDesk.resume('early'); // it is among those that are nowhere but here
    expect(await planDesk.save()).toBe(true);
    expect(files()).toEqual([['early', 'Earlier', 'by hand']]);
  });

  it('drops what the page does not show only when that is asked for', async () => {
    rename('Earlier');
    server.plans.clear();
    await planDesk.load();
    expect(await planDesk.save()).toBe(false);
    expect(lastMessage().text()).toContain('is gone');
    expect(planDesk.drafts['early']!.plan.name).toBe('Earlier');
    lastMessage().undo!.run();
    await vi.waitFor(() => expect(files()).toEqual([['plan-0', 'Earlier', 'only what is shown']]));
    await vi.waitFor(() => expect(planDesk.drafts).toEqual({}));
  });

  describe('where somebody else has saved the plan meanwhile', () => {
    const saveHers = (note = 'hers') => {
      server.plans.get('early')!.plan = { ...server.plans.get('early')!.plan, note };
    };
    const theirs = () => planDesk.desk!.plans.find(({ id }) => id === 'early')!;
    const notes = () => [...server.plans].map(([id, { plan }]) => [id, plan.note]);
    const note = (text: string) => planDesk.change({ ...planDesk.plan!, note: text });
    const refused = async () => {
      note('his');
      saveHers();
      expect(await planDesk.save()).toBe(false);
    };

    it('refuses, says what to do, and keeps what was altered beside theirs', async () => {
      await refused();
      expect(notes()).toEqual([['early', 'hers']]);
      expect(lastMessage().text()).toContain('Somebody else has saved this plan');
      expect(lastMessage().remedy!()).toContain('save them as a copy, or look at theirs');
      expect(planDesk.plan!.note).toBe('his');
      expect(theirsOf(planDesk)!.plan!.note).toBe('hers');
      expect(planDesk.id).toBeNull(); // it isn't that plan's draft any more
      note('his, again');
      expect(await planDesk.save()).toBe(false); // however often
      expect(notes()).toEqual([['early', 'hers']]);
      expect(Object.values(planDesk.drafts).map(({ plan }) => plan.note)).toEqual(['his, again']);
    });

    it('is shown before anything is saved, as soon as the page hears of it', async () => {
      note('his');
      saveHers();
      await planDesk.load();
      expect(theirsOf(planDesk)!.plan!.note).toBe('hers');
      planDesk.undo();
      expect(planDesk.plan!.note).toBe('');
    });

    it('takes what is half-typed for altered, and leaves it in its field', async () => {
      planDesk.takeTyped = () => {
        note('his');
        return true;
      };
      const { laid } = planDesk;
      saveHers();
      await planDesk.load();
      expect(theirsOf(planDesk)!.plan!.note).toBe('hers');
      expect([planDesk.plan!.note, planDesk.laid]).toEqual(['his', laid]);
    });

    it('lays nothing over what is half-typed and cannot be taken', async () => {
      planDesk.takeTyped = () => true;
      saveHers();
      await planDesk.load();
      expect(planDesk.plan!.note).toBe('');
      planDesk.takeTyped = () => false;
      await planDesk.load();
      expect(planDesk.plan!.note).toBe('hers');
    });

    it('shows theirs where nothing was altered here', async () => {
      saveHers();
      await planDesk.load();
      expect(planDesk.plan!.note).toBe('hers');
      expect(planDesk.drafts).toEqual({});
    });

    it('saves as a copy, with all that the file says', async () => {
      await refused();
      expect(await saveAsCopy(planDesk)).toBe(true);
      expect(files()).toEqual([
        ['early', 'Early', 'by hand'],
        ['plan-1', 'Early (copy)', 'by hand'],
      ]);
      expect(notes()).toEqual([
        ['early', 'hers'],
        ['plan-1', 'his'],
      ]);
      expect(planDesk.drafts).toEqual({});
    });

    it('takes over theirs, and brings back what was dropped for that', async () => {
      await refused();
      takeOverTheirs(planDesk);
      expect(planDesk.plan!.note).toBe('hers');
      expect(planDesk.drafts).toEqual({});
      expect(lastMessage().text()).toBe('Your changes to Early are dropped.');
      lastMessage().undo!.run();
      expect(planDesk.plan!.note).toBe('his');
      expect(theirsOf(planDesk)!.plan!.note).toBe('hers');
      expect(notes()).toEqual([['early', 'hers']]);
    });

    it('goes on from theirs, which is then saved like any other', async () => {
      await refused();
      takeOverTheirs(planDesk);
      note('hers and his');
      expect(await planDesk.save()).toBe(true);
      expect(notes()).toEqual([['early', 'hers and his']]);
    });

    it('saves over theirs once they were looked at, and only over what was seen', async () => {
      await refused();
      const [mine] = Object.keys(planDesk.drafts);
      expect(await saveOverTheirs(planDesk)).toBe(false);
      planDesk.choose(theirs());
      expect(planDesk.plan!.note).toBe('hers');
      planDesk.resume(mine!);
      saveHers('hers, later');
      expect(await saveOverTheirs(planDesk)).toBe(false);
      expect(hasSeenTheirs(planDesk)).toBe(false);
      planDesk.choose(theirs());
      planDesk.resume(mine!);
      expect(await saveOverTheirs(planDesk)).toBe(true);
      expect(notes()).toEqual([['early', 'his']]);
      expect(planDesk.drafts).toEqual({});
      expect(planDesk.id).toBe('early');
    });

    it('keeps what was altered in theirs too, when the other is saved over it', async () => {
      await refused();
      const [mine] = Object.keys(planDesk.drafts);
      planDesk.choose(theirs());
      note('hers, and more');
      planDesk.resume(mine!);
      expect(await saveOverTheirs(planDesk)).toBe(true);
      expect(planDesk.plan!.note).toBe('his');
      const left = Object.entries(planDesk.drafts);
      expect(
        left.map(([key, { plan }]) => [plan.note, theirsOf(planDesk, key)?.plan?.note]),
      ).toEqual([['hers, and more', 'his']]);
    });

    it('and deleted it then, saves beside what was deleted', async () => {
      note('his');
      saveHers();
      server.remove('/plan/plans/early');
      expect(await planDesk.save()).toBe(false);
      expect(await planDesk.save()).toBe(true);
      expect(files()).toEqual([['plan-0', 'Early', 'by hand']]);
      expect(server.deleted.get('early')!.plan.note).toBe('hers');
    });

    it('does not take a draft of an older version for one of what was brought back', async () => {
      note('his');
      saveHers();
      await planDesk.delete(theirs());
      lastMessage().undo!.run();
      const mine = () => Object.keys(planDesk.drafts)[0] ?? null;
      await vi.waitFor(() => expect(theirsOf(planDesk, mine())?.plan?.note).toBe('hers'));
      expect(planDesk.drafts[mine()!]!.plan.note).toBe('his');
    });
  });
});
