/** The tasks on the board, the one that is looked at, and who can be given one. */
import { untrack } from 'svelte';
import { get } from '../api/client';
import type { Owners, TaskRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';
import { isLate, isOver, type Me } from './can';

const STEP_MS = 3_000;
const FRESH_MS = 20_000;
/** So many returned ones are remembered. */
const REMEMBERED = 20;
const LIMITED: readonly string[] = ['station_command', 'station_officer'];

class Tasks {
  /** When (by the room's clock) an organisation was last asked about. */
  #asked = new Map<string, number>();
  readonly #rows = board.table('tasks');
  /** The task that is shown. */
  selected = $state<string | null>(null);
  /** What its panel is asked to open: where to say what came of it, or whom it goes to. */
  asked = $state.raw<{ id: string; part: 'submit' | 'note' | 'reassign' | 'return' } | null>(null);
  /** What was returned on this page and by whom: most of it leaves the board of who had it. */
  #returned = $state.raw<readonly { row: TaskRow; by: string }[]>([]);
  /** Who may have tasks of an organisation, as far as it was asked for. */
  #owners = $state.raw<Readonly<Record<string, Owners>>>({});

  /** The time in steps: what is sorted by it isn't sorted anew with every second. */
  readonly now_ms = $derived(Math.floor(clock.now_ms / STEP_MS) * STEP_MS);
  readonly all = $derived([...this.#rows.values()]);
  readonly open = $derived(this.all.filter((row) => !isOver(row)));
  /** Those of the one who is signed in. */
  readonly mine = $derived(this.open.filter(({ owner }) => owner === this.me.id));
  readonly late = $derived(this.open.filter((row) => isLate(row, this.now_ms)));
  readonly me = $derived<Me>({
    id: session.member?.id ?? '',
    limit: LIMITED.includes(session.member?.role ?? '') ? (session.member?.org ?? '') : '',
  });

  /** Offered to the one who is signed in or to whom they work with, or back with them. */
  readonly waiting = $derived(
    this.open.filter(({ state, org, owner }) =>
      state === 'offered'
        ? owner === this.me.id || (owner === '' && this.me.limit !== '')
        : state === 'returned' && org === (session.member?.org ?? ''),
    ),
  );

  /** What the one who is signed in may take back again, the last one last. */
  readonly returned = $derived([
    ...this.#returned
      .filter(({ row, by }) => by === this.me.id && !this.#rows.get(row.id))
      .map(({ row }) => row),
    ...this.all.filter((row) => row.state === 'returned' && row.returned_by === this.me.id),
  ]);

  remember(row: TaskRow): void {
    const others = this.#returned.filter((one) => one.row.id !== row.id);
    this.#returned = [...others, { row, by: this.me.id }].slice(-REMEMBERED);
  }

  get(id: string | null | undefined): TaskRow | undefined {
    return this.#rows.get(id ?? '');
  }

  /** Those of some incidents, the oldest first. */
  of(incidents: readonly string[]): TaskRow[] {
    const found = this.all.filter(({ incident }) => incidents.includes(incident));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  owners(org: string): readonly string[] {
    return this.#known(org)?.members ?? [];
  }

  /** Who may take an organisation over, as far as it was asked for. */
  office(org: string): readonly string[] {
    return this.#known(org)?.office ?? [];
  }

  #known(org: string): Owners | undefined {
    const now_ms = untrack(() => clock.now_ms);
    // Somebody may have come or gone since; whoever looks meanwhile sees who was there.
    if (org && now_ms - (this.#asked.get(org) ?? -Infinity) > FRESH_MS) {
      this.#asked.set(org, now_ms);
      queueMicrotask(() => void this.#ask(org));
    }
    return this.#owners[org];
  }

  async #ask(org: string): Promise<void> {
    const result = await get('/api/owners', { params: { query: { org } } });
    if (!result.ok) this.#asked.delete(org);
    else this.#owners = { ...this.#owners, [org]: result.value };
  }
}

export const tasks = new Tasks();
