/**
 * Where incidents are. Places are personal data: they come through the readings, in batches, for the
 * incidents on the board, and are asked again when an incident changed.
 */
import { SvelteMap } from 'svelte/reactivity';
import { post } from '../api/client';
import type { IncidentRow, PlaceOfIncident } from '../api/types';

const BATCH = 100;
const GATHER_MS = 60;

class Places {
  readonly byIncident = new SvelteMap<string, PlaceOfIncident>();
  /** Journal position of the row for which the place was asked. */
  #askedAt = new Map<string, number>();
  #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Makes sure that the places of these rows are known, soon. */
  want(rows: Iterable<IncidentRow>): void {
    for (const row of rows) {
      const asked = this.#askedAt.get(row.id);
      if (asked !== undefined && asked >= row.position) continue;
      this.#askedAt.set(row.id, row.position);
      this.#wanted.add(row.id);
    }
    if (this.#wanted.size && !this.#timer)
      this.#timer = setTimeout(() => void this.#fetch(), GATHER_MS);
  }

  label(incident: string): string {
    return this.byIncident.get(incident)?.label ?? '';
  }

  clear(): void {
    this.byIncident.clear();
    this.#askedAt.clear();
    this.#wanted.clear();
  }

  async #fetch(): Promise<void> {
    const incidents = [...this.#wanted].slice(0, BATCH);
    for (const id of incidents) this.#wanted.delete(id);
    const result = await post<{ places: PlaceOfIncident[] }>('/readings/places', { incidents });
    this.#timer = null;
    if (result.ok) {
      for (const place of result.value.places) this.byIncident.set(place.incident, place);
    } else {
      // Asked again with the next row that comes.
      for (const id of incidents) this.#askedAt.delete(id);
    }
    if (this.#wanted.size) this.#timer = setTimeout(() => void this.#fetch(), GATHER_MS);
  }
}

export const places = new Places();
