/**
 * Keeps the board live: subscribes to the stream first, then loads the board, then takes what came in
 * between; so nothing falls into the gap. Says how fresh the screen is.
 */
import { get } from '../api/client';
import { ofRoom } from '../api/room';
import { Stream, type StreamMessage } from '../api/stream';
import type { PageMessage } from '../api/stream-worker';
import { outboxes } from '../actions/outgoing';
import { board } from './board.svelte';
import { clock } from './clock.svelte';
import { session } from './session.svelte';

export type LinkState = 'live' | 'waiting' | 'lost';

const WAITING_AFTER_MS = 5_000;
const LOST_AFTER_MS = 12_000;
const RELOAD_WAIT_MS = 2_000;

interface Subscription {
  start(after: number): void;
  stop(): void;
}

class Live {
  #open = $state(false);
  #lastHeard_ms = $state<number | null>(null);
  #subscription: Subscription | null = null;
  /** What came while the board was being loaded; null when it is loaded. */
  #held: StreamMessage[] | null = null;
  /** How often the board was asked for: the answer to an earlier asking is older than what came since. */
  #asked = 0;
  #running = false;

  /** Age of the last message from the server, in ms; null before the first. */
  age_ms = $derived(
    this.#lastHeard_ms === null ? null : Math.max(0, clock.now_ms - this.#lastHeard_ms),
  );
  state = $derived<LinkState>(linkState(this.#open, this.age_ms));

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#subscription ??= subscribe((message) => this.#take(message));
    await this.#load();
  }

  stop(): void {
    this.#running = false;
    this.#held = null;
    this.#asked++;
    this.#subscription?.stop();
    this.#open = false;
    this.#lastHeard_ms = null;
    board.clear();
  }

  async #load(): Promise<void> {
    this.#held ??= [];
    const asked = ++this.#asked;
    const result = await get('/api/board');
    if (!this.#running || asked !== this.#asked) return;
    if (!result.ok) {
      if (result.failure.kind === 'unreachable' || result.failure.kind === 'not_saved')
        setTimeout(() => asked === this.#asked && void this.#load(), RELOAD_WAIT_MS);
      return;
    }
    board.load(result.value);
    this.#heard();
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.#take(message);
    this.#subscription?.start(result.value.position);
  }

  #heard(): void {
    this.#lastHeard_ms = clock.exact_ms();
  }

  #take(message: StreamMessage): void {
    if (!this.#running) return;
    if (message.type === 'open') {
      this.#open = true;
      this.#heard();
      for (const box of outboxes) box.retryNow();
      return;
    }
    if (message.type === 'closed') {
      this.#open = false;
      // A stream does not say why it was refused: ask whether we are still signed in.
      if (message.tries === 1) void session.load();
      return;
    }
    if (message.type === 'reset') {
      void this.#load();
      return;
    }
    if (this.#held) {
      this.#held.push(message);
      return;
    }
    if (message.type === 'rows') board.patch(message.data);
    else if (message.type === 'positions') board.move(message.data);
    else clock.sync(message.data.server_time_ms);
    this.#open = true;
    this.#heard();
  }
}

/** How fresh the screen is: nobody should act on a picture that has stopped without knowing. */
export function linkState(open: boolean, age_ms: number | null): LinkState {
  if (age_ms === null) return 'waiting';
  if (open && age_ms < WAITING_AFTER_MS) return 'live';
  return age_ms < LOST_AFTER_MS ? 'waiting' : 'lost';
}

function subscribe(take: (message: StreamMessage) => void): Subscription {
  if (typeof SharedWorker === 'undefined') return new Stream(take);
  const worker = new SharedWorker(new URL('../api/stream-worker.ts', import.meta.url), {
    type: 'module',
    name: ofRoom('stream'),
  });
  const post = (message: PageMessage) => worker.port.postMessage(message);
  worker.port.onmessage = ({ data }: MessageEvent<StreamMessage>) => take(data);
  addEventListener('pagehide', () => post({ type: 'bye' }));
  return {
    start: (after) => post({ type: 'start', after }),
    stop: () => post({ type: 'stop' }),
  };
}

export const live = new Live();
