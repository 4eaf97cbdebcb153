/** The notices of an officer's telephone: read again when one has changed, until that has come. */
import { get } from '../api/client';
import type { NoticeReading } from '../api/schema';
import { InOrder } from '../model/inOrder';

const AGAIN_MS = 3_000;

export class PhoneNotices {
  found = $state.raw<readonly NoticeReading[]>([]);
  readonly #order = new InOrder();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted: number | null = null;

  /** Reads those of this journal position; without a network it is tried again. */
  async read(position: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#wanted = position;
    const result = await this.#order.take(get('/api/readings/notices'));
    if (!result) return;
    if (result.ok) this.found = result.value.notices;
    else if (position === this.#wanted)
      this.#timer = setTimeout(() => void this.read(position), AGAIN_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#wanted = null;
  }
}
