/** Specialist desks, the requests to them on the board, and the one that is looked at. */
import { get } from '../api/client';
import type { DeskRequestRow, DeskStanding, PackDesk } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { session } from '../model/session.svelte';
import { within, type Me } from '../tasks/can';
import { isLate, isOver } from './can';

const STEP_MS = 3_000;
const LOOK_MS = 15_000;
const LIMITED: readonly string[] = ['station_command', 'station_officer', 'desk_specialist'];

class Desks {
  readonly #rows = board.table('desk_requests');
  #standing = $state.raw<readonly DeskStanding[]>([]);
  /** The request that is shown. */
  selected = $state<string | null>(null);
  /** The request of which somebody is asked what came of it. */
  asked = $state.raw<string | null>(null);

  /** The time in steps: what is sorted by it isn't sorted anew with every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived([...this.#rows.values()]);
  readonly #byTask = $derived.by(() => {
    const found = new Map<string, DeskRequestRow[]>();
    for (const row of this.all)
      if (row.task) found.set(row.task, [...(found.get(row.task) ?? []), row]);
    return found;
  });
  readonly open = $derived(this.all.filter((row) => !isOver(row)));
  readonly late = $derived(this.open.filter((row) => isLate(row, this.now_ms)));
  readonly me = $derived<Me>({
    id: session.member?.id ?? '',
    limit: LIMITED.includes(session.member?.role ?? '') ? (session.member?.org ?? '') : '',
  });
  readonly isAtDesk = $derived(session.member?.role === 'desk_specialist');
  /** Desks that may be asked. */
  readonly known = $derived((pack.pack?.desks ?? []).filter((one) => !one.retired));
  /** Those of the one who is signed in. */
  readonly own = $derived(this.known.filter(({ org }) => within(org, this.me.limit)));
  /** For a specialist what nobody has accepted; for who asked, what came back or is to be confirmed. */
  readonly waiting = $derived(
    this.open.filter(({ state, from_org, asked_by }) =>
      this.isAtDesk
        ? state === 'asked'
        : (state === 'done' || state === 'returned') &&
          (asked_by === this.me.id || (this.me.limit !== '' && within(from_org, this.me.limit))),
    ),
  );

  get(id: string | null | undefined): DeskRequestRow | undefined {
    return this.#rows.get(id ?? '');
  }

  /** Those of some incidents, the oldest first. */
  of(incidents: readonly string[]): DeskRequestRow[] {
    const found = this.all.filter(({ incident }) => incidents.includes(incident));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Those for some tasks. */
  forTasks(ids: readonly string[]): DeskRequestRow[] {
    return ids.flatMap((id) => this.#byTask.get(id) ?? []);
  }

  desk(code: string): PackDesk | undefined {
    return pack.pack?.desks.find((one) => one.code === code);
  }

  standing(code: string): DeskStanding | undefined {
    return this.#standing.find((one) => one.code === code);
  }

  /** Would a request to it have to wait? */
  waits(code: string): 'closed' | 'full' | null {
    const now = this.standing(code);
    if (!now) return null;
    if (!now.open) return 'closed';
    return now.at_work >= (this.desk(code)?.capacity ?? Infinity) ? 'full' : null;
  }

  async look(): Promise<void> {
    const result = await get('/api/desks');
    if (result.ok) this.#standing = result.value.desks;
  }

  /** Looks again and again until the function that it gives is called. */
  watch(): () => void {
    void this.look();
    const timer = setInterval(() => void this.look(), LOOK_MS);
    return () => clearInterval(timer);
  }
}

export const desks = new Desks();
