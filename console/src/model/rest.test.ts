import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Rows } from '../api/types';
import { board } from './board.svelte';
import { lately_ms, rest, sumOf } from './rest.svelte';

const asked: string[] = [];
let answers: Record<string, unknown> = {};

vi.mock('../api/client', () => ({
  get: (path: string, given: { params: { query?: object } }) => {
    asked.push(`${path} ${JSON.stringify(given.params.query ?? {})}`);
    const value = answers[path];
    return Promise.resolve(value ? { ok: true, value } : { ok: false });
  },
}));

const rows = (lists: object = {}): Rows =>
  ({
    ...{ position: 1, server_time_ms: 1, calls: [], incidents: [], units: [], gone: [], of: {} },
    ...lists,
  }) as unknown as Rows;
const task = (id: string) => ({ id, position: 1 });

describe('the rest of a list', () => {
  beforeEach(() => {
    asked.length = 0;
    answers = {};
  });
  afterEach(() => board.clear());

  it('is not asked about where the board holds all', async () => {
    board.load(rows({ tasks: [task('a')] }));
    await rest.about('x');
    await rest.find('FIND 4829-3174');
    expect(rest.of('tasks')).toBeNull();
    expect(rest.counts('tasks', 1)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('comes by the page, each page once, until the end', async () => {
    board.load(rows({ tasks: [task('a')], of: { tasks: 3 } }));
    const query = { org: 'city/one' };
    answers['/api/lists/{name}'] = { rows: rows({ tasks: [task('b')] }), next: '5/b' };
    await Promise.all([rest.more('tasks', query), rest.more('tasks', query)]);
    expect(asked).toEqual(['/api/lists/{name} {"org":"city/one","after":""}']);
    answers['/api/lists/{name}'] = { rows: rows({ tasks: [task('c')] }), next: null };
    await rest.more('tasks', query);
    await rest.more('tasks', query);
    expect(asked.slice(1)).toEqual(['/api/lists/{name} {"org":"city/one","after":"5/b"}']);
    expect([...board.table('tasks').keys()]).toEqual(['a', 'b', 'c']);
    expect(rest.of('tasks')).toBe(3);
  });

  it('begins anew with a board that was loaded anew, and when a page fails', async () => {
    board.load(rows({ of: { tasks: 3 } }));
    answers['/api/lists/{name}'] = { rows: rows(), next: null };
    await rest.more('tasks', {});
    board.load(rows({ of: { tasks: 3 } }));
    answers = {};
    await rest.more('tasks', {});
    await rest.more('tasks', {});
    expect(asked).toHaveLength(3);
  });

  it('is found by number, or the end of it, when the board has no such', async () => {
    board.load(rows({ of: { incidents: 9 } }));
    answers['/api/find'] = {
      incidents: [{ id: 'x', number: '4829-3174', position: 1 }],
      units: [],
    };
    await rest.find('FIND 482');
    await rest.find('NOTE 3174 the door');
    await rest.find('FIND 4829-3174');
    expect(asked).toEqual(['/api/find {"q":"3174"}']);
    expect(board.incidents.has('x')).toBe(true);
  });

  it('says what is to be watched where the board holds only some, asked now and then', async () => {
    board.load(rows({ of: { tasks: 3 } }));
    const groups = [{ org: 'a', cases: 5, late: 2 }];
    answers['/api/lists/{name}/watched'] = { server_time_ms: 1, groups };
    expect(rest.watched('orders' as never, 1e9)).toBeNull();
    expect(rest.watched('tasks', 1e9)).toBeNull();
    await Promise.resolve().then(() => Promise.resolve());
    expect(rest.watched('tasks', 1e9 + 29_000)).toEqual(groups);
    expect(asked).toHaveLength(1);
    rest.watched('tasks', 1e9 + 31_000);
    await Promise.resolve();
    expect(asked).toHaveLength(2);
  });

  it('is counted by groups', () => {
    const groups = [
      { org: 'a', team: '', state: 'offered', count: 5, late: 2 },
      { org: 'b', team: '', state: 'offered', count: 7, late: 0 },
    ];
    expect(sumOf(groups)).toEqual({ all: 12, late: 2 });
    expect(sumOf(groups, ({ org }) => org === 'b')).toEqual({ all: 7, late: 0 });
    expect(lately_ms(600_001)).toBe(1_200_000);
  });
});
