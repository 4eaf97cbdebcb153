import { describe, expect, it } from 'vitest';
import type { TaskRow } from '../api/schema';
import { isLate, nextStep, urgency, whyNotTask, within, type Me, type TaskVerb } from './can';

const NORTH = 'city/north';
const BO: Me = { id: 'bo', limit: NORTH };
const CHIEF: Me = { id: 'dai', limit: NORTH };
const DESK: Me = { id: 'anna', limit: '' };
const may = () => true;
const RETURNED = 'why.task.returned_by_another';
const BEGUN: Partial<TaskRow> = { state: 'in_progress', owner: 'bo' };

const task = (more: Partial<TaskRow> = {}): TaskRow =>
  ({
    state: 'offered',
    org: NORTH,
    owner: '',
    from_org: '',
    first_org: '',
    submitted_by: '',
    returned_by: '',
    ticked: [],
    due_ms: null,
    since_ms: 0,
    priority: 3,
    ...more,
  }) as TaskRow;

describe('what can be done with a task', () => {
  it.each<[TaskVerb, Partial<TaskRow>, Me, string | null]>([
    ['task.accept', {}, BO, null],
    ['task.accept', { owner: 'chen' }, BO, 'why.task.of_another'],
    ['task.accept', { state: 'accepted', owner: 'chen' }, BO, 'why.task.accepted'],
    ['task.accept', { org: 'city/south' }, BO, 'why.task.other_org'],
    ['task.start', { state: 'accepted', owner: 'bo' }, BO, null],
    ['task.start', { state: 'accepted', owner: 'chen' }, BO, 'why.task.of_another'],
    ['task.submit', { state: 'offered' }, BO, 'why.task.offered'],
    ['task.return', { state: 'offered' }, CHIEF, null],
    ['task.return', { state: 'in_progress', owner: 'bo' }, CHIEF, 'why.task.of_another'],
    ['task.return', { state: 'returned', from_org: null }, CHIEF, 'why.task.nobody'],
    ['task.undo_return', { state: 'returned', returned_by: 'bo' }, BO, null],
    ['task.undo_return', { state: 'returned', returned_by: 'bo' }, CHIEF, RETURNED],
    ['task.undo_return', { state: 'offered' }, BO, 'why.task.offered'],
    ['task.undo_start', { state: 'in_progress', owner: 'bo' }, BO, null],
    ['task.undo_start', { state: 'in_progress', owner: 'bo' }, CHIEF, 'why.task.of_another'],
    ['task.undo_start', { ...BEGUN, ticked: ['a'] }, BO, 'why.task.recorded'],
    ['task.undo_start', { ...BEGUN, submitted_by: 'bo' }, BO, 'why.task.recorded'],
    ['task.approve', { state: 'submitted', submitted_by: 'bo' }, BO, 'why.task.own'],
    ['task.approve', { state: 'submitted', submitted_by: 'bo' }, CHIEF, null],
    ['task.withdraw', {}, CHIEF, 'why.task.other_org'],
    ['task.withdraw', { first_org: NORTH }, CHIEF, null],
    ['task.withdraw', { state: 'approved' }, DESK, 'why.task.approved'],
    ['task.reassign', { state: 'withdrawn' }, DESK, null],
    ['task.add_note', { state: 'withdrawn' }, DESK, null],
  ])('%s of %o', (verb, more, me, why) => {
    expect(whyNotTask(verb, task(more), me)).toBe(why);
  });

  it('knows what comes next', () => {
    const next = (more: Partial<TaskRow>, me = BO) => nextStep(task(more), me, may);
    expect(next({})).toBe('task.accept');
    expect(next({ state: 'accepted', owner: 'bo' })).toBe('task.start');
    expect(next({ state: 'in_progress', owner: 'bo' })).toBe('task.submit');
    expect(next({ state: 'submitted', owner: 'bo', submitted_by: 'bo' })).toBeNull();
    expect(next({ state: 'submitted', owner: 'bo', submitted_by: 'bo' }, CHIEF)).toBe(
      'task.approve',
    );
    expect(nextStep(task(), BO, () => false)).toBeNull();
  });
});

it('is late from its time on, until it is submitted', () => {
  expect(isLate(task({ due_ms: 5 }), 5)).toBe(true);
  expect(isLate(task({ due_ms: 5 }), 4)).toBe(false);
  expect(isLate(task({ due_ms: 5, state: 'submitted' }), 9)).toBe(false);
});

it('puts the longest late one on top, and what is over last', () => {
  const [now, day] = [10 * 86_400_000, 86_400_000];
  const rows = [
    task({ id: 'over', state: 'approved', due_ms: 1 }),
    task({ id: 'soon', due_ms: now + day, priority: 3 }),
    task({ id: 'urgent', due_ms: now + day, priority: 1 }),
    task({ id: 'late', due_ms: now - 1 }),
    task({ id: 'later', due_ms: now - day }),
  ];
  rows.sort((a, b) => urgency(a, now) - urgency(b, now));
  expect(rows.map(({ id }) => id)).toEqual(['later', 'late', 'urgent', 'soon', 'over']);
});

it('knows what lies below an organisation', () => {
  expect([within('a/b', 'a'), within('ab', 'a'), within('a', ''), within('', 'a')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
