/**
 * What an officer did and the server does not know yet. Kept in the browser tab, so that a reload
 * without a connection loses nothing; sent in order, each with its own id, so that it happens once.
 */
import type { Failure, Result } from '../../api/client';
import type { CommandOf, Verb } from '../../api/commands';
import type { ActionDone } from '../../api/types';

export interface Unsent {
  action: string;
  verb: Verb;
  command: Record<string, unknown>;
  /** Server time at which it was done. */
  at_ms: number;
  tries: number;
}

export interface Refused {
  entry: Unsent;
  failure: Failure;
}

export interface Ways {
  send: (path: string, body: unknown) => Promise<Result<ActionDone>>;
  pause: (ms: number) => Promise<void>;
  now_ms: () => number;
  newId: () => string;
  storage: Pick<Storage, 'getItem' | 'setItem'> | null;
}

const FIRST_WAIT_MS = 700;
const LONGEST_WAIT_MS = 8_000;
/** What waited longer than this is entered with the time at which it was done. */
const OWN_TIME_AFTER_MS = 20_000;

export class Outbox {
  /** Oldest first; the first one is on its way. */
  entries = $state<Unsent[]>([]);
  /** What the server would not do, until it is dismissed. */
  refused = $state.raw<Refused[]>([]);
  /** Told after each answer: what is shown may have changed. */
  onanswer: () => void = () => {};
  #running = false;
  #stopped = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly key: string,
    private readonly ways: Ways,
  ) {
    this.entries = this.#restore();
    if (this.entries.length) void this.#run();
  }

  add<V extends Verb>(verb: V, command: CommandOf<V>): void {
    const { newId, now_ms } = this.ways;
    this.entries.push({
      action: newId(),
      verb,
      command: command as Record<string, unknown>,
      at_ms: now_ms(),
      tries: 0,
    });
    this.#keep();
    void this.#run();
  }

  /** The connection may be back: try at once. */
  retryNow(): void {
    this.#wake?.();
    void this.#run();
  }

  /** The page is left: what is unsent stays kept for the same member, and nobody else sends it. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  dismiss(action: string): void {
    this.refused = this.refused.filter((one) => one.entry.action !== action);
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    for (let entry = this.entries[0]; entry; entry = this.entries[0]) {
      const result = await this.#deliver(entry);
      // Signed out, or the page was left: it waits until the same member is back.
      if (!result || (!result.ok && result.failure.kind === 'signed_out')) break;
      this.entries.shift();
      this.#keep();
      if (!result.ok) this.refused = [...this.refused, { entry, failure: result.failure }];
      this.onanswer();
    }
    this.#running = false;
  }

  async #deliver(entry: Unsent): Promise<Result<ActionDone> | null> {
    while (!this.#stopped) {
      const late = this.ways.now_ms() - entry.at_ms > OWN_TIME_AFTER_MS;
      entry.tries += 1;
      const result = await this.ways.send(`/actions/${entry.verb}`, {
        action: entry.action,
        command: $state.snapshot(entry.command),
        ...(late && { occurred_at_ms: entry.at_ms }),
      });
      if (result.ok || !isTransient(result.failure)) return result;
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const wait_ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (entry.tries - 1));
      await Promise.race([this.ways.pause(wait_ms), woken]);
      this.#wake = null;
    }
    return null;
  }

  #keep(): void {
    try {
      this.ways.storage?.setItem(this.key, JSON.stringify(this.entries));
    } catch {
      // Without storage it is kept as long as the page is open.
    }
  }

  #restore(): Unsent[] {
    try {
      return JSON.parse(this.ways.storage?.getItem(this.key) ?? '[]') as Unsent[];
    } catch {
      return [];
    }
  }
}

function isTransient(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'not_saved';
}
