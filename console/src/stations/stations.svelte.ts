/** The organisation whose page is open, within reach of who is signed in, and its handover. */
import type { StationHandoverRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { pack } from '../model/pack.svelte';
import { router } from '../model/router.svelte';
import { session } from '../model/session.svelte';
import { tomorrow_ms } from '../tasks/days';
import { tasks } from '../tasks/tasks.svelte';
import { within } from '../tasks/can';
import { itemsOf, othersOf, type Item } from './handed';
import { above, below } from './levels';

export const VIEWS = ['levels', 'tasks', 'triage', 'incidents', 'due'] as const;
export type View = (typeof VIEWS)[number];

class Stations {
  readonly #handovers = board.table('station_handovers');
  readonly #loops = board.table('loops');
  readonly #orders = board.table('supervision_orders');
  readonly #matters = board.table('matters');
  /** As the address has it; null for the own one. */
  #asked = $state<string | null>(null);
  /** What of the page is shown; null for what is usual. */
  chosen = $state<View | null>(null);
  /** The item that is looked at. */
  selected = $state<string | null>(null);

  /** The organisation under which all is seen; empty for the whole room. */
  readonly reach = $derived(session.member?.org ?? '');
  readonly orgs = $derived((pack.pack?.orgs ?? []).filter(({ path }) => within(path, this.reach)));
  readonly #own = $derived.by(() => {
    const tops = below(this.orgs, '');
    return this.reach || (tops.length === 1 ? tops[0]!.path : '');
  });
  readonly org = $derived(this.#isKnown(this.#asked) ? this.#asked : this.#own);
  readonly below = $derived(below(this.orgs, this.org));
  readonly tomorrow_ms = $derived(tomorrow_ms(tasks.now_ms, pack.pack?.timezone ?? 'UTC'));
  readonly tasks = $derived(tasks.open.filter((row) => within(row.org, this.org)));
  readonly incidents = $derived(
    board.openIncidents.filter((row) => within(row.org ?? '', this.org)),
  );
  /** What lies with the organisation itself, and with no team and nobody of it. */
  readonly triage = $derived(
    tasks.open.filter(
      ({ org, team, owner, state }) =>
        org === this.org && !team && !owner && (state === 'offered' || state === 'returned'),
    ),
  );
  readonly handover = $derived(this.#openOf(this.org));
  /** The one of the own organisation that waits for the one who is signed in. */
  readonly waiting = $derived.by(() => {
    const one = this.#openOf(session.member?.org ?? '');
    const me = tasks.me.id;
    return one && (one.to === me || (one.to === '' && one.by !== me)) ? one : null;
  });
  readonly #others = $derived(othersOf([...this.#orders.values()], [...this.#matters.values()]));
  readonly items = $derived<Item[]>(
    itemsOf(
      this.org,
      this.handover,
      tasks.all,
      this.#loops,
      this.#others,
      tasks.now_ms,
      this.tomorrow_ms,
    ),
  );

  /** Nothing is said of the whole room here: it is not handed over like this. */
  readonly canHandOver = $derived(this.org !== '' && session.may('station.start_handover'));
  readonly receives = $derived(this.handover !== null && this.handover.to === tasks.me.id);

  /** The parts that the page has here. */
  readonly views = $derived(
    VIEWS.filter((one) =>
      one === 'levels' ? this.below.length > 0 : this.org !== '' || one === 'tasks',
    ),
  );
  readonly view = $derived<View>(
    this.chosen && this.views.includes(this.chosen) ? this.chosen : this.views[0]!,
  );

  count(view: View): number {
    switch (view) {
      case 'levels':
        return this.below.length;
      case 'tasks':
        return this.tasks.length;
      case 'triage':
        return this.triage.length;
      case 'incidents':
        return this.incidents.length;
      case 'due':
        return this.items.filter(({ over }) => !over).length;
    }
  }

  matter(id: string) {
    return this.#matters.get(id);
  }

  loop(id: string) {
    return this.#loops.get(id);
  }

  #isKnown(path: string | null): path is string {
    return path !== null && (path === this.reach || this.orgs.some((one) => one.path === path));
  }

  #openOf(org: string): StationHandoverRow | null {
    const all = [...this.#handovers.values()];
    return all.find((one) => one.org === org && one.state === 'open') ?? null;
  }

  /** Takes the organisation from the address. */
  read(): void {
    this.#asked = new URLSearchParams(location.search).get('org');
  }

  /** Opens the page of an organisation; the way back leads to where one was. */
  go(org: string): void {
    const how = router.page === '/station' ? 'pushState' : 'replaceState';
    router.go('/station');
    const address = new URL(location.href);
    address.searchParams.set('org', org);
    history[how](null, '', address);
    this.#asked = org;
    this.chosen = this.selected = null;
  }

  /** The one above, as far as it is seen. */
  readonly above = $derived(
    this.org !== this.reach && this.#isKnown(above(this.org)) ? above(this.org) : null,
  );
}

export const stations = new Stations();
