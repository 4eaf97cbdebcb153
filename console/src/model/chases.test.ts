import { describe, expect, it } from 'vitest';
import type { CallRow, IncidentRow } from '../api/types';
import { callInHand, chasedFirst, isChasedClosed, isRaised } from './chases';

const row = (id: string, chases: number, chase_seen: boolean, more: Partial<IncidentRow> = {}) =>
  ({ id, chases, chase_seen, state: 'open', opened_at_ms: 10, ...more }) as IncidentRow;

describe('chases', () => {
  it('raise an incident until somebody has seen them', () => {
    expect(isRaised(row('a', 0, true))).toBe(false);
    expect(isRaised(row('a', 1, false))).toBe(true);
    expect(isRaised(row('a', 1, true))).toBe(false);
  });

  it('raise what is closed, too, and what is merged where it went', () => {
    expect(isChasedClosed(row('a', 1, false, { state: 'closed' }))).toBe(true);
    expect(isChasedClosed(row('a', 1, true, { state: 'closed' }))).toBe(false);
    expect(isRaised(row('a', 1, false, { state: 'merged' }))).toBe(false);
  });

  it('are listed with the raised ones first, then by how long their callers wait', () => {
    const rows = [
      row('quiet', 0, true),
      row('seen', 3, true, { opened_at_ms: 1 }),
      row('late', 1, false, { opened_at_ms: 20 }),
      row('early', 1, false, { opened_at_ms: 5 }),
      row('over', 1, true, { state: 'closed' }),
      row('again', 1, false, { state: 'closed', opened_at_ms: 30 }),
    ];
    expect(chasedFirst(rows).map((one) => one.id)).toEqual(['early', 'late', 'again', 'seen']);
  });

  it('are made by the call whose form is open, else by the one that was taken last', () => {
    const call = (id: string, since_ms: number, more: Partial<CallRow> = {}) =>
      ({ id, since_ms, state: 'claimed', claimed_by: 'me', ...more }) as CallRow;
    const calls = [
      call('first', 1),
      call('last', 2),
      call('ended', 3, { state: 'ended' }),
      call('other', 4, { claimed_by: 'you' }),
    ];
    expect(callInHand(calls, 'first', 'me')?.id).toBe('first');
    expect(callInHand(calls, 'other', 'me')?.id).toBe('last');
    expect(callInHand([call('other', 4, { claimed_by: 'you' })], null, 'me')).toBeNull();
  });
});
