/** Splitting and joining tasks, and having one wanted by another time; each can be undone. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { TaskRow } from '../api/schema';
import { t } from '../i18n';
import { sayKind, type Team } from './words';

const said = (row: TaskRow) => ({ number: row.number, kind: sayKind(row) });

export interface Part {
  org: string;
  team: Team;
  text: string;
}

/** Undone, the parts are joined into the whole again: what was noted there meanwhile stays readable. */
export function splitTask(row: TaskRow, parts: readonly Part[]): void {
  const offered = parts.map((one) => ({ task: uuid7(), owner: '', ...one }));
  void act(
    'task.split',
    { task: row.id, parts: offered },
    {
      done: () => t('did.task_split', { ...said(row), count: parts.length }),
      undo: () => {
        for (const { task } of offered) void act('task.join', { task, into: row.id });
      },
    },
  );
}

export function joinTask(row: TaskRow, into: TaskRow): void {
  void act(
    'task.join',
    { task: row.id, into: into.id },
    {
      done: () => t('did.task_join', { ...said(row), into: sayKind(into) }),
      undo: () => undoJoin(row),
    },
  );
}

export function undoJoin(row: TaskRow): void {
  void act('task.undo_join', { task: row.id }, { done: () => t('did.task_undo_join', said(row)) });
}

export function changeDue(row: TaskRow, due_ms: number | null, reason: string): void {
  const before = row.due_ms;
  void act(
    'task.change_due',
    { task: row.id, due_ms, reason },
    {
      done: () => t('did.task_due', said(row)),
      // What is past by now can't be wanted again.
      undo: () => void act('task.change_due', { task: row.id, due_ms: before, reason }),
    },
  );
}
