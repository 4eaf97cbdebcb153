/** The planner's desk: plans, the one that is drawn up, and its undo. */
import { showFailure } from '../../actions/act';
import { uuid7 } from '../../actions/uuid7';
import { get, post, remove, type Failure } from '../../api/client';
import type { Desk, KeptPlan, Plan } from '../../api/plan';
import { t } from '../../i18n';
import { messages } from '../../model/messages.svelte';
import { session } from '../../model/session.svelte';
import { EMPTY } from './drawing';
import { copiesTo, type Draft, leftAtDesk, newKey, savesOver, theirsOf } from './drafts';
import { looked, setApart } from './setApart';
import { PlanRuns } from './runs.svelte';
import { copyName, sayDeleted, sayDropped, sayGone, saySavedByAnother } from './said';

export class PlanDesk {
  desk = $state.raw<Desk | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The plan that is drawn up: its id, or a key of its own until it is saved for the first time. */
  key = $state<string | null>(null);
  plan = $state.raw<Plan | null>(null);
  /** Altered and not saved, by key. */
  drafts = $state.raw<Record<string, Draft>>({});
  readonly runs = new PlanRuns(() => this.load());
  /** How often a plan was laid on the desk: what is half-typed about one isn't about the next. */
  laid = $state(0);
  /**
   * Takes what is half-typed in a field of the page into the plan; gives whether there was any, or
   * something stands there that can't be taken: nothing is laid over that.
   */
  takeTyped: () => boolean = () => false;
  #past = $state.raw<Plan[]>([]);
  #kept = $state.raw<Plan | null>(null);
  /**
   * The saved plan whose file the open one goes on from, as it was when it was laid on the desk: its
   * own, or that which it is a copy of.
   */
  #of = $state.raw<KeptPlan | null>(null);
  #saving = false;
  #asked = 0;
  #loading: Promise<void> = Promise.resolve();
  #owner: string | null = null;

