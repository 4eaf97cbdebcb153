/** What the shown request says: read once, and again when its row changed; each reading is written down. */
import { get, type Failure } from '../api/client';
import type { DeskRequestReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

/** Several events often come together; one reading is enough. */
const GATHER_MS = 250;

class Reading {
  current = $state.raw<DeskRequestReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #wanted: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  want(id: string): void {
    if (this.#timer) clearTimeout(this.#timer);
    const fresh = id !== this.#wanted;
    if (fresh) {
      this.#wanted = id;
      this.current = this.failure = null;
    }
    this.#timer = setTimeout(() => void this.#read(id), fresh ? 0 : GATHER_MS);
  }

  async #read(desk_request: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/desk_requests/{desk_request}', { params: { path: { desk_request } } }),
    );
    if (!result || desk_request !== this.#wanted) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const reading = new Reading();
