import { describe, expect, it } from 'vitest';
import type { LoopClockRow, LoopRow } from '../api/schema';
import { isToldTo, latestRuns, standingOf, urgencyOf, type ClockLine } from './standing';

const MINUTE_MS = 60_000;
const run = (more: Partial<LoopClockRow> = {}): LoopClockRow => ({
  clock: 'report',
  state: 'running',
  from_ms: 0,
  due_ms: 100 * MINUTE_MS,
  provisional: false,
  rule: 0,
  pack: 'p',
  pauses: [],
  extensions: 0,
  warned: false,
  steps: 0,
  escalated_ms: null,
  told: [],
  stopped_ms: null,
  late_ms: null,
  ended: null,
  paused_last: false,
  ...more,
});
const at = (minutes: number, more: Partial<LoopClockRow> = {}) =>
  standingOf(run(more), minutes * MINUTE_MS);

describe('how a clock stands', () => {
  it('is calm until a tenth of its time is left, then at risk, then late', () => {
    expect([0, 90, 91, 99, 100, 500].map((minutes) => at(minutes))).toEqual([
      'running',
      'running',
      'risk',
      'risk',
      'late',
      'late',
    ]);
  });

  it('is at risk as soon as its rule has warned', () => {
    expect(at(10, { warned: true })).toBe('risk');
  });

  it('is never late while it is paused', () => {
    const pauses = [{ reason: 'x', from_ms: 0, to_ms: null }];
    expect(at(500, { state: 'paused', due_ms: null, warned: true, pauses })).toBe('paused');
  });

  it('is met in time or late, or no longer counts', () => {
    expect(at(500, { state: 'met', late_ms: 0 })).toBe('met');
    expect(at(500, { state: 'met', late_ms: 1 })).toBe('met_late');
    expect(at(500, { state: 'ended', ended: 'lapsed' })).toBe('ended');
  });
});

describe('clocks', () => {
  const line = (id: string, more: Partial<LoopClockRow>, now = 95): ClockLine => {
    const one = run(more);
    return { id, loop: {} as LoopRow, run: one, standing: standingOf(one, now * MINUTE_MS) };
  };

  it('come late ones first, the longest before the others, then at risk, paused, running', () => {
    const pauses = (from_ms: number) => [{ reason: 'x', from_ms, to_ms: null }];
    const lines = [
      line('running', { due_ms: 5_000 * MINUTE_MS }),
      line('paused', { state: 'paused', due_ms: null, pauses: pauses(50 * MINUTE_MS) }),
      line('paused longer', { state: 'paused', due_ms: null, pauses: pauses(0) }),
      line('at risk', { due_ms: 100 * MINUTE_MS }),
      line('late', { due_ms: 90 * MINUTE_MS }),
      line('later', { due_ms: 10 * MINUTE_MS }),
    ];
    const sorted = [...lines].sort((a, b) => urgencyOf(a) - urgencyOf(b));
    expect(sorted.map((one) => one.id)).toEqual([
      'later',
      'late',
      'at risk',
      'paused longer',
      'paused',
      'running',
    ]);
  });

  it('wait for whom was told, as long as they are late', () => {
    const told = { told: ['sun'], due_ms: 90 * MINUTE_MS };
    expect(isToldTo(line('a', told), 'sun')).toBe(true);
    expect(isToldTo(line('a', told), 'anna')).toBe(false);
    expect(isToldTo(line('a', { ...told, state: 'met', late_ms: 9 }), 'sun')).toBe(false);
    expect(isToldTo(line('a', { ...told, due_ms: 500 * MINUTE_MS }), 'sun')).toBe(false);
  });

  it('of a code count by their latest run', () => {
    const first = run({ state: 'met', late_ms: 0 });
    const other = run({ clock: 'accept' });
    const again = run();
    expect(latestRuns({ clocks: [first, other, again] } as unknown as LoopRow)).toEqual([
      other,
      again,
    ]);
  });
});
