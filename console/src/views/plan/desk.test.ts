import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failure, Result } from '../../api/client';
import type { KeptPlan, Plan } from '../../api/plan';
import { EMPTY } from './drawing';

const GONE: Failure = { kind: 'not_found' };

/** What the server does with plans; each keeps the file that it came from. */
const server = {
  plans: new Map<string, { plan: Plan; file: string }>(),
  deleted: new Map<string, { plan: Plan; file: string }>(),
  kept: (id: string): KeptPlan => ({
    id,
    plan: server.plans.get(id)!.plan,
    current: true,
    besides: { keys: [], rules: [], base: null },
  }),

  get(path: string): Result<unknown> {
    expect(path).toBe('/plan');
    const plans = [...server.plans.keys()].map(server.kept);
    return { ok: true, value: { units: [], points: [], streets: [], plans, runs: [] } };
  },
  post(path: string, plan: Plan): Result<unknown> {
    const [, over] = /^\/plan\/plans\/(.+)$/.exec(path) ?? [];
    const [, of] = /copy_of=(.+)$/.exec(path) ?? [];
    const back = of !== undefined && server.deleted.has(of);
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
    return { ok: true, value: { deleted: id, plan: kept.plan } };
  },
};

vi.mock('../../api/client', () => ({
  get: (path: string) => Promise.resolve(server.get(path)),
  post: (path: string, plan: Plan) => Promise.resolve(server.post(path, plan)),
  remove: (path: string) => Promise.resolve(server.remove(path)),
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

describe('the planner’s desk', () => {
  beforeEach(async () => {
    server.plans.clear();
    server.deleted.clear();
    server.plans.set('early', { plan: { ...EMPTY, name: 'Early' }, file: 'by hand' });
    planDesk.drafts = {};
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
});
