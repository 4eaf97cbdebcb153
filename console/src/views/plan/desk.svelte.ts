/** The planner's desk: plans, the one that is drawn up, its undo, and the runs. */
import { showFailure } from '../../actions/act';
import { get, post, remove, type Failure } from '../../api/client';
import type { Desk, KeptPlan, Plan, Run } from '../../api/plan';
import { t } from '../../i18n';
import { messages } from '../../model/messages.svelte';
import { EMPTY } from './drawing';

export const TODAY = 'today';
const EVERY_MS = 700;
const OVER = new Set(['done', 'refused', 'failed', 'stopped', 'interrupted']);

export function isOver(run: Run): boolean {
  return OVER.has(run.state);
}

class PlanDesk {
  desk = $state.raw<Desk | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The plan that is drawn up; its id is null until it is kept for the first time. */
  id = $state<string | null>(null);
  plan = $state.raw<Plan | null>(null);
  run = $state.raw<Run | null>(null);
  #past = $state.raw<Plan[]>([]);
  #kept = $state.raw<Plan | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get altered(): boolean {
    return this.plan !== this.#kept;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  async load(): Promise<void> {
    const result = await get<Desk>('/plan');
    this.failure = result.ok ? null : result.failure;
    if (!result.ok) return;
    this.desk = result.value;
    const [latest] = result.value.runs;
    if (!this.run && latest) await this.open(latest.id);
  }

  begin(): void {
    this.#take(null, { ...EMPTY, name: t('plan.new_name') });
    this.#kept = null;
  }

  choose(kept: KeptPlan): void {
    if (kept.plan) this.#take(kept.id, kept.plan);
  }

  close(): void {
    this.id = this.plan = this.#kept = null;
    this.#past = [];
  }

  change(plan: Plan): void {
    if (!this.plan) return;
    this.#past = [...this.#past, this.plan];
    this.plan = plan;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.plan = before;
  }

  /** Gives whether it is kept. */
  async save(): Promise<boolean> {
    const plan = this.plan;
    if (!plan) return false;
    const to = this.id === null ? '/plan/plans' : `/plan/plans/${this.id}`;
    const result = await post<KeptPlan>(to, plan);
    if (!result.ok) {
      showFailure(result.failure);
      return false;
    }
    this.id = result.value.id;
    this.#kept = plan;
    messages.show({ tone: 'done', text: () => t('plan.saved', { name: plan.name }) });
    await this.load();
    return true;
  }

  async delete(kept: KeptPlan): Promise<void> {
    const result = await remove(`/plan/plans/${kept.id}`);
    if (!result.ok) return showFailure(result.failure);
    const { plan } = kept;
    if (this.id === kept.id) this.close();
    messages.show({
      tone: 'done',
      text: () => t('plan.deleted', { name: plan?.name ?? kept.id }),
      undo: plan
        ? {
            label: () => t('message.undo'),
            run: () => void post('/plan/plans', plan).then(() => this.load()),
          }
        : undefined,
    });
    await this.load();
  }

  async start(asked: {
    plans: string[];
    start: string;
    hours: number;
    replications: number;
    calls_per_h: number | null;
  }): Promise<void> {
    const result = await post<Run>('/plan/runs', asked);
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

  #take(id: string | null, plan: Plan): void {
    this.id = id;
    this.plan = this.#kept = plan;
    this.#past = [];
  }

  #follow(id: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const result = await get<Run>(`/plan/runs/${id}`);
      // Without an answer it is asked again: the run goes on without us.
      if (result.ok && this.run?.id === id) this.run = result.value;
      if (result.ok && isOver(result.value)) await this.load();
      else this.#follow(id);
    }, EVERY_MS);
  }
}

export const planDesk = new PlanDesk();
