/**
 * The way out of the console. What a member does leaves in order, each action with its own id, so that
 * asking twice happens once. A lost connection or a server that could not save is tried again; what
 * is not sent when the page is closed is kept for the same member, and nothing is dropped in silence.
 */
import type { Failure, Result } from '../api/client';
import type { CommandOf, Verb } from '../api/commands';
import type { ActionDone } from '../api/types';
import type { Keep, Unsent } from './keep';

export interface Waiting extends Unsent {
  tries: number;
  /** It was kept, and is sent by a page that did not make it. */
  restored: boolean;
}

export interface Ways {
  send: (verb: Verb, body: unknown, bytes?: Blob) => Promise<Result<ActionDone>>;
  pause: (ms: number) => Promise<void>;
  now_ms: () => number;
  newId: () => string;
  keep: Keep;
}

/** What is different about the actions of one page. */
export interface Habits {
  /** What waited longer than this is entered with the time at which it was done. */
  ownTimeAfter_ms: number;
  /** What was kept longer than this is not sent without asking its member. */
  asksAfter_ms: number;
  /** Is a refusal shown by whoever waits for the answer? Then it is set aside only if it came late. */
  answered: boolean;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** Nothing waits longer than this for what was kept: a browser's database may hang. */
const RESTORE_MS = 2_000;

type Done = (result: Result<ActionDone>) => void;
const NOT_SIGNED_IN: Result<ActionDone> = { ok: false, failure: { kind: 'signed_out' } };
let lastOrder = 0;

export class Outbox {
  /** Oldest first; the first one is on its way. */
  entries = $state<Waiting[]>([]);
  /** What its member has to know of: refused (with a failure), or too old to be sent unasked. */
  aside = $state.raw<Unsent[]>([]);
  /** Does something wait for another try? */
  waiting = $derived((this.entries[0]?.tries ?? 0) > 1);
  unsent = $derived(this.entries.length + this.aside.length);
  /** Called after each answer, with whether it was done: what is shown may have changed. */
  onanswer: (entry: Unsent, done: boolean) => void = () => {};

  #owner: string | null = null;
  #restored: Promise<unknown> = Promise.resolve();
  #written: Promise<unknown> = Promise.resolve();
  #asked = new Map<string, Done>();
  #running = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly lane: string,
    private readonly ways: Ways,
    private readonly habits: Habits,
  ) {}

