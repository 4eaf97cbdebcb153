/** The follow-up calls on the board, the one that is looked at, and what it says. */
import { get, type Failure } from '../api/client';
import type { CallBackReading, CallBackRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { InOrder } from '../model/inOrder';
import { session } from '../model/session.svelte';

const STEP_MS = 3_000;

class CallBacks {
  readonly #rows = board.table('call_backs');
  readonly #order = new InOrder();
  /** The incident whose follow-up call is shown. */
  selected = $state<string | null>(null);
  reading = $state.raw<CallBackReading | null>(null);
  failure = $state.raw<Failure | null>(null);

  /** The time in steps: what is sorted by it isn't sorted anew with every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived([...this.#rows.values()]);
  readonly toCall = $derived(this.all.filter(isToCall));
  readonly late = $derived(this.toCall.filter(({ due_ms }) => due_ms < this.now_ms));
  readonly me = $derived(session.member?.id ?? '');

  get(incident: string | null | undefined): CallBackRow | undefined {
    return this.#rows.get(incident ?? '');
  }

  /** Read once, and again when its row changed; every reading is written down. */
  async read(incident: string | null): Promise<void> {
    if (this.reading?.row.id !== incident) this.reading = this.failure = null;
    if (!incident) return;
    const path = { call_back: incident };
    const result = await this.#order.take(
      get('/api/readings/callbacks/{call_back}', { params: { path } }),
    );
    if (!result || incident !== this.selected) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.reading = result.value;
  }
}

export function isToCall({ state }: CallBackRow): boolean {
  return state === 'due' || state === 'taken';
}

export const callBacks = new CallBacks();