  /** Null until it is saved for the first time, and when somebody has deleted it. */
  get id(): string | null {
    return this.key !== null && this.has(this.key) ? this.key : null;
  }
  get altered(): boolean {
    return this.plan !== this.#kept;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** The saved plan that the open one goes on from; as it was, where it isn't there any more. */
  get of(): KeptPlan | null {
    const found = this.#of && this.#found(this.#of.id);
    return found?.plan ? found : this.#of;
  }

  /** Has the server a plan of this key? */
  has(key: string): boolean {
    return this.#found(key) !== undefined;
  }

  /** Done once the desk is as it was found last, however many times it is asked for. */
  load(): Promise<void> {
    return (this.#loading = this.#load(++this.#asked));
  }

  async #load(asked: number): Promise<void> {
    const result = await get('/api/plan');
    // Answers may come in another order: an older one doesn't know what was done since.
    if (asked !== this.#asked) return this.#loading;
    this.failure = result.ok ? null : result.failure;
    if (!result.ok) return;
    this.desk = result.value as Desk;
    this.#sitDown();
    this.#meetOthers();
    // Nobody waits for what a rehearsal comes to.
    void this.runs.resume(result.value.runs[0]);
  }

  begin(): void {
    this.#take(newKey(uuid7()), null, { ...EMPTY, name: t('plan.new_name') }, null);
  }

  /** Begins another plan with all that the open one says, shown or not; kept at once: it isn't empty. */
  copy(): void {
    if (!this.plan) return;
    const key = newKey(uuid7());
    this.#take(key, null, { ...this.plan, name: copyName(this.plan.name) }, this.of);
    this.#draft(key, this.plan);
  }

  choose(kept: KeptPlan): void {
    const draft = this.drafts[kept.id];
    this.drafts = looked(this.drafts, kept);
    if (kept.plan) this.#take(kept.id, kept.plan, draft?.plan ?? kept.plan, kept);
    else this.resume(kept.id);
  }

  /** Goes on with a plan that isn't there to be chosen: never saved, deleted, or damaged meanwhile. */
  resume(key: string): void {
    const draft = this.drafts[key];
    if (draft) this.#take(key, null, draft.plan, draft.of);
  }

  close(): void {
    this.key = this.plan = this.#kept = null;
    this.#past = [];
    this.keep();
  }

  change(plan: Plan): void {
    if (!this.plan) return;
    this.#past = [...this.#past, this.plan];
    this.#put(plan);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#put(before);
  }

  /** Gives whether it is saved. What others saved meanwhile is `seen` and saved over, or stays. */
  async save(seen: KeptPlan | null = null): Promise<boolean> {
    const { plan, key } = this;
    const of = this.#of;
    // Twice in a hurry would make two of a new one.
    if (!plan || key === null || this.#saving) return false;
    if (!plan.name.trim()) {
      messages.show({ tone: 'problem', text: () => t('plan.nameless') });
      return false;
    }
    if (!seen && theirsOf(this)) {
      saySavedByAnother();
      return false;
    }
    this.#saving = true;
    const over = seen ?? (this.has(key) ? of : null);
    const result = over
      ? await post('/api/plan/plans/{plan}', { params: savesOver(over), body: plan })
      : await post('/api/plan/plans', { params: copiesTo(of), body: plan });
    this.#saving = false;
    if (!result.ok) {
      await this.#staysHere(result.failure, key, { plan, of }, over !== null);
      return false;
    }
    const saved = result.value as KeptPlan;
    const { id } = saved;
    if (!over) this.runs.alsoRehearse(id);
    const draft = this.drafts[key];
    this.#draft(key, null);
    // Another plan may lie on the desk by now, or this one be altered again.
    if (draft && draft.plan !== plan) this.#draft(id, draft.plan, saved);
    if (this.key === key) {
      this.key = id;
      this.#of = saved;
      this.#kept = plan;
    }
    this.keep();
    messages.show({ tone: 'done', text: () => t('plan.saved', { name: plan.name }) });
    await this.load();
    return true;
  }

  async delete(kept: KeptPlan): Promise<void> {
    const result = await remove('/api/plan/plans/{plan}', { params: { path: { plan: kept.id } } });
    if (!result.ok) return showFailure(result.failure);
    const draft = this.drafts[kept.id];
    const wasOpen = this.key === kept.id;
    this.#draft(kept.id, null);
    if (wasOpen) this.close();
    // As it was when it was deleted: others may have saved it since it came here.
    const { plan, version } = result.value as Pick<KeptPlan, 'plan' | 'version'>;
    const last = { ...kept, version };
    const undo = plan && (() => this.#bringBack(last, plan, draft, wasOpen));
    sayDeleted(plan?.name ?? kept.id, undo);
    await this.load();
  }

  /** Throws away a plan that was never saved, or what was altered in one that others saved. */
  discard(key: string): void {
    const draft = this.drafts[key];
    if (!draft) return;
    this.#draft(key, null);
    if (this.key === key) this.close();
    const say = draft.apart ? sayDropped : sayDeleted;
    say(draft.plan.name, () => {
      this.drafts = { ...this.drafts, [key]: draft };
      this.resume(key);
    });
  }

  /** Keeps what would be lost with the page. */
  keep(): void {
    if (this.#owner === null) return;
    const asked = $state.snapshot(this.runs.asked);
    leftAtDesk.save(this.#owner, { drafts: this.drafts, open: this.key, asked });
  }

  /** Somebody begins to work here: lays out what they left, and nothing of anybody else. */
  #sitDown(): void {
    const owner = session.member?.id ?? null;
    if (owner === null || owner === this.#owner) return;
    const left = leftAtDesk.load(owner);
    leftAtDesk.tidy(owner);
    this.#owner = owner;
    this.drafts = left.drafts;
    this.runs.layOut(left.asked);
    const moved = this.#setApart();
    const open = left.open && (moved.get(left.open) ?? left.open);
    const kept = open === null ? undefined : this.#found(open);
    if (kept) this.choose(kept);
    else if (open !== null && this.drafts[open]) this.resume(open);
    else this.close();
  }

  /** What others have saved since it came here: never taken for what was opened. */
  #meetOthers(): void {
    const kept = this.id === null ? undefined : this.#found(this.id);
    const theirs = kept?.plan && kept.version !== this.#of?.version ? kept : null;
    const typed = theirs !== null && this.takeTyped();
    const to = this.#setApart().get(this.key ?? '');
    if (to !== undefined && this.altered) {
      this.key = to;
      this.#kept = null;
      this.keep();
    } else if (theirs && !this.altered && !typed) this.choose(theirs);
  }

  #setApart(): Map<string, string> {
    const { drafts, moved } = setApart(this.drafts, this.desk?.plans ?? [], () => newKey(uuid7()));
    if (!moved.size) return moved;
    this.drafts = drafts;
    this.keep();
    return moved;
  }

  #found(id: string): KeptPlan | undefined {
    return this.desk?.plans.find((one) => one.id === id);
  }

  /** Lays a plan on the desk; where it is altered, one step back is what is saved. */
  #take(key: string, kept: Plan | null, plan: Plan, of: KeptPlan | null): void {
    this.key = key;
    this.#of = of;
    this.#kept = kept;
    this.plan = plan;
    this.#past = kept && kept !== plan ? [kept] : [];
    this.laid++;
    this.keep();
  }

  #put(plan: Plan): void {
    this.plan = plan;
    if (this.key !== null) this.#draft(this.key, this.altered ? plan : null);
  }

  #draft(key: string, plan: Plan | null, of = this.#of): void {
    const drafts = { ...this.drafts };
    if (plan) drafts[key] = { ...drafts[key], plan, of };
    else delete drafts[key];
    this.drafts = drafts;
    this.keep();
  }

  async #bringBack(
    of: KeptPlan,
    plan: Plan,
    draft: Draft | undefined,
    open: boolean,
  ): Promise<void> {
    const result = await post('/api/plan/plans', { params: copiesTo(of), body: plan });
    if (!result.ok) return showFailure(result.failure);
    // One that was of an older version still is.
    const since = draft?.of?.version === of.version ? (result.value as KeptPlan) : draft?.of;
    if (draft) this.#draft(result.value.id, draft.plan, since);
    await this.load();
    const kept = this.#found(result.value.id);
    // Who has gone on with another plan meanwhile stays there.
    if (open && kept && this.key === null) this.choose(kept);
  }

  /** It isn't saved. Where that is for what others did meanwhile, it stays here, and goes on. */
  async #staysHere(failure: Failure, key: string, draft: Draft, over: boolean): Promise<void> {
    const { plan, of } = draft;
    const byAnother = failure.kind === 'refused' && failure.refusal === 'plan_saved_meanwhile';
    if (!byAnother && failure.kind !== 'not_found') return showFailure(failure);
    if (!this.drafts[key]) this.#draft(key, plan, of);
    await this.load();
    if (byAnother) return saySavedByAnother();
    const damaged = of !== null && this.has(of.id);
    const why = damaged ? 'damaged' : over ? 'deleted' : 'for_good';
    sayGone(plan.name, why, over ? null : () => this.#saveShown(key));
  }

  /** Saves a draft without what else the file said that it began with: somebody has asked for that. */
  #saveShown(key: string): void {
    const draft = this.drafts[key];
    if (!draft) return;
    const fresh = newKey(uuid7());
    this.#draft(key, null);
    this.#draft(fresh, draft.plan, null);
    this.resume(fresh);
    void this.save();
  }
}

export const planDesk = new PlanDesk();
