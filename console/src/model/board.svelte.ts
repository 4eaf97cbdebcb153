/**
 * The board: rows that the server folded, replaced whole by id. Nothing is folded a second time here.
 * Positions are telemetry and change often; they live beside the rows, with a version to follow.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Positions, Rows } from '../api/types';
import { clock } from './clock.svelte';

/** Closed incidents and ended calls leave the board after this time, as on the server. */
const KEEP_CLOSED_MS = 3_600_000;

export interface UnitPosition {
  lon: number;
  lat: number;
  at_ms: number;
}

/** The lists of a board, by their names in what the server sends: one per kind of record. */
export type Lists = Omit<Rows, 'position' | 'server_time_ms' | 'gone' | 'of'>;
type ListName = keyof Lists;
type RowOf<N extends ListName> = Lists[N][number];

interface Row {
  id: string;
  position: number;
}

export class Board {
  readonly #tables = new Map<string, SvelteMap<string, Row>>();
  readonly calls = this.table('calls');
  readonly incidents = this.table('incidents');
  readonly units = this.table('units');
  /** Journal position up to which the rows are known; null before the first load. */
  position = $state<number | null>(null);

  /** How many are open in all, of those lists of which the board holds only some (`rest` has the others). */
  of = $state.raw<Readonly<Record<string, number>>>({});
  /** How often it was loaded: what was fetched besides is gone with the next. */
  loads = $state(0);

  /** How many open incidents it left out when it was loaded, and nothing has brought since. */
  leftOut = $state(0);
  #loaded_ms = 0;
  /** Those that were ever here since. */
  readonly #met = new Set<string>();

  /** Latest known place of each unit; not reactive: follow `positionsVersion`. */
  readonly positions = new Map<string, UnitPosition>();
  positionsVersion = $state(0);

  openIncidents = $derived([...this.incidents.values()].filter((row) => row.state === 'open'));

  /**
   * The rows of a kind of record, by id. Ask for it once, where a module or a class begins: a map that
   * is made within something derived is not followed by it.
   */
  table<N extends ListName>(name: N): SvelteMap<string, RowOf<N>> {
    const known = this.#tables.get(name) ?? new SvelteMap<string, Row>();
    this.#tables.set(name, known);
    return known as unknown as SvelteMap<string, RowOf<N>>;
  }

  /** Takes a whole board: after signing in, and when the stream says that the gap is too large. */
  load(rows: Rows): void {
    clock.sync(rows.server_time_ms);
    for (const map of this.#tables.values()) map.clear();
    this.positions.clear();
    this.of = {};
    this.loads += 1;
    this.#met.clear();
    this.leftOut = 0;
    this.patch(rows);
    this.position = rows.position;
    this.#loaded_ms = rows.server_time_ms;
    const open = rows.incidents.filter((row) => row.state === 'open').length;
    this.leftOut = Math.max(0, (rows.of['incidents'] ?? open) - open);
  }

  /** Takes the rows of what changed. */
  patch(rows: Rows): void {
    const { position, server_time_ms, gone, of, ...lists } = rows;
    clock.sync(server_time_ms);
    this.of = { ...this.of, ...of };
    // What is another organisation's now leaves the board of who is limited to their own.
    for (const id of gone) for (const map of this.#tables.values()) map.delete(id);
    this.#meet(lists.incidents);
    for (const name of Object.keys(lists) as ListName[])
      replace<Row>(this.table(name) as unknown as SvelteMap<string, Row>, lists[name]);
    for (const unit of rows.units) {
      if (unit.lon !== null && unit.lat !== null && unit.position_at_ms !== null)
        this.#move(unit.id, unit.lon, unit.lat, unit.position_at_ms);
    }
    this.positionsVersion += 1;
    this.position = Math.max(this.position ?? 0, position);
    this.#forgetClosed();
  }

  /** Takes rows that were asked for. */
  add<N extends ListName>(name: N, rows: RowOf<N>[]): void {
    if (name === 'incidents') this.#meet(rows as RowOf<'incidents'>[]);
    replace<Row>(this.table(name) as unknown as SvelteMap<string, Row>, rows);
  }

  /** What was open when the board was loaded, and comes only now, was left out. */
  #meet(rows: RowOf<'incidents'>[]): void {
    for (const { id, state, opened_at_ms, since_ms } of rows) {
      const wasOpen = state === 'open' || since_ms > this.#loaded_ms;
      const isNew = !this.#met.has(id) && opened_at_ms <= this.#loaded_ms;
      if (isNew && wasOpen && this.leftOut > 0) this.leftOut -= 1;
      this.#met.add(id);
    }
  }

  move(positions: Positions): void {
    clock.sync(positions.server_time_ms);
    for (const [unit, lon, lat, at_ms] of positions.units) this.#move(unit, lon, lat, at_ms);
    this.positionsVersion += 1;
  }

  clear(): void {
    for (const map of this.#tables.values()) map.clear();
    this.positions.clear();
    this.positionsVersion += 1;
    this.of = {};
    this.position = null;
  }

  #move(unit: string, lon: number, lat: number, at_ms: number): void {
    if ((this.positions.get(unit)?.at_ms ?? 0) <= at_ms)
      this.positions.set(unit, { lon, lat, at_ms });
  }

  #forgetClosed(): void {
    const before_ms = clock.exact_ms() - KEEP_CLOSED_MS;
    for (const row of this.incidents.values())
      if (row.state !== 'open' && row.since_ms < before_ms) this.incidents.delete(row.id);
    for (const row of this.calls.values())
      if (row.state === 'ended' && row.since_ms < before_ms) this.calls.delete(row.id);
  }
}

function replace<T extends Row>(map: Map<string, T>, rows: T[]): void {
  for (const row of rows) {
    const known = map.get(row.id);
    if (!known || known.position <= row.position) map.set(row.id, row);
  }
}

export const board = new Board();
