/** What the shown task says: read once, and again when its row changed; every reading is written down. */
import { get, type Failure } from '../api/client';
import type { TaskReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

/** Several events often come together; one reading is enough. */
const GATHER_MS = 250;

class Reading {
  current = $state.raw<TaskReading | null>(null);
  failure = $state.raw<Failure | null>(null);
  #task: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  want(task: string | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const fresh = task !== this.#task;
    if (fresh) {
      this.#task = task;
      this.current = this.failure = null;
    }
    if (task) this.#timer = setTimeout(() => void this.#read(task), fresh ? 0 : GATHER_MS);
  }

  async #read(task: string): Promise<void> {
    const result = await this.#order.take(
      get('/api/readings/tasks/{task}', { params: { path: { task } } }),
    );
    if (!result || task !== this.#task) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const reading = new Reading();
