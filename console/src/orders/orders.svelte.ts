/** The supervision orders on the board, and the one that is looked at. */
import type { OrderRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { isLate, isOver, whyNotOrder, type Asking } from './can';

const STEP_MS = 3_000;

class Orders {
  readonly #rows = board.table('supervision_orders');
  /** The order that is shown. */
  selected = $state<string | null>(null);
  /** What its panel is asked to open. */
  asked = $state.raw<{ id: string; part: 'answer' } | null>(null);

  /** The time in steps: what is sorted by it isn't sorted anew with every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived([...this.#rows.values()]);
  readonly open = $derived(this.all.filter((row) => !isOver(row)));
  readonly late = $derived(this.open.filter((row) => isLate(row, this.now_ms)));
  /** Those on which it is up to the one who is signed in to do something. */
  readonly waiting = $derived(
    this.open.filter((row) =>
      (['supervision_order.acknowledge', 'supervision_order.accept'] as const).some(
        (verb) => session.may(verb) && whyNotOrder(verb, row, this.me) === null,
      ),
    ),
  );

  get me(): Asking {
    return { ...tasks.me, officer: session.member?.role === 'station_officer' };
  }

  get(id: string | null | undefined): OrderRow | undefined {
    return this.#rows.get(id ?? '');
  }

  /** Those on some incidents, the oldest first. */
  of(incidents: readonly string[]): OrderRow[] {
    const found = this.all.filter(({ incident }) => incidents.includes(incident));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Those on a task that are not over. */
  onTask(task: string): OrderRow[] {
    return this.open.filter((row) => row.task === task);
  }
}

export const orders = new Orders();
