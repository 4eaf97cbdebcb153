/**
 * The live stream of one browser: an EventSource that resumes where it stopped, notices silence, and
 * backs off while the server is away. It runs in the shared worker, or in the page where there is none.
 */
import type { Beat, Positions, Rows } from './types';

export type StreamMessage =
  | { type: 'open' }
  | { type: 'closed'; tries: number }
  | { type: 'rows'; data: Rows }
  | { type: 'positions'; data: Positions }
  | { type: 'beat'; data: Beat }
  | { type: 'reset' };

/** Beats come every 2 s; without anything for this long the connection is dead. */
const SILENCE_MS = 9_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before the next try: doubling, with jitter so that a room does not return at once. */
export function backoffMs(tries: number, random: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + random / 2);
}

export class Stream {
  #source: EventSource | null = null;
  #after: number | null = null;
  #tries = 0;
  /** The server has lost the thread: nothing comes until the board was loaded again. */
  #lost = false;
  #watch: ReturnType<typeof setTimeout> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly report: (message: StreamMessage) => void,
    private readonly open: (url: string) => EventSource = (url) => new EventSource(url),
  ) {}

  get running(): boolean {
    return this.#after !== null;
  }

  /** Starts after this journal position, unless the stream runs already and has not lost the thread. */
  start(after: number): void {
    if (this.running && !this.#lost) return;
    this.#lost = false;
    this.#after = after;
    this.#connect();
  }

  stop(): void {
    this.#drop();
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    this.#after = null;
    this.#lost = false;
    this.#tries = 0;
  }

  #connect(): void {
    this.#retry = null;
    const source = this.open(`/api/stream?after=${this.#after}`);
    this.#source = source;
    this.#listen();
    source.onopen = () => {
      this.#tries = 0;
      this.#listen();
      this.report({ type: 'open' });
    };
    source.onerror = () => this.#again();
    this.#on<Rows>(source, 'rows', (data) => this.report({ type: 'rows', data }));
    this.#on<Positions>(source, 'positions', (data) => this.report({ type: 'positions', data }));
    this.#on<Beat>(source, 'beat', (data) => this.report({ type: 'beat', data }));
    source.addEventListener('reset', () => {
      this.#lost = true;
      this.#drop();
      this.report({ type: 'reset' });
    });
  }

  #on<T>(source: EventSource, name: string, handle: (data: T) => void): void {
    source.addEventListener(name, (event) => {
      const { data, lastEventId } = event as MessageEvent<string>;
      const position = Number(lastEventId);
      if (lastEventId && Number.isFinite(position))
        this.#after = Math.max(this.#after ?? 0, position);
      this.#listen();
      handle(JSON.parse(data) as T);
    });
  }

  /** (Re)starts the watch for silence. */
  #listen(): void {
    if (this.#watch) clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#again(), SILENCE_MS);
  }

  #drop(): void {
    this.#source?.close();
    this.#source = null;
    if (this.#watch) clearTimeout(this.#watch);
    this.#watch = null;
  }

  #again(): void {
    if (!this.running || this.#retry) return;
    this.#drop();
    this.report({ type: 'closed', tries: this.#tries });
    this.#retry = setTimeout(() => this.#connect(), backoffMs(this.#tries++, Math.random()));
  }
}
