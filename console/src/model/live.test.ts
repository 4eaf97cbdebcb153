import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamMessage } from '../api/stream';
import type { Rows } from '../api/types';

const get = vi.fn();
const started: number[] = [];
let say: (message: StreamMessage) => void = () => {};
vi.mock('../api/client', () => ({ get: (path: string) => get(path) as unknown }));
vi.mock('../actions/outgoing', () => ({ outboxes: [] }));
vi.mock('./session.svelte', () => ({ session: { load: vi.fn() } }));
vi.mock('../api/stream', () => ({
  Stream: class {
    constructor(report: (message: StreamMessage) => void) {
      say = report;
    }
    start(after: number): void {
      started.push(after);
    }
    stop(): void {}
  },
}));
const { board } = await import('./board.svelte');
const { live } = await import('./live.svelte');

/** The board, or what changed of it, at a journal position: one unit with that status. */
const rows = (position: number, status: string) =>
  ({
    position,
    gone: [],
    of: {},
    server_time_ms: 0,
    calls: [],
    incidents: [],
    units: [{ id: 'P1', position, status, lon: null, lat: null }],
  }) as unknown as Rows;

type Answer = (board: Rows | null) => void;
let answers: Answer[] = [];
const status = () => board.units.get('P1')?.status;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  started.length = 0;
  get.mockReset();
  get.mockImplementation(
    () =>
      new Promise((resolve) =>
        answers.push((value) =>
          resolve(value ? { ok: true, value } : { ok: false, failure: { kind: 'unreachable' } }),
        ),
      ),
  );
  void live.start();
});
afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

describe('the board', () => {
  it('takes what came while it was loaded, and follows from there', async () => {
    say({ type: 'rows', data: rows(8, 'en_route') });
    answers[0]!(rows(7, 'dispatched'));
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toBe('en_route');
    expect(started).toEqual([7]);
  });

  it('is not taken back by an older one that comes after it', async () => {
    say({ type: 'reset' });
    answers[1]!(rows(9, 'en_route'));
    await vi.advanceTimersByTimeAsync(0);
    say({ type: 'rows', data: rows(10, 'on_scene') });
    answers[0]!(rows(7, 'dispatched'));
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toBe('on_scene');
    expect(board.position).toBe(10);
  });

  it('is asked for again once, however often the stream was lost meanwhile', async () => {
    answers[0]!(null);
    await vi.advanceTimersByTimeAsync(0);
    say({ type: 'reset' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(answers.length).toBe(2);
  });
});
