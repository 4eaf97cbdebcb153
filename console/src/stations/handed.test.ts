import { expect, it } from 'vitest';
import type { LoopRow, MatterRow, OrderRow, StationHandoverRow, TaskRow } from '../api/schema';
import { itemsOf, leftOf, othersOf, usualOwner, type Item, type Other } from './handed';

const [ORG, NOW, TOMORROW] = ['city/north', 1_000, 5_000];
const task = (id: string, more: Partial<TaskRow> = {}): TaskRow =>
  ({ id, number: id, org: ORG, state: 'accepted', owner: 'bo', due_ms: 900, ...more }) as TaskRow;
const loop = (id: string, due_ms: number | null, task_on: string | null = null): LoopRow =>
  ({
    id,
    number: id,
    org: ORG,
    task_on,
    clocks: [{ state: due_ms === null ? 'met' : 'running', due_ms }],
  }) as LoopRow;
const handover = (more: Partial<StationHandoverRow>): StationHandoverRow =>
  ({ items: [], confirmed: [], ...more }) as unknown as StationHandoverRow;

function items(
  tasks: TaskRow[],
  loops: LoopRow[] = [],
  of: StationHandoverRow | null = null,
  others: Other[] = [],
): ReturnType<typeof itemsOf> {
  return itemsOf(ORG, of, tasks, new Map(loops.map((one) => [one.id, one])), others, NOW, TOMORROW);
}

it('goes to who has it and still works there, else to the one who takes over', () => {
  const item = { owner: 'bo' } as Item;
  expect(usualOwner(item, 'me', ['bo', 'me'])).toBe('bo');
  expect(usualOwner(item, 'me', ['chen', 'me'])).toBe('me');
  expect(usualOwner({ ...item, owner: '' }, 'me', ['chen', 'me'])).toBe('me');
  expect(usualOwner(item, 'me', [])).toBe('bo'); // who works there isn't known yet
});

it('lists what is late or due today with the station itself, by times and by clocks', () => {
  const found = items(
    [
      task('late'),
      task('today', { due_ms: 4_999 }),
      task('tomorrow', { due_ms: 5_000 }),
      task('submitted', { state: 'submitted' }),
      task('elsewhere', { org: 'city' }),
      task('clock', { due_ms: null }),
    ],
    [loop('clock', 950, 'x'), loop('incident', 990), loop('met', null)],
  );
  expect(found.map(({ kind, item, late }) => [kind, item, late])).toEqual([
    ['task', 'late', true],
    ['task', 'clock', true],
    ['incident', 'incident', true],
    ['task', 'today', false],
  ]);
  expect(leftOf(found)).toBe(3);
});

it('needs an owner who is confirmed and still has it', () => {
  const of = handover({
    confirmed: [
      { kind: 'task', item: 'a', owner: 'bo' },
      { kind: 'task', item: 'b', owner: 'bo' },
      { kind: 'incident', item: 'c', owner: 'bo' },
    ],
  });
  const found = items([task('a'), task('b', { owner: '' })], [loop('c', 100)], of);
  expect(found.map(({ item, settled }) => [item, settled])).toEqual([
    ['c', true],
    ['a', true],
    ['b', false],
  ]);
  expect(leftOf(found)).toBe(1);
});

it('still shows what was done meanwhile, last', () => {
  const began = { kind: 'task' as const, id: 'a', number: 'a', due_ms: 1, late: true, owner: 'bo' };
  const found = items(
    [task('a', { state: 'submitted' }), task('b')],
    [],
    handover({ items: [began] }),
  );
  expect(found.map(({ item, over, settled }) => [item, over, settled])).toEqual([
    ['b', false, false],
    ['a', true, true],
  ]);
});

it('lists supervision orders that are owed and disputes of which something is', () => {
  const order = (id: string, state: string): OrderRow =>
    ({ id, org: ORG, number: id, state, due_ms: 900 }) as OrderRow;
  const matter = { id: 'm', org: ORG, numbers: ['7'], owner: 'bo', due_ms: 950 };
  const others = othersOf(
    [order('given', 'given'), order('answered', 'answered')],
    [matter as unknown as MatterRow],
  );
  expect(items([], [], null, others).map(({ kind, item, owner }) => [kind, item, owner])).toEqual([
    ['supervision_order', 'given', ''],
    ['matter', 'm', 'bo'],
  ]);
});
