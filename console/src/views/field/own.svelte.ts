/**
 * The officer's own unit and assignment, as the server last confirmed them.
 *
 * The light look carries no personal data and is not written down; the reading itself, which is,
 * follows only when something changed.
 */
import { get, type Failure } from '../../api/client';
import type { FieldReading } from '../../api/types';
import type { Unsent } from '../../actions/keep';

const LOOK_MS = 3_000;
const HIDDEN_LOOK_MS = 10_000;

export class Own {
  reading = $state.raw<FieldReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  /**
   * What the server has done and the reading doesn't show yet. Steps go on from there: a button that
   * went back to an earlier one for a moment would be hit by whoever is about to press the next.
   */
  unread = $state.raw<readonly Unsent[]>([]);
  /** The assignment of the last light look, which comes before its reading. */
  assignment = $state<string | null | undefined>(undefined);
  /** The journal position of the last change of a notice, as the last light look said. */
  notices = $state<number | null>(null);
  /** When the server last answered, by this device's clock. */
  heard_ms = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #request = 0;
  #stopped = false;
  #seen = '';

  /** An action was answered: looks what is different now. */
  answered(entry: Unsent, done: boolean): void {
    if (done) this.unread = [...this.unread, entry];
    void this.look();
  }

  /** Reads again if anything changed since the last reading. */
  async look(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    const request = ++this.#request;
    const state = await get('/api/field');
    if (this.#stopped || request !== this.#request) return;
    if (!state.ok) {
      this.failure = state.failure;
    } else {
      this.assignment = state.value.unit.assignment;
      this.notices = state.value.notices_position;
      const stamp = `${state.value.unit.position}/${state.value.incident_position}`;
      // A page that nobody looks at doesn't read, for each reading is written down.
      if (stamp === this.#seen) this.#readBack();
      else if (document.hidden) this.#heard();
      else await this.#read(stamp, request);
    }
    if (this.#stopped || request !== this.#request) return;
    // In a pocket it goes on listening for a new assignment, which a sound reports.
    const pause_ms = document.hidden ? HIDDEN_LOOK_MS : LOOK_MS;
    this.#timer = setTimeout(() => void this.look(), pause_ms);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #read(stamp: string, request: number): Promise<void> {
    const result = await get('/api/readings/field');
    if (this.#stopped || request !== this.#request) return;
    if (!result.ok) {
      this.failure = result.failure;
      return;
    }
    this.reading = result.value;
    this.#seen = stamp;
    this.#readBack();
  }

  /** Each answer looks anew, so what is known now is later than every one of them. */
  #readBack(): void {
    this.unread = [];
    this.#heard();
  }

  #heard(): void {
    this.failure = null;
    this.heard_ms = Date.now();
  }
}
