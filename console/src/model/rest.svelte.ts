/**
 * What the board leaves out where more is open than it holds: the rest of a list by the page, how many
 * there are, and all that is about one incident. What is fetched stands on the board, and is followed there.
 */
import { SvelteMap } from 'svelte/reactivity';
import { get } from '../api/client';
import type { ListCount, WatchCount } from '../api/schema';
import { board, type Lists } from './board.svelte';

/** Which of the open records of a list; what is left out is any. */
export interface Query {
  state?: string;
  org?: string;
  team?: string;
  owner?: string;
  due_before_ms?: number;
  /** With a case of this kind to watch. */
  watch?: keyof Omit<WatchCount, 'org' | 'cases'>;
}

interface Fetched {
  /** What the next page begins after; '' before the first one, null behind the last. */
  next: string | null;
  busy: boolean;
}

const COUNTS_KEPT_MS = 30_000;
const LATELY_MS = 600_000;
const nothing: Fetched = { next: '', busy: false };

class Rest {
  readonly #fetched = new SvelteMap<string, Fetched>();
  readonly #counts = new SvelteMap<string, readonly ListCount[]>();
  readonly #watched = new SvelteMap<string, readonly WatchCount[]>();
  readonly #asked = new Map<string, number>();
  readonly #looked = new Set<string>();
  #load = 0;

  /** How many of a list were open when the board was loaded, where it holds only some; else null. */
  of(list: keyof Lists): number | null {
    return board.of[list] ?? null;
  }

  of_query(list: keyof Lists, query: Query): Fetched {
    return this.#fetched.get(key(list, query)) ?? nothing;
  }

  /** Fetches the next page of what is asked for. */
  async more(list: keyof Lists, query: Query): Promise<void> {
    this.#forget();
    const name = key(list, query);
    const { next, busy } = this.#fetched.get(name) ?? nothing;
    if (busy || next === null) return;
    const load = board.loads;
    this.#fetched.set(name, { next, busy: true });
    const params = { path: { name: list }, query: { ...query, after: next } };
    const result = await get('/api/lists/{name}', { params });
    if (load !== board.loads) return;
    if (result.ok) board.patch(result.value.rows);
    this.#fetched.set(name, { next: result.ok ? result.value.next : next, busy: false });
  }

  /** All that is about an incident, also what isn't on the board. */
  async about(incident: string): Promise<void> {
    if (!this.isNeeded) return;
    const result = await get('/api/about/{incident}', { params: { path: { incident } } });
    if (result.ok) board.patch(result.value);
  }

  /** Looks for the incident whose public number, or the end of it, is typed, where it isn't on the board. */
  async find(text: string): Promise<void> {
    const typed = /(?<![\d-])(\d{4}-?)?\d{4}(?![\d-])/.exec(text)?.[0]?.replace('-', '');
    if (!typed || !(this.of('incidents') ?? 0) || this.#looked.has(typed)) return;
    for (const { number } of board.incidents.values())
      if (number.replace('-', '').endsWith(typed)) return;
    this.#looked.add(typed);
    const result = await get('/api/find', { params: { query: { q: typed } } });
    if (result.ok) board.add('incidents', result.value.incidents);
    else this.#looked.delete(typed);
  }

  /** Does the board hold only some of what is open? */
  get isNeeded(): boolean {
    return Object.keys(board.of).length > 0;
  }

  /** How many lie where in which state, of a list that isn't whole; null for one that is, and before the answer. */
  counts(list: keyof Lists, now_ms: number): readonly ListCount[] | null {
    if (this.of(list) === null) return null;
    this.#nowAndThen(list, now_ms, () => this.#count(list));
    return this.#counts.get(list) ?? null;
  }

  /** How many cases to watch lie where, of a list that isn't whole; null as for `counts`. */
  watched(list: keyof Lists, now_ms: number): readonly WatchCount[] | null {
    if (this.of(list) === null) return null;
    this.#nowAndThen(`${list}/watched`, now_ms, () => this.#watch(list));
    return this.#watched.get(list) ?? null;
  }

  #nowAndThen(what: string, now_ms: number, ask: () => Promise<void>): void {
    if (now_ms - (this.#asked.get(what) ?? 0) <= COUNTS_KEPT_MS) return;
    this.#asked.set(what, now_ms);
    queueMicrotask(() => void ask());
  }

  async #count(list: keyof Lists): Promise<void> {
    const result = await get('/api/lists/{name}/counts', { params: { path: { name: list } } });
    if (result.ok) this.#counts.set(list, result.value.groups);
  }

  async #watch(list: keyof Lists): Promise<void> {
    const result = await get('/api/lists/{name}/watched', { params: { path: { name: list } } });
    if (result.ok) this.#watched.set(list, result.value.groups);
  }

  /** A board that was loaded anew holds no pages. */
  #forget(): void {
    if (this.#load === board.loads) return;
    this.#load = board.loads;
    this.#fetched.clear();
    this.#looked.clear();
  }
}

/** The present in steps, so that what is late isn't asked for anew with every second. */
export function lately_ms(now_ms: number): number {
  return Math.ceil(now_ms / LATELY_MS) * LATELY_MS;
}

/** The sum of some groups: all of them, and those that are late. */
export function sumOf(
  groups: readonly ListCount[],
  among: (one: ListCount) => boolean = () => true,
): { all: number; late: number } {
  const found = groups.filter(among);
  const sum = (of: 'count' | 'late') => found.reduce((so_far, one) => so_far + one[of], 0);
  return { all: sum('count'), late: sum('late') };
}

function key(list: string, query: Query): string {
  return `${list} ${JSON.stringify(query)}`;
}

export const rest = new Rest();
