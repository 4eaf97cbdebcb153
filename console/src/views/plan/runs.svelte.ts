/** What is to be rehearsed, and the rehearsal that is looked at. */
import { showFailure } from '../../actions/act';
import { get, post, remove } from '../../api/client';
import type { KeptPlan, Run } from '../../api/plan';
import { ASKED, type Asked, TODAY } from './asked';
import { isOver } from './states';

const EVERY_MS = 700;

export class PlanRuns {
  asked = $state<Asked>({ ...ASKED });
  run = $state.raw<Run | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `whenOver` is called when a rehearsal that was followed has ended. */
  constructor(private readonly whenOver: () => Promise<void>) {}

  async start(kept: readonly KeptPlan[]): Promise<void> {
    const { plans, day, hour, days, replications, calls_per_h } = this.asked;
    const there = new Set(kept.map((one) => one.id));
    const result = await post<Run>('/plan/runs', {
      // One that was chosen may be deleted by now.
      plans: [TODAY, ...plans.filter((id) => id !== TODAY && there.has(id))],
      start: `${day} ${String(hour ?? 0).padStart(2, '0')}:00`,
      hours: (days ?? 7) * 24,
      replications: replications ?? 20,
      calls_per_h,
    });
    if (!result.ok) return showFailure(result.failure);
    this.run = result.value;
    this.#follow(result.value.id);
  }

  async stop(): Promise<void> {
    if (!this.run) return;
    const result = await remove<Run>(`/plan/runs/${this.run.id}`);
    if (result.ok) this.run = result.value;
    else showFailure(result.failure);
  }

  async open(id: string): Promise<void> {
    clearTimeout(this.#timer);
    const result = await get<Run>(`/plan/runs/${id}`);
    if (!result.ok) return showFailure(result.failure);
    this.run = result.value;
    if (!isOver(result.value)) this.#follow(id);
  }

  leave(): void {
    clearTimeout(this.#timer);
  }

  /** Lays out what somebody left to be rehearsed, and no run of anybody else. */
  layOut(asked: unknown): void {
    this.run = null;
    this.asked = { ...ASKED, ...(asked as Partial<Asked> | null) };
  }

  #follow(id: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const result = await get<Run>(`/plan/runs/${id}`);
      // Without an answer it is asked again: the run goes on without us.
      if (result.ok && this.run?.id === id) this.run = result.value;
      if (result.ok && isOver(result.value)) await this.whenOver();
      else this.#follow(id);
    }, EVERY_MS);
  }
}
