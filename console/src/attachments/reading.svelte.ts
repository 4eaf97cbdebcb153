/** What is attached somewhere, as it was read: once, and again when something of it changed. */
import { get, type Failure } from '../api/client';
import type { AttachmentReading } from '../api/schema';
import { InOrder } from '../model/inOrder';
import type { Where } from './attachments.svelte';

/** Several often come together; one reading is enough, and every reading is written down. */
const GATHER_MS = 250;

export class Reading {
  found = $state.raw<readonly AttachmentReading[]>([]);
  failure = $state.raw<Failure | null>(null);
  #at = '';
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #order = new InOrder();

  /** `version`: the journal position of the last change; 0 where there is nothing. */
  want(where: Where, version: number): void {
    const at = where.task ?? where.incident;
    if (at === this.#at && version <= this.#version) return;
    if (this.#timer) clearTimeout(this.#timer);
    const fresh = at !== this.#at;
    if (fresh) {
      this.found = [];
      this.failure = null;
    }
    this.#at = at;
    this.#version = version;
    if (version) this.#timer = setTimeout(() => void this.#read(where, at), fresh ? 0 : GATHER_MS);
  }

  async #read({ incident, task }: Where, at: string): Promise<void> {
    const query = task ? { task } : { incident };
    const result = await this.#order.take(get('/api/readings/attachments', { params: { query } }));
    if (!result || at !== this.#at) return;
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.found = result.value.attachments;
    else this.#version = 0; // asked for again with the next change
  }
}
