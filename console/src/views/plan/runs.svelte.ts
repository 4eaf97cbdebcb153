/** What is to be rehearsed, and the rehearsal that is looked at. */
import { showFailure } from '../../actions/act';
import { get, post, remove } from '../../api/client';
import type { KeptPlan, Run } from '../../api/plan';
import { ASKED, type Asked, MOST_BESIDE, TODAY } from './asked';
import { isOver } from './states';

const EVERY_MS = 700;

export class PlanRuns {
  asked = $state<Asked>({ ...ASKED });
  run = $state.raw<Run | null>(null);
  /** The run that is asked for: an answer about another one has come too late. */
  #asked: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `whenOver` is called when a rehearsal that was followed has ended. */
  constructor(private readonly whenOver: () => Promise<void>) {}

  /** Who has drawn up a plan wants to see what it changes: it is chosen until somebody says no. */
  alsoRehearse(plan: string): void {
    const { plans } = this.asked;
    if (plans.length < MOST_BESIDE && !plans.includes(plan)) this.asked.plans = [...plans, plan];
  }

  async start(kept: readonly KeptPlan[]): Promise<void> {
    const { plans, day, hour, days, replications, calls_per_h } = this.asked;
    const there = new Set(kept.map((one) => one.id));
    const result = await post('/api/plan/runs', {
      body: {
        // One that was chosen may be deleted by now.
        plans: [TODAY, ...plans.filter((id) => id !== TODAY && there.has(id))],
        start: `${day} ${String(hour ?? 0).padStart(2, '0')}:00`,
        hours: (days ?? 7) * 24,
        replications: replications ?? 20,
        calls_per_h,
      },
    });
    if (!result.ok) return showFailure(result.failure);
    this.run = result.value;
    this.#follow(result.value.id);
  }

  /** Goes on where this was left: with the run that is looked at, or the latest. */
  async resume(latest: Run | undefined): Promise<void> {
    const run = this.run ?? latest;
    if (!run || (this.run && isOver(this.run)) || run.id === this.#asked) return;
    await this.open(run.id);
  }

  async stop(): Promise<void> {
    const stopped = this.run?.id;
    if (stopped === undefined) return;
    const result = await remove('/api/plan/runs/{run}', { params: { path: { run: stopped } } });
    if (!result.ok) showFailure(result.failure);
    else if (this.run?.id === stopped) this.run = result.value;
  }

  async open(id: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#asked = id;
    const result = await get('/api/plan/runs/{run}', { params: { path: { run: id } } });
    if (id !== this.#asked) return;
    if (!result.ok) {
      this.#asked = null;
      return showFailure(result.failure);
    }
    this.run = result.value;
    if (!isOver(result.value)) this.#follow(id);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#asked = null;
  }

  /** Lays out what somebody left to be rehearsed, and no run of anybody else. */
  layOut(asked: unknown): void {
    this.leave();
    this.run = null;
    this.asked = { ...ASKED, ...(asked as Partial<Asked> | null) };
  }

  #follow(id: string): void {
    clearTimeout(this.#timer);
    this.#asked = id;
    this.#timer = setTimeout(async () => {
      const result = await get('/api/plan/runs/{run}', { params: { path: { run: id } } });
      if (id !== this.#asked) return;
      // Without an answer it is asked again: the run goes on without us.
      if (result.ok) this.run = result.value;
      if (result.ok && isOver(result.value)) await this.whenOver();
      else this.#follow(id);
    }, EVERY_MS);
  }
}
