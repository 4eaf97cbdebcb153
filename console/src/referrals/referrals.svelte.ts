/** The referrals on the board, and the one that is looked at. */
import type { ReferralRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';
import { needsLook } from './can';

const STEP_MS = 3_000;

class Referrals {
  readonly #rows = board.table('referrals');
  /** The referral that is shown. */
  selected = $state<string | null>(null);

  /** The time in steps: what is sorted by it isn't sorted anew with every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived([...this.#rows.values()]);
  /** Those that somebody of the room has to look at: late without an answer, or refused. */
  readonly waiting = $derived(
    session.may('referral.close') ? this.all.filter((row) => needsLook(row)) : [],
  );

  get(id: string | null | undefined): ReferralRow | undefined {
    return this.#rows.get(id ?? '');
  }

  /** Those of some incidents, the oldest first. */
  of(incidents: readonly string[]): ReferralRow[] {
    const found = this.all.filter(({ incident }) => incidents.includes(incident));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

export const referrals = new Referrals();
