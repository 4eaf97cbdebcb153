import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs, Stream, type StreamMessage } from './stream';

/** An EventSource that the test plays. */
class Source extends EventTarget {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    super();
  }
  close(): void {
    this.closed = true;
  }
  say(type: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

function setUp() {
  const sources: Source[] = [];
  const heard: StreamMessage[] = [];
  const stream = new Stream(
    (message) => heard.push(message),
    (url) => {
      sources.push(new Source(url));
      return sources.at(-1) as unknown as EventSource;
    },
  );
  return { stream, sources, heard };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the live stream', () => {
  it('resumes after the last event that it saw', () => {
    const { stream, sources } = setUp();
    stream.start(10);
    expect(sources[0]!.url).toBe('/api/stream?after=10');
    sources[0]!.say('rows', { position: 17 }, '17');
    sources[0]!.onerror!();
    vi.advanceTimersByTime(1000);
    expect(sources[1]!.url).toBe('/api/stream?after=17');
    expect(sources[0]!.closed).toBe(true);
  });

  it('notices when the server has fallen silent', () => {
    const { stream, sources, heard } = setUp();
    stream.start(1);
    sources[0]!.say('beat', { position: 1 }, '1');
    vi.advanceTimersByTime(8_000);
    expect(sources[0]!.closed).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(sources[0]!.closed).toBe(true);
    expect(heard.at(-1)).toEqual({ type: 'closed', tries: 0 });
  });

  it('waits for the board to be loaded again when the gap is too large, then goes on from there', () => {
    const { stream, sources, heard } = setUp();
    stream.start(1);
    sources[0]!.say('reset', {});
    expect(heard).toEqual([{ type: 'reset' }]);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    stream.start(500);
    expect(sources[1]!.url).toBe('/api/stream?after=500');
    stream.start(700);
    expect(sources).toHaveLength(2);
  });

  it('does not come back after it was stopped', () => {
    const { stream, sources } = setUp();
    stream.start(1);
    sources[0]!.onerror!();
    stream.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
  });

  it('waits longer each time, up to a limit, and never all at once', () => {
    expect(backoffMs(0, 0)).toBe(250);
    expect(backoffMs(3, 1)).toBe(4000);
    expect(backoffMs(20, 1)).toBe(15_000);
    expect(backoffMs(2, 0.1)).not.toBe(backoffMs(2, 0.9));
  });
});
