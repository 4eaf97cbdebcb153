import { describe, expect, it } from 'vitest';
import type { ExpectedCalls, Rehearsed, ServiceTimes } from '../api/lookahead';
import { sayBasis } from './nextHour';

const CALLS: ExpectedCalls = {
  kind: 'learnt',
  source: 'journal',
  calls: 2791,
  begin_ms: Date.UTC(2026, 9, 1, 12),
  end_ms: Date.UTC(2026, 10, 27, 12),
};
const TIMES: ServiceTimes = { ...CALLS, kind: 'fitted', calls: 1804, whole_minutes: false };
const none = { kind: 'assumed', why: 'no_file' } as const;

function said(calls: ExpectedCalls, times: ServiceTimes): string {
  return sayBasis({ calls, service_times: times } as Rehearsed);
}

describe('what the next hour stands on', () => {
  it('is one sentence where calls and service times are assumed alike', () => {
    expect(said(none, none)).toBe(
      'Calls and service times are assumed: none were measured here yet.',
    );
  });

  it('says of each why it is assumed, where that differs', () => {
    expect(said({ kind: 'assumed', why: 'other_pack' }, { kind: 'assumed', why: 'too_few' })).toBe(
      "Calls are assumed: those learnt aren't of this city pack. " +
        'Service times are assumed: too few calls were measured.',
    );
  });

  it('says from how many calls and which days it was learnt and measured', () => {
    expect(said(CALLS, none)).toBe(
      'Calls learnt from 2,791 of 1 Oct 2026 to 27 Nov 2026. ' +
        'Service times are assumed: none were measured here yet.',
    );
    expect(said(CALLS, TIMES)).toMatch(/2,791.*Service times measured on 1,804 calls/);
  });
});
