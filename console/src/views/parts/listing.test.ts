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
