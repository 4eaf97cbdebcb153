import { describe, expect, it } from 'vitest';
import type { LoopClockRow, LoopRow, OrderRow, TaskRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { beneath, casesOf, isLoopOpen, linesOf, urgencyOf, type Rows } from './cases';

const NOW_MS = 1_000_000;
const run = (more: Partial<LoopClockRow>): LoopClockRow =>
  ({
    clock: 'decide',
    state: 'running',
    from_ms: 0,
    due_ms: 10_000_000,
    pauses: [],
    warned: false,
    paused_last: false,
    ...more,
  }) as LoopClockRow;
const loop = (...clocks: LoopClockRow[]) =>
  ({ id: 'i', number: '1', org: 'city/north', clocks }) as LoopRow;
const task = (more: Partial<TaskRow>) =>
  ({
    id: 't',
    number: '2',
    org: 'city/north',
    state: 'in_progress',
    owner: 'bo',
    due_ms: null,
    offered_ms: 0,
    since_ms: 5,
    sent_back: 0,
    ...more,
  }) as TaskRow;
const order = (more: Partial<OrderRow>) =>
  ({
    id: 'o',
    number: '3',
    org: 'city/south',
    state: 'given',
    due_ms: 2_000_000,
    given_ms: 0,
    since_ms: 7,
    sent_back: 0,
    ...more,
  }) as OrderRow;
const incident = (more: Partial<IncidentRow>) =>
  ({
    id: 'i',
    number: '4',
    org: '',
    state: 'open',
    chases: 0,
    chase_seen: true,
    last_chase_at_ms: null,
    reopened_at_ms: null,
    ...more,
  }) as IncidentRow;
const cases = (rows: Partial<Rows>) =>
  casesOf({ incidents: [], loops: [], tasks: [], orders: [], ...rows }, NOW_MS);
const kinds = (rows: Partial<Rows>) => cases(rows).map((one) => one.kinds);

describe('a case to watch', () => {
  it('is a clock that is late, at risk, or paused in its last tenth', () => {
    expect(kinds({ loops: [loop(run({ due_ms: NOW_MS }))] })).toEqual([['late']]);
    expect(kinds({ loops: [loop(run({ due_ms: NOW_MS + 50_000 }))] })).toEqual([['risk']]);
    expect(kinds({ loops: [loop(run({}))] })).toEqual([]);
    const paused = { state: 'paused', due_ms: null } as const;
    expect(kinds({ loops: [loop(run({ ...paused, paused_last: true }))] })).toEqual([['paused']]);
    expect(kinds({ loops: [loop(run(paused))] })).toEqual([]);
  });

  it('is a task that is late, at risk, returned, sent back, or that nobody has', () => {
    expect(kinds({ tasks: [task({ due_ms: 900_000, owner: '', state: 'offered' })] })).toEqual([
      ['late', 'unowned'],
    ]);
    expect(kinds({ tasks: [task({ due_ms: 1_050_000 })] })).toEqual([['risk']]);
    expect(kinds({ tasks: [task({ state: 'returned', owner: '' })] })).toEqual([
      ['returned', 'unowned'],
    ]);
    expect(kinds({ tasks: [task({ sent_back: 1 })] })).toEqual([['returned']]);
    expect(kinds({ tasks: [task({ state: 'submitted', due_ms: 900_000 })] })).toEqual([]);
    expect(kinds({ tasks: [task({ state: 'approved', owner: '' })] })).toEqual([]);
  });

  it('is an order as long as it is open', () => {
    expect(kinds({ orders: [order({ due_ms: 900_000 })] })).toEqual([['late', 'ordered']]);
    expect(kinds({ orders: [order({ sent_back: 1, state: 'acknowledged' })] })).toEqual([
      ['returned', 'ordered'],
    ]);
    expect(kinds({ orders: [order({ state: 'answered', due_ms: 900_000 })] })).toEqual([
      ['ordered'],
    ]);
    expect(kinds({ orders: [order({ state: 'accepted' })] })).toEqual([]);
  });

  it('is an incident that was reopened or that callers have chased', () => {
    expect(kinds({ incidents: [incident({ reopened_at_ms: 5, chases: 2 })] })).toEqual([
      ['reopened', 'chased'],
    ]);
    expect(
      kinds({ incidents: [incident({ state: 'closed', reopened_at_ms: 5, chases: 1 })] }),
    ).toEqual([]);
    expect(
      kinds({ incidents: [incident({ state: 'closed', chases: 1, chase_seen: false })] }),
    ).toEqual([['chased']]);
  });
});

describe('the numbers of the board', () => {
  const all = cases({
    loops: [loop(run({ due_ms: 900_000 }))],
    tasks: [task({ due_ms: 800_000 }), task({ id: 'u', owner: '' })],
    orders: [order({})],
    incidents: [incident({ chases: 1, last_chase_at_ms: 9 })],
  });

  it('are as many as the cases that each opens', () => {
    const lines = linesOf(all);
    expect(lines.map(({ org, all }) => [org, all])).toEqual([
      ['', 1],
      ['city/north', 3],
      ['city/south', 1],
    ]);
    for (const { org, counts, all: whole } of lines) {
      expect(beneath(all, null, org)).toHaveLength(whole);
      for (const [kind, count] of Object.entries(counts))
        expect(beneath(all, kind as keyof typeof counts, org)).toHaveLength(count);
    }
  });

  it('are the server’s of a list of which not all is here, and never less than what is', () => {
    const none = { late: 0, risk: 0, returned: 0, reopened: 0, chased: 0, paused: 0 };
    const more = { ...none, unowned: 0, ordered: 0 };
    const north = { ...more, org: 'city/north', cases: 900, late: 700, unowned: 300 };
    const west = { ...more, org: 'city/west', cases: 2, risk: 2 };
    const lines = linesOf(all, { tasks: [north, west], loops: [] });
    expect(lines.map(({ org, all }) => [org, all])).toEqual([
      ['', 1],
      ['city/north', 901],
      ['city/south', 1],
      ['city/west', 2],
    ]);
    expect(lines[1]?.counts).toMatchObject({ late: 701, unowned: 300 });
    expect(linesOf(all, { tasks: [] })).toEqual(linesOf(all));
  });

  it('are narrowed to what lies below an organisation', () => {
    expect(beneath(all, null, null, 'city')).toHaveLength(4);
    expect(beneath(all, 'late', null, 'city/south')).toHaveLength(0);
  });

  it('put what is late the longest first, then what is owed, then the rest', () => {
    const sorted = [...all].sort((a, b) => urgencyOf(a) - urgencyOf(b));
    expect(sorted.map(({ number }) => number)).toEqual(['2', '1', '3', '2', '4']);
  });
});

describe('a loop', () => {
  it('is open while a stage of it is not over, or a clock runs or will go on', () => {
    const stage = (name: string) => [{ stage: name }] as LoopRow['stages'];
    const of = (stages: LoopRow['stages'], ...clocks: LoopClockRow[]) =>
      isLoopOpen({ ...loop(...clocks), stages });
    expect(of(stage('handle'))).toBe(true);
    expect(of(stage('concluded'))).toBe(false);
    expect(of(stage('merged'), run({ state: 'paused' }))).toBe(true);
    expect(of([], run({}))).toBe(true);
    expect(of([], run({ state: 'met' }))).toBe(false);
  });
});
