/**
 * The officer's own unit and assignment, as the server last confirmed them.
 *
 * The light look carries no personal data and is not written down; the reading itself, which is,
 * follows only when something changed.
 */
import { get, type Failure } from '../../api/client';
import type { FieldReading, UnitRow } from '../../api/types';

const LOOK_MS = 3_000;

interface OwnState {
  unit: UnitRow;
  incident_position: number | null;
}

export class Own {
  reading = $state.raw<FieldReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** When the server last answered, by this device's clock. */
  heard_ms = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #request = 0;
  #stopped = false;
  #seen = '';

  /** Reads again if anything changed since the last reading. */
  async look(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    const request = ++this.#request;
    const state = await get<OwnState>('/field');
    if (this.#stopped || request !== this.#request) return;
    if (!state.ok) {
      this.failure = state.failure;
    } else {
      const stamp = `${state.value.unit.position}/${state.value.incident_position}`;
      if (stamp === this.#seen) this.#heard();
      else await this.#read(stamp, request);
    }
    if (this.#stopped || request !== this.#request) return;
    this.#timer = setTimeout(() => void this.#lookIfSeen(), LOOK_MS);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #read(stamp: string, request: number): Promise<void> {
    const result = await get<FieldReading>('/readings/field');
    if (this.#stopped || request !== this.#request) return;
    if (!result.ok) {
      this.failure = result.failure;
      return;
    }
    this.reading = result.value;
    this.#seen = stamp;
    this.#heard();
  }

  #heard(): void {
    this.failure = null;
    this.heard_ms = Date.now();
  }

  /** A page in a pocket looks again when it is taken out. */
  async #lookIfSeen(): Promise<void> {
    if (!document.hidden) await this.look();
    else this.#timer = setTimeout(() => void this.#lookIfSeen(), LOOK_MS);
  }
}
