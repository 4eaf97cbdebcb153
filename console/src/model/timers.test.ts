import { describe, expect, it } from 'vitest';
import type { CallRow, Clocks, IncidentRow, UnitRow } from '../api/types';
import { callTimer, duration, incidentTimer, isStale, promise, silenceLevel } from './timers';

const clocks = { answer_s: 10, call_back_s: 60, amber_share: 0.75, stale_position_s: 60 } as Clocks;

describe('a promise', () => {
  it('is calm, then amber at the share of its time, then red when it has run out', () => {
    const level = (now_ms: number) => promise(0, 100_000, now_ms, 0.75).level;
    expect([0, 74_999, 75_000, 99_999, 100_000].map(level)).toEqual([
      'calm',
      'calm',
      'amber',
      'amber',
      'red',
    ]);
  });

  it('never shows a negative time when the clocks differ a little', () => {
    expect(promise(1000, 9000, 500, 0.75).elapsed_ms).toBe(0);
  });
});

describe('the timers of the rows', () => {
  it('an incident without a running clock is calm', () => {
    const row = { state: 'open', clock: null, since_ms: 0 } as IncidentRow;
    expect(incidentTimer(row, 5000, clocks)).toEqual({
      level: 'calm',
      elapsed_ms: 5000,
      left_ms: null,
    });
  });

  it('a closed incident is calm even with a clock', () => {
    const clock = { name: 'dispatch' as const, from_ms: 0, due_ms: 1 };
    const row = { state: 'closed', clock, since_ms: 0 } as IncidentRow;
    expect(incidentTimer(row, 5000, clocks).level).toBe('calm');
  });

  it('a ringing call must be answered, an abandoned one called back', () => {
    const call = (state: CallRow['state'], call_back_owed: boolean) =>
      callTimer({ state, call_back_owed, since_ms: 0 } as CallRow, 12_000, clocks).level;
    expect(call('ringing', false)).toBe('red');
    expect(call('abandoned', true)).toBe('calm');
    expect(call('claimed', false)).toBe('calm');
  });

  it('a unit is silent only against its own promise', () => {
    const unit = (due: number | null) =>
      silenceLevel({ heard_at_ms: 0, silence_due_ms: due } as UnitRow, 9000, clocks);
    expect([unit(null), unit(100_000), unit(10_000), unit(9000)]).toEqual([
      'calm',
      'calm',
      'amber',
      'red',
    ]);
  });

  it('a position without a time is stale', () => {
    expect(isStale(null, 0, clocks)).toBe(true);
    expect(isStale(0, 60_000, clocks)).toBe(false);
    expect(isStale(0, 60_001, clocks)).toBe(true);
  });
});

describe('a length of time', () => {
  it('reads in fixed figures', () => {
    expect([0, 61_500, 3_600_000, 90_061_000].map(duration)).toEqual([
      '00:00',
      '01:01',
      '1:00:00',
      '1 d 01:01',
    ]);
  });
});
