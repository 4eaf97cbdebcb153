/** The detail of the incident that is looked at: read once, and again when its row changed. */
import { get, type Failure } from '../api/client';
import type { IncidentReading } from '../api/types';
import { InOrder } from './inOrder';
import { places } from './places.svelte';

/** Several events often come together; one reading is enough, and every reading is logged. */
const GATHER_MS = 250;

class Reading {
  current = $state.raw<IncidentReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #incident: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  /** Reads an incident; what is shown of it stays until the new reading is there. */
  want(incident: string | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const fresh = incident !== this.#incident;
    if (fresh) {
      this.#incident = incident;
      this.current = null;
      this.failure = null;
    }
    if (!incident) return;
    this.#timer = setTimeout(() => void this.#read(incident), fresh ? 0 : GATHER_MS);
  }

  async #read(incident: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/incidents/{incident}', { params: { path: { incident } } }),
    );
    if (!result || incident !== this.#incident) return;
    this.failure = result.ok ? null : result.failure;
    if (!result.ok) return;
    this.current = result.value;
    if (result.value.place) places.learn(incident, result.value.place);
  }
}

export const reading = new Reading();
