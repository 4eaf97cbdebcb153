import { describe, expect, it } from 'vitest';
import { arranged, inSight, Listing, type Column } from './listing.svelte';

interface Row {
  id: string;
  name: string;
  due: number;
}
const rows: Row[] = [
  { id: '1', name: 'Bridge lift', due: 30 },
  { id: '2', name: 'Channel 2 is down', due: 10 },
  { id: '3', name: 'Bridge is open again', due: 20 },
];
const columns: Column<Row>[] = [
  { key: 'name', label: 'Name', text: (row) => row.name },
  { key: 'due', label: 'Due', text: (row) => `${row.due} min`, sort: (row) => row.due },
];
const ids = (found: Row[]) => found.map((row) => row.id).join('');

describe('a list', () => {
  it('is as it came until it is sorted, and sorts numbers as numbers', () => {
    expect(ids(arranged(rows, columns, '', null))).toBe('123');
    expect(ids(arranged(rows, columns, '', { key: 'due', down: false }))).toBe('231');
    expect(ids(arranged(rows, columns, '', { key: 'due', down: true }))).toBe('132');
    expect(ids(arranged(rows, columns, '', { key: 'name', down: false }))).toBe('312');
  });

  it('shows what holds every word of the filter, wherever it stands', () => {
    expect(ids(arranged(rows, columns, 'BRIDGE', null))).toBe('13');
    expect(ids(arranged(rows, columns, 'bridge 20', null))).toBe('3');
    expect(ids(arranged(rows, columns, 'ferry', null))).toBe('');
  });

  it('draws what is in sight, however long it is', () => {
    expect(inSight(8000, 30, 30_000, 600)).toEqual({ from: 992, to: 1028 });
    expect(inSight(3, 30, 0, 600)).toEqual({ from: 0, to: 3 });
    expect(inSight(3, 30, 9_000, 600)).toEqual({ from: 3, to: 3 });
  });

  it('sorts the other way the second time, and remembers its filter', () => {
    const list = new Listing('test');
    list.sortBy('due');
    list.sortBy('due');
    expect(list.sorting).toEqual({ key: 'due', down: true });
    list.filterBy('bridge');
    expect(new Listing('test').filter).toBe('bridge');
  });
});

describe('ten thousand rows', () => {
  const many = Array.from({ length: 10_000 }, (_, n): Row => {
    const kind = n % 100 ? '社区巡查' : 'Bridge';
    return { id: String(n), name: `${kind} ${n}`, due: (n * 7919) % 10_000 };
  });

  it('are sorted by any column, ties in their order, and lose none', () => {
    const sorted = arranged(many, columns, '', { key: 'due', down: true });
    expect(sorted).toHaveLength(10_000);
    expect(sorted.every((row, n) => n === 0 || sorted[n - 1]!.due >= row.due)).toBe(true);
    expect(new Set(sorted).size).toBe(10_000);
  });

  it('are filtered by words of either language', () => {
    expect(arranged(many, columns, 'bridge', null)).toHaveLength(100);
    expect(arranged(many, columns, '社区 9999', null).map(({ id }) => id)).toEqual([
      '2321',
      '9999',
    ]); // one is due then
  });

  it('draw as many as twenty do', () => {
    const drawn = inSight(many.length, 40, 40 * 9_990, 400);
    expect(drawn).toEqual({ from: 9_982, to: 10_000 });
  });
});
