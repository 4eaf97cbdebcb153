/** What the shown order says: read once, and again when its row changed; every reading is written down. */
import { get, type Failure } from '../api/client';
import type { OrderReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

/** Several events often come together; one reading is enough. */
const GATHER_MS = 250;

class Reading {
  current = $state.raw<OrderReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #id: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  want(id: string | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const fresh = id !== this.#id;
    if (fresh) {
      this.#id = id;
      this.current = this.failure = null;
    }
    if (id) this.#timer = setTimeout(() => void this.#read(id), fresh ? 0 : GATHER_MS);
  }

  async #read(supervision_order: string): Promise<void> {
    const path = { supervision_order };
    const result = await this.#order.take(
      get('/api/readings/orders/{supervision_order}', { params: { path } }),
    );
    if (!result || supervision_order !== this.#id) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const reading = new Reading();
