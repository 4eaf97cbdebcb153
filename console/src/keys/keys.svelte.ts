/** API keys of partners that are in force, and the one that was just made. */
import type { PartnerKeyRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';
import { isEnding, isInForce } from './ends';

const STEP_MS = 60_000;

class Keys {
  readonly #rows = board.table('partner_keys');
  /** Whether the form for a new key is open. */
  making = $state(false);
  /** A key that was just made: known to this page alone, and until it is put away. */
  made = $state<{ key: string; org: string } | null>(null);

  /** In steps, so that the list isn't built again every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived(
    [...this.#rows.values()]
      .filter((row) => isInForce(row, this.now_ms))
      .sort((a, b) => a.until_ms - b.until_ms),
  );
  /** Those that somebody has to look after, for whom that may be. */
  readonly ending = $derived(
    session.may('partner_key.add') ? this.all.filter((row) => isEnding(row, this.now_ms)) : [],
  );

  get(id: string | undefined): PartnerKeyRow | undefined {
    return this.#rows.get(id ?? '');
  }
}

export const keys = new Keys();
