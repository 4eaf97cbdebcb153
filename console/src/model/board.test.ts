import { describe, expect, it } from 'vitest';
import type { IncidentRow, Rows, UnitRow } from '../api/types';
import { Board } from './board.svelte';

/** Whatever lists there are, these tests say what is in some of them. */
const rows = (position: number, more: Partial<Rows>): Rows =>
  ({
    position,
    server_time_ms: Date.now(),
    calls: [],
    incidents: [],
    units: [],
    gone: [],
    of: {},
    ...more,
  }) as unknown as Rows;
const incident = (id: string, position: number, more: Partial<IncidentRow> = {}) =>
  ({ id, position, state: 'open', since_ms: Date.now(), ...more }) as IncidentRow;

describe('the board', () => {
  it('replaces rows by id', () => {
    const board = new Board();
    board.load(rows(5, { incidents: [incident('a', 5, { notes: 0 })] }));
    board.patch(rows(6, { incidents: [incident('a', 6, { notes: 1 })] }));
    expect(board.incidents.get('a')?.notes).toBe(1);
    expect(board.position).toBe(6);
  });

  it('lets go of what is another organisation’s now', () => {
    const board = new Board();
    board.load(rows(5, { incidents: [incident('a', 5), incident('b', 5)] }));
    board.patch(rows(6, { gone: ['a', 'unknown'] }));
    expect([...board.incidents.keys()]).toEqual(['b']);
  });

  it('never goes back to an older row', () => {
    const board = new Board();
    board.load(rows(9, { incidents: [incident('a', 9, { notes: 3 })] }));
    board.patch(rows(8, { incidents: [incident('a', 8, { notes: 2 })] }));
    expect(board.incidents.get('a')?.notes).toBe(3);
    expect(board.position).toBe(9);
  });

  it('forgets what closed more than an hour ago', () => {
    const board = new Board();
    const long_ago = Date.now() - 3_700_000;
    board.load(rows(1, { incidents: [incident('a', 1, { state: 'closed', since_ms: long_ago })] }));
    expect(board.incidents.size).toBe(0);
  });

  it('counts open incidents that it leaves out, whatever else comes or goes', () => {
    const board = new Board();
    const now_ms = Date.now();
    const old = { opened_at_ms: now_ms - 9_000_000, since_ms: now_ms - 8_000_000 };
    const closed = { state: 'closed' as const, opened_at_ms: 1, since_ms: now_ms - 1_000 };
    const here = [incident('a', 1, old), incident('b', 1, old), incident('c', 1, closed)];
    const of = { incidents: 5 };
    board.load(rows(1, { incidents: here, of, server_time_ms: now_ms }));
    expect(board.leftOut).toBe(3);
    const fresh = { opened_at_ms: now_ms + 5, since_ms: now_ms + 5 };
    board.patch(rows(2, { incidents: [incident('new', 2, fresh)] }));
    board.patch(rows(3, { incidents: [incident('new', 3, { ...fresh, state: 'closed' })] }));
    board.add('incidents', [incident('long closed', 3, closed)]);
    expect(board.leftOut).toBe(3);
    board.add('incidents', [incident('found', 3, old)]);
    board.patch(rows(4, { incidents: [incident('found', 4, old)] }));
    expect(board.leftOut).toBe(2);
    const ended = { ...old, state: 'closed' as const, since_ms: now_ms + 9 };
    board.patch(rows(5, { incidents: [incident('ended elsewhere', 5, ended)] }));
    expect(board.leftOut).toBe(1);
  });

  it('moves a unit only forward in time', () => {
    const board = new Board();
    const unit = { id: 'P1', position: 1, lon: 1, lat: 2, position_at_ms: 500 } as UnitRow;
    board.load(rows(1, { units: [unit] }));
    board.move({ server_time_ms: Date.now(), units: [['P1', 3, 4, 400]] });
    expect(board.positions.get('P1')).toEqual({ lon: 1, lat: 2, at_ms: 500 });
    board.move({ server_time_ms: Date.now(), units: [['P1', 3, 4, 600]] });
    expect(board.positions.get('P1')).toEqual({ lon: 3, lat: 4, at_ms: 600 });
  });
});
