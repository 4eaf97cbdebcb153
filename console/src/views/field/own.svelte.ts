/** The officer's own unit and assignment, as the server last confirmed them. */
import { get, type Failure } from '../../api/client';
import type { FieldReading } from '../../api/types';

/** Each look is a reading that is written down: seldom enough to mean something. */
const LOOK_FREE_MS = 6_000;
const LOOK_ASSIGNED_MS = 12_000;

export class Own {
  reading = $state.raw<FieldReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** When the server last answered, by this device's clock. */
  heard_ms = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #request = 0;
  #stopped = false;

  async look(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    const request = ++this.#request;
    const result = await get<FieldReading>('/readings/field');
    if (this.#stopped || request !== this.#request) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) {
      this.reading = result.value;
      this.heard_ms = Date.now();
    }
    const wait_ms = this.reading?.assignment && result.ok ? LOOK_ASSIGNED_MS : LOOK_FREE_MS;
    this.#timer = setTimeout(() => void this.#lookIfSeen(), wait_ms);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** A page in a pocket looks again when it is taken out. */
  async #lookIfSeen(): Promise<void> {
    if (!document.hidden) await this.look();
  }
}
