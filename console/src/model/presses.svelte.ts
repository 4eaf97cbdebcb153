/**
 * Where emergency buttons were pressed, and on what the units were then. The place is personal data:
 * it comes through the readings, once for each press.
 */
import { SvelteMap } from 'svelte/reactivity';
import { get } from '../api/client';
import type { EmergencyPress, UnitRow } from '../api/types';
import { session } from './session.svelte';

const AGAIN_MS = 3_000;

class Presses {
  readonly #byUnit = new SvelteMap<string, EmergencyPress>();
  #asked = new Set<string>();

  /** What is known of the unit's present emergency; asked for where it isn't known yet. */
  of(unit: UnitRow): EmergencyPress | null {
    const known = this.#byUnit.get(unit.id);
    if (known?.since_ms === unit.emergency_since_ms) return known;
    if (session.may('unit.raise_emergency')) void this.#read(unit);
    return null;
  }

  clear(): void {
    this.#byUnit.clear();
    this.#asked.clear();
  }

  async #read(unit: UnitRow): Promise<void> {
    const press = `${unit.id}/${unit.emergency_since_ms}`;
    if (this.#asked.has(press)) return;
    this.#asked.add(press);
    const result = await get('/api/readings/emergencies/{unit}', {
      params: { path: { unit: unit.id } },
    });
    if (result.ok) this.#byUnit.set(unit.id, result.value);
    else if (result.failure.kind === 'unreachable')
      setTimeout(() => {
        this.#asked.delete(press);
        void this.#read(unit);
      }, AGAIN_MS);
  }
}

export const presses = new Presses();
