/** The disputes on the board, and the one that is looked at. */
import type { MatterRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { pack } from '../model/pack.svelte';
import { router } from '../model/router.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { endsSoon, isLate, isOver } from './can';

class Matters {
  readonly #rows = board.table('matters');
  selected = $state<string | null>(null);
  readonly all = $derived([...this.#rows.values()]);
  readonly open = $derived(this.all.filter((row) => !isOver(row, tasks.now_ms)));
  readonly late = $derived(this.open.filter((row) => isLate(row, tasks.now_ms)));
  readonly ending = $derived(this.open.filter((row) => endsSoon(row, tasks.now_ms)));
  /** Kinds of disputes that may be given today. */
  readonly kinds = $derived((pack.pack?.loop.matter_kinds ?? []).filter(({ retired }) => !retired));

  get(id: string | null | undefined): MatterRow | undefined {
    return this.#rows.get(id ?? '');
  }

  /** Those of some incidents. */
  of(incidents: readonly string[]): MatterRow[] {
    return this.all.filter((row) => row.incidents.some((one) => incidents.includes(one)));
  }

  /** The kinds that an incident of a category may be. */
  kindsOf(category: string): typeof this.kinds {
    return this.kinds.filter(({ categories }) => categories.includes(category));
  }

  show(id: string): void {
    this.selected = id;
    router.go('/matters');
  }
}

export const matters = new Matters();
