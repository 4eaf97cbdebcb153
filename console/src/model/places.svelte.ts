/**
 * Where incidents are. Places are personal data: they come through the readings, in batches, and every
 * reading is logged; so they are asked for once, and again only when the place itself has changed.
 */
import { half } from '../i18n';
import { SvelteMap } from 'svelte/reactivity';
import { post } from '../api/client';
import type { IncidentRow, Place, PlaceOfIncident } from '../api/types';

const BATCH = 100;
const GATHER_MS = 60;

class Places {
  readonly byIncident = new SvelteMap<string, PlaceOfIncident>();
  /** The version of the place that was asked for, by incident. */
  #asked = new Map<string, string>();
  #wanted = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Makes sure that the places of these rows are known, soon. */
  want(rows: Iterable<IncidentRow>): void {
    for (const row of rows) {
      const version = String(row.place_version);
      if (this.#asked.get(row.id) === version) continue;
      this.#asked.set(row.id, version);
      this.#wanted.add(row.id);
    }
    if (this.#wanted.size && !this.#timer)
      this.#timer = setTimeout(() => void this.#fetch(), GATHER_MS);
  }

  label(incident: string): string {
    return half(this.byIncident.get(incident)?.label ?? '');
  }

  /** Takes the place that came with the incident's detail. */
  learn(incident: string, place: Place): void {
    this.byIncident.set(incident, { incident, ...place });
  }

  clear(): void {
    this.byIncident.clear();
    this.#asked.clear();
    this.#wanted.clear();
  }

  async #fetch(): Promise<void> {
    const incidents = [...this.#wanted].slice(0, BATCH);
    for (const id of incidents) this.#wanted.delete(id);
    const result = await post('/api/readings/places', { body: { incidents } });
    this.#timer = null;
    if (result.ok) {
      for (const place of result.value.places) this.byIncident.set(place.incident, place);
    } else {
      // Asked again with the next row that comes.
      for (const id of incidents) this.#asked.delete(id);
    }
    if (this.#wanted.size) this.#timer = setTimeout(() => void this.#fetch(), GATHER_MS);
  }
}

export const places = new Places();
