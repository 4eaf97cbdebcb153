import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addressed } from '../../api/asked.fixture';
import type { Result } from '../../api/client';
import type { Run } from '../../api/plan';

const run = (id: string, state: Run['state'], done = 0) =>
  ({ id, state, done, plans: [] }) as unknown as Run;

/** What is asked for, and how to answer it: in any order. */
let asked: { path: string; answer: (value: Run) => Promise<void> }[] = [];
const request = (path: string, given: object) =>
  new Promise<Result<Run>>((resolve) =>
    asked.push({
      path: addressed(path, given),
      answer: async (value) => {
        resolve({ ok: true, value });
        await vi.advanceTimersByTimeAsync(0);
      },
    }),
  );
vi.mock('../../api/client', () => ({ get: request, post: request, remove: request }));
const { PlanRuns } = await import('./runs.svelte');

const NEXT_MS = 1_000;
const over = vi.fn(() => Promise.resolve());
const last = () => asked.at(-1)!;

describe('rehearsals that are looked at', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    over.mockClear();
  });

  it('are not taken for another one by an answer that comes late', async () => {
    const runs = new PlanRuns(over);
    void runs.open('old');
    void runs.start([]);
    const [old, started] = asked;
    await started!.answer(run('new', 'running'));
    await old!.answer(run('old', 'done'));
    expect(runs.run!.id).toBe('new');
  });

  it('take one plan more by themselves only while the server takes that many', () => {
    const runs = new PlanRuns(over);
    const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const plan of ['a', ...eight]) runs.alsoRehearse(plan);
    expect(runs.asked.plans).toEqual(eight.slice(0, 7));
  });

  it('go on being followed after a late answer about another one', async () => {
    const runs = new PlanRuns(over);
    void runs.open('first');
    await last().answer(run('first', 'running'));
    await vi.advanceTimersByTimeAsync(NEXT_MS);
    const late = last();
    void runs.open('second');
    await last().answer(run('second', 'running'));
    await late.answer(run('first', 'running'));
    await vi.advanceTimersByTimeAsync(NEXT_MS);
    expect(last().path).toBe('/api/plan/runs/second');
    await last().answer(run('second', 'done'));
    expect(runs.run).toMatchObject({ id: 'second', state: 'done' });
    expect(over).toHaveBeenCalledOnce();
  });

  it('are asked for no more once the page is left, and again when somebody comes back', async () => {
    const runs = new PlanRuns(over);
    void runs.resume(run('one', 'running'));
    await last().answer(run('one', 'running'));
    await vi.advanceTimersByTimeAsync(NEXT_MS);
    runs.leave();
    await last().answer(run('one', 'running', 1));
    await vi.advanceTimersByTimeAsync(NEXT_MS);
    expect(asked).toHaveLength(2);
    void runs.resume(run('one', 'running'));
    expect(asked).toHaveLength(3);
    await last().answer(run('one', 'done'));
    expect(runs.run!.state).toBe('done');
    void runs.resume(run('one', 'done'));
    expect(asked).toHaveLength(3);
  });
});
