/**
 * The way out of the console: actions leave in order, each with its own id. A lost connection or a
 * server that could not save is tried again with the same id, so that asking twice happens once.
 * Nothing waits for it: the screen shows what is still on its way.
 */
import { post, type Failure, type Result } from '../api/client';
import type { ActionDone } from '../api/types';
import { uuid7 } from './uuid7';

export interface Outgoing {
  action: string;
  verb: string;
  command: unknown;
  tries: number;
  /** Set while the action waits for another try. */
  waiting: boolean;
}

interface Queued {
  entry: Outgoing;
  occurred_at_ms: number | undefined;
  done: (result: Result<ActionDone>) => void;
}

type Send = (path: string, body: unknown) => Promise<Result<ActionDone>>;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export class OutgoingQueue {
  /** What has left or waits to leave, oldest first. */
  entries = $state<Outgoing[]>([]);
  waiting = $derived(this.entries.some((entry) => entry.waiting));

  #queue: Queued[] = [];
  #running = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly send: Send = post,
    private readonly pause: (ms: number) => Promise<void> = (ms) =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** Sends an action; the promise settles when the server has answered, however long that takes. */
  act(verb: string, command: unknown, occurred_at_ms?: number): Promise<Result<ActionDone>> {
    this.entries.push({ action: uuid7(), verb, command, tries: 0, waiting: false });
    // The element read back is the reactive one.
    const entry = this.entries[this.entries.length - 1]!;
    return new Promise((done) => {
      this.#queue.push({ entry, occurred_at_ms, done });
      void this.#run();
    });
  }

  /** The connection is back: try at once. */
  retryNow(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const result = await this.#deliver(next);
      this.#queue.shift();
      this.entries = this.entries.filter((entry) => entry.action !== next.entry.action);
      next.done(result);
    }
    this.#running = false;
  }

  async #deliver({ entry, occurred_at_ms }: Queued): Promise<Result<ActionDone>> {
    const envelope = {
      action: entry.action,
      command: entry.command,
      ...(occurred_at_ms === undefined ? {} : { occurred_at_ms }),
    };
    for (;;) {
      entry.tries += 1;
      const result = await this.send(`/actions/${entry.verb}`, envelope);
      if (result.ok || !isTransient(result.failure)) return result;
      entry.waiting = true;
      const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (entry.tries - 1));
      const asked = result.failure.kind === 'not_saved' ? result.failure.retry_ms : 0;
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([this.pause(Math.max(backoff, asked)), woken]);
      this.#wake = null;
    }
  }
}

function isTransient(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'not_saved';
}

export const outgoing = new OutgoingQueue();
