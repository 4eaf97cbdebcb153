import { expect, it } from 'vitest';
import type { TaskRow } from '../api/schema';
import { queuesOf, stands } from './station';

const [NOW, TOMORROW] = [1_000, 5_000];
const task = (more: Partial<TaskRow>): TaskRow =>
  ({ state: 'offered', team: '', due_ms: null, ...more }) as TaskRow;

it.each<[Partial<TaskRow>, string[]]>([
  [{}, ['waiting']],
  [{ due_ms: 900 }, ['late', 'waiting']],
  [{ due_ms: 4_999, state: 'in_progress' }, ['today', 'working']],
  [{ due_ms: 5_000, state: 'accepted' }, ['working']],
  [{ due_ms: 900, state: 'submitted' }, ['submitted']],
  [{ state: 'returned' }, ['returned']],
  [{ due_ms: 900, state: 'approved' }, []],
])('%o stands as %o', (more, found) => {
  expect(stands(task(more), NOW, TOMORROW)).toEqual(found);
});

it('counts what lies with each team, and with none', () => {
  const rows = [
    task({}),
    task({ team: 'case', due_ms: 900 }),
    task({ team: 'case', state: 'submitted' }),
    task({ team: 'community', state: 'withdrawn' }),
  ];
  const found = queuesOf(rows, NOW, TOMORROW);
  expect(found.map(({ team, all }) => [team, all])).toEqual([
    ['', 1],
    ['command', 0],
    ['community', 0],
    ['case', 2],
  ]);
  expect(found.at(-1)!.counts).toEqual({
    late: 1,
    today: 0,
    waiting: 1,
    working: 0,
    submitted: 1,
    returned: 0,
  });
});
