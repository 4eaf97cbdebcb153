/** Search as you type: waits for a pause, and only the latest answer counts. */
import type { Result } from '../../api/client';

const PAUSE_MS = 90;

export class Search<T, A> {
  results = $state.raw<T[]>([]);
  /** The server could not be asked: typing goes on, the map still works. */
  failed = $state(false);
  /** Asked and not answered yet. */
  pending = $state(false);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abort: AbortController | null = null;

  constructor(
    private readonly find: (text: string, signal: AbortSignal) => Promise<Result<A>>,
    private readonly take: (answer: A) => T[],
  ) {}

  /** Asks for this text after a pause; null asks nothing and empties the list. */
  ask(text: string | null, pause_ms = PAUSE_MS): void {
    this.stop();
    if (text === null) {
      this.results = [];
      this.failed = false;
      return;
    }
    this.pending = true;
    this.#timer = setTimeout(() => void this.#fetch(text), pause_ms);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#timer = this.#abort = null;
    this.pending = false;
  }

  async #fetch(text: string): Promise<void> {
    const abort = (this.#abort = new AbortController());
    const result = await this.find(text, abort.signal);
    if (abort.signal.aborted) return;
    this.failed = !result.ok;
    this.results = result.ok ? this.take(result.value) : [];
    this.pending = false;
  }
}
