/** Doing something with a task, and how it is undone. */
import { act } from '../actions/act';
import { inTurn } from '../actions/inTurn';
import { uuid7 } from '../actions/uuid7';
import type { TaskRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t, type MessageKey } from '../i18n';
import { people } from '../model/people.svelte';
import { session } from '../model/session.svelte';
import { nextStep, whyNotTask, type TaskVerb } from './can';
import { showTask } from './show';
import { stepsIn } from './slots';
import { tasks } from './tasks.svelte';
import { sayKind, sayOrg, sayReason, type Kind, type Team } from './words';

/** Why not, in words that name who has it. */
export function sayWhyNot(verb: TaskVerb, row: TaskRow): string | null {
  const why = whyNotTask(verb, row, tasks.me);
  return why && t(why, { owner: people.name(row.owner) || sayOrg(row.org) });
}

/** What is said of a task that is offered; what is left out is usual. */
export interface Offer {
  kind: Kind;
  org: string;
  text: string;
  team?: Team;
  owner?: string;
  level?: number;
  due_ms?: number | null;
}

/** Offers a task on an incident, and how to take it back. Steps follow two slashes in the text. */
export function offerTask(incident: IncidentRow, said: Offer): ReturnType<typeof act> {
  const task = uuid7();
  const { text, steps } = stepsIn(said.text);
  return act(
    'task.offer',
    {
      task,
      incident: incident.id,
      kind: said.kind,
      org: said.org,
      text,
      team: said.team ?? '',
      owner: said.owner ?? '',
      priority: said.level ?? incident.priority,
      due_ms: said.due_ms ?? null,
      steps: steps.map((one) => ({ step: uuid7(), text: one })),
    },
    {
      done: () => t('did.task_offer', { number: incident.number, to: sayOrg(said.org) }),
      ...(session.may('task.withdraw') && { undo: () => void act('task.withdraw', { task }) }),
    },
  );
}

/** Whom a task goes to where nobody says: who looks after the incident; at a station, the station. */
export function usualOrg(incident: IncidentRow): string {
  return incident.org || tasks.me.limit;
}

const said = (row: TaskRow) => ({ number: row.number, kind: sayKind(row) });

export function acceptTask(row: TaskRow): ReturnType<typeof act> {
  return act(
    'task.accept',
    { task: row.id },
    {
      done: () => t('did.task_accept', said(row)),
      undo: () => void act('task.release', { task: row.id }),
    },
  );
}

export function startTask(row: TaskRow): ReturnType<typeof act> {
  return act(
    'task.start',
    { task: row.id },
    {
      done: () => t('did.task_start', said(row)),
      // What is taken back from approval was begun before.
      ...(row.state === 'accepted' && {
        undo: () => void act('task.undo_start', { task: row.id }),
      }),
    },
  );
}

export function submitTask(row: TaskRow, text: string): ReturnType<typeof act> {
  return act(
    'task.submit',
    { task: row.id, text },
    {
      done: () => t('did.task_submit', said(row)),
      undo: () => void act('task.start', { task: row.id }),
    },
  );
}

export function noteTask(row: TaskRow, text: string): ReturnType<typeof act> {
  return act(
    'task.add_note',
    { task: row.id, note: uuid7(), text },
    { done: () => t('did.task_note', said(row)) },
  );
}

export function approveTask(row: TaskRow): ReturnType<typeof act> {
  return act(
    'task.approve',
    { task: row.id },
    {
      done: () => t('did.task_approve', said(row)),
      undo: () => void act('task.undo_approval', { task: row.id }),
    },
  );
}

export async function giveBack(
  verb: 'task.return' | 'task.send_back',
  row: TaskRow,
  reason: string,
): Promise<void> {
  const key = verb === 'task.return' ? 'did.task_return' : 'did.task_send_back';
  const result = await act(
    verb,
    { task: row.id, reason },
    {
      done: () => t(key, { ...said(row), reason: sayReason(reason) }),
      ...(verb === 'task.return' && {
        undo: () => void act('task.undo_return', { task: row.id }),
      }),
    },
  );
  if (result.ok && verb === 'task.return') tasks.remember(row);
}

/** Gives it to another; undone, it goes back to whom it was with. */
export function reassignTask(row: TaskRow, to: { org: string; team: Team; owner: string }): void {
  const { org: before, team: team_before, owner: owner_before } = row;
  const back = { task: row.id, org: before, team: team_before, owner: owner_before };
  void act(
    'task.reassign',
    { task: row.id, ...to },
    {
      done: () =>
        t('did.task_reassign', { ...said(row), to: people.name(to.owner) || sayOrg(to.org) }),
      ...(before && { undo: () => void act('task.reassign', back) }),
    },
  );
}

export function withdrawTask(row: TaskRow): void {
  const { id, org: before, team: team_before, owner: owner_before } = row;
  const back = { task: id, org: before, team: team_before, owner: owner_before };
  void act(
    'task.withdraw',
    { task: id },
    {
      done: () => t('did.task_withdraw', said(row)),
      ...(before && { undo: () => void act('task.reassign', back) }),
    },
  );
}

type Simple =
  'task.release' | 'task.remind' | 'task.undo_approval' | 'task.undo_return' | 'task.undo_start';

function simply(verb: Simple, did: MessageKey) {
  return (row: TaskRow): void =>
    void act(verb, { task: row.id }, { done: () => t(did, said(row)) });
}

export const releaseTask = simply('task.release', 'did.task_release');
export const remindTask = simply('task.remind', 'did.task_remind');
export const undoTaskReturn = simply('task.undo_return', 'did.task_undo_return');
export const undoTaskStart = simply('task.undo_start', 'did.task_undo_start');
export const undoTaskApproval = simply('task.undo_approval', 'did.task_undo_approval');

/** The next step with a task: done at once, or where its words are to be written. */
export function takeNextStep(row: TaskRow): void {
  inTurn(row.id, { row: () => tasks.get(row.id) ?? row, take });
}

function take(row: TaskRow): ReturnType<typeof act> | void {
  switch (nextStep(row, tasks.me, (verb) => session.may(verb))) {
    case 'task.accept':
      return acceptTask(row);
    case 'task.start':
      return startTask(row);
    case 'task.approve':
      return approveTask(row);
    case 'task.submit':
      showTask(row.id);
      tasks.asked = { id: row.id, part: 'submit' };
  }
}