  /** A member has signed in: what they left unsent goes on. */
  open(member: string): void {
    const owner = `${member}/${this.lane}`;
    if (this.#owner === owner) return;
    this.close();
    this.#owner = owner;
    this.#restored = Promise.race([this.#restore(owner), this.ways.pause(RESTORE_MS)]);
    void this.#run();
  }

  /** The member has left: nothing more is sent, and what is unsent stays kept for them alone. */
  close(): void {
    this.#owner = null;
    this.entries = [];
    this.aside = [];
    for (const done of this.#asked.values()) done(NOT_SIGNED_IN);
    this.#asked.clear();
    this.#wake?.();
  }

  /** Sends an action; the promise settles when the server has answered, however long that takes. */
  act<V extends Verb>(
    verb: V,
    command: CommandOf<V>,
    occurred_at_ms?: number,
    bytes?: Blob,
  ): Promise<Result<ActionDone>> {
    const owner = this.#owner;
    if (owner === null) return Promise.resolve(NOT_SIGNED_IN);
    const at_ms = this.ways.now_ms();
    lastOrder = Math.max(lastOrder + 1, at_ms * 1_000);
    const entry: Unsent = {
      action: this.ways.newId(),
      verb,
      command: $state.snapshot(command) as Record<string, unknown>,
      at_ms,
      occurred_at_ms,
      order: lastOrder,
      ...(bytes && { bytes }),
    };
    this.entries.push({ ...entry, tries: 0, restored: false });
    this.#write(() => this.ways.keep.put(owner, entry));
    return new Promise((done) => {
      this.#asked.set(entry.action, done);
      void this.#run();
    });
  }

  /** The connection may be back: try at once. */
  retryNow(): void {
    this.#wake?.();
    void this.#run();
  }

  /** The member has read why it was not done, or no longer wants it. */
  dismiss(action: string): void {
    const owner = this.#owner;
    if (owner === null) return;
    this.aside = this.aside.filter((one) => one.action !== action);
    this.#write(() => this.ways.keep.remove(owner, action));
  }

  /** The member wants it done after all, now. */
  sendNow(action: string): void {
    const owner = this.#owner;
    const found = this.aside.find((one) => one.action === action);
    if (!found || owner === null) return;
    this.aside = this.aside.filter((one) => one !== found);
    const entry: Unsent = { ...found, failure: undefined };
    this.entries.push({ ...entry, tries: 0, restored: false });
    this.#write(() => this.ways.keep.put(owner, entry));
    void this.#run();
  }

  async #restore(owner: string): Promise<void> {
    const kept = await this.ways.keep.all(owner).catch(() => []);
    if (owner !== this.#owner) return;
    const known = new Set(this.entries.map((one) => one.action));
    const old = (one: Unsent): boolean =>
      this.ways.now_ms() - one.at_ms > this.habits.asksAfter_ms || one.failure !== undefined;
    const found = kept.filter((one) => !known.has(one.action));
    this.aside = [...this.aside, ...found.filter(old)];
    const goOn = found.filter((one) => !old(one));
    this.entries.unshift(...goOn.map((one) => ({ ...one, tries: 0, restored: true })));
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      await this.#restored;
      const owner = this.#owner;
      const entry = this.entries[0];
      if (owner === null || !entry) break;
      const result = await this.#deliver(entry, owner);
      if (owner !== this.#owner && result === null) continue; // somebody else is here now
      // Nobody is signed in any more: it waits until the same member is back.
      if (!result || (result !== 'elsewhere' && !result.ok && isSignedOut(result.failure))) break;
      this.#settle(entry, owner, result);
    }
    this.#running = false;
  }

  #settle(entry: Waiting, owner: string, result: Result<ActionDone> | 'elsewhere'): void {
    const here = owner === this.#owner;
    if (here) this.entries = this.entries.filter((one) => one.action !== entry.action);
    if (result !== 'elsewhere') {
      const late = entry.restored || entry.tries > 1 || !this.habits.answered;
      if (!result.ok && late) this.#setAside(entry, owner, result.failure);
      else this.#write(() => this.ways.keep.remove(owner, entry.action));
      this.#asked.get(entry.action)?.(result);
    }
    this.#asked.delete(entry.action);
    if (here) this.onanswer(entry, result === 'elsewhere' || result.ok);
  }

  #setAside(entry: Waiting, owner: string, failure: Failure): void {
    const kept: Unsent = { ...$state.snapshot(entry), failure };
    if (owner === this.#owner) this.aside = [...this.aside, kept];
    this.#write(() => this.ways.keep.put(owner, kept));
  }

  async #deliver(entry: Waiting, owner: string): Promise<Result<ActionDone> | 'elsewhere' | null> {
    while (owner === this.#owner) {
      if (entry.restored && (await this.#isDoneElsewhere(entry, owner))) return 'elsewhere';
      const late = this.ways.now_ms() - entry.at_ms > this.habits.ownTimeAfter_ms;
      const occurred_at_ms = entry.occurred_at_ms ?? (late ? entry.at_ms : undefined);
      entry.tries += 1;
      const body = {
        action: entry.action,
        command: $state.snapshot(entry.command),
        ...(occurred_at_ms !== undefined && { occurred_at_ms }),
      };
      const result = await this.ways.send(entry.verb, body, entry.bytes);
      if (result.ok || !isTransient(result.failure)) return result;
      const asked_ms = result.failure.kind === 'not_saved' ? result.failure.retry_ms : 0;
      const backoff_ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (entry.tries - 1));
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([this.ways.pause(Math.max(backoff_ms, asked_ms)), woken]);
      this.#wake = null;
    }
    return null;
  }

  /** Two windows of one browser restore the same: what the other has sent, or was refused, is not sent again. */
  async #isDoneElsewhere(entry: Waiting, owner: string): Promise<boolean> {
    await this.#written;
    const kept = await this.ways.keep.get(owner, entry.action).catch(() => entry);
    if (kept?.failure && owner === this.#owner) this.aside = [...this.aside, kept];
    return kept === null || kept.failure !== undefined;
  }

  /** Begins at once, in order. Without a database it is kept as long as the page is open. */
  #write(change: () => Promise<void>): void {
    this.#written = Promise.allSettled([this.#written, change()]);
  }
}

function isSignedOut(failure: Failure): boolean {
  return failure.kind === 'signed_out';
}

function isTransient(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'not_saved';
}
