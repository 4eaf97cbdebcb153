/** What was written about the shown dispute: read once, and again when its row changed. */
import { get, type Failure } from '../api/client';
import type { MatterReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

/** Several events often come together; one reading is enough. */
const GATHER_MS = 250;

class Reading {
  current = $state.raw<MatterReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #matter: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  want(matter: string | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const fresh = matter !== this.#matter;
    if (fresh) {
      this.#matter = matter;
      this.current = this.failure = null;
    }
    if (matter) this.#timer = setTimeout(() => void this.#read(matter), fresh ? 0 : GATHER_MS);
  }

  async #read(matter: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/matters/{matter}', { params: { path: { matter } } }),
    );
    if (!result || matter !== this.#matter) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const reading = new Reading();
