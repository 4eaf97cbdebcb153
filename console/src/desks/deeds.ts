/** Doing something with a request to a specialist desk, and how it is undone. */
import { act } from '../actions/act';
import { inTurn } from '../actions/inTurn';
import { uuid7 } from '../actions/uuid7';
import type { DeskRequestRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t, type MessageKey } from '../i18n';
import { people } from '../model/people.svelte';
import { session } from '../model/session.svelte';
import { sayReason } from '../tasks/words';
import { nextStep, whyNotRequest, type RequestVerb } from './can';
import { desks } from './desks.svelte';
import { showRequest } from './show';
import { sayDesk, sayOffer } from './words';

/** Why not, in words that name who has it. */
export function sayWhyNot(verb: RequestVerb, row: DeskRequestRow): string | null {
  const why = whyNotRequest(verb, row, desks.me);
  return why && t(why, { owner: people.name(row.owner) || sayDesk(row.desk) });
}

export interface Asking {
  desk: string;
  offer: string;
  text: string;
  skill?: string;
  level?: number;
  queue?: boolean;
  task?: string | null;
}

/** Asks a desk about an incident, and how to take it back. */
export async function askDesk(incident: IncidentRow, said: Asking): ReturnType<typeof act> {
  const desk_request = uuid7();
  const result = await act(
    'desk_request.ask',
    {
      desk_request,
      incident: incident.id,
      desk: said.desk,
      offer: said.offer,
      text: said.text,
      skill: said.skill ?? '',
      priority: said.level ?? incident.priority,
      queue: said.queue ?? false,
      task: said.task ?? null,
    },
    {
      done: () => t('did.request_ask', { number: incident.number, desk: sayDesk(said.desk) }),
      ...(session.may('desk_request.withdraw') && {
        undo: () => void act('desk_request.withdraw', { desk_request }),
      }),
    },
  );
  void desks.look();
  return result;
}

const said = (row: DeskRequestRow) => ({ number: row.number, what: sayOffer(row) });

function simply(verb: Simple, did: MessageKey, back?: Simple) {
  return (row: DeskRequestRow): ReturnType<typeof act> => {
    const own = { desk_request: row.id };
    const undo = back && { undo: () => void act(back, own) };
    return act(verb, own, { done: () => t(did, said(row)), ...undo });
  };
}
type Simple = RequestVerb &
  (
    | 'desk_request.accept'
    | 'desk_request.release'
    | 'desk_request.start'
    | 'desk_request.confirm'
    | 'desk_request.undo_confirmation'
    | 'desk_request.undo_return'
    | 'desk_request.withdraw'
    | 'desk_request.remind'
  );

export const acceptRequest = simply(
  'desk_request.accept',
  'did.request_accept',
  'desk_request.release',
);
export const releaseRequest = simply('desk_request.release', 'did.request_release');
export const startRequest = simply('desk_request.start', 'did.request_start');
export const confirmRequest = simply(
  'desk_request.confirm',
  'did.request_confirm',
  'desk_request.undo_confirmation',
);
export const undoConfirmation = simply(
  'desk_request.undo_confirmation',
  'did.request_undo_confirmation',
);
export const undoReturn = simply('desk_request.undo_return', 'did.request_undo_return');
export const remindDesk = simply('desk_request.remind', 'did.request_remind');

/** No longer wanted; undone, it is asked once more and waits if it must. */
export function withdrawRequest(row: DeskRequestRow): void {
  const own = { desk_request: row.id };
  void act('desk_request.withdraw', own, {
    done: () => t('did.request_withdraw', said(row)),
    undo: () => void act('desk_request.ask_again', { ...own, queue: true }),
  });
}

/** Asks once more; where the desk is closed or full, the request waits. */
export function askAgain(row: DeskRequestRow): void {
  const own = { desk_request: row.id };
  void act(
    'desk_request.ask_again',
    { ...own, queue: true },
    {
      done: () => t('did.request_ask', { number: row.number, desk: sayDesk(row.desk) }),
      undo: () => void act('desk_request.withdraw', own),
    },
  );
}

export function finishRequest(row: DeskRequestRow, text: string): ReturnType<typeof act> {
  const own = { desk_request: row.id };
  return act(
    'desk_request.finish',
    { ...own, text },
    {
      done: () => t('did.request_finish', said(row)),
      undo: () => void act('desk_request.start', own),
    },
  );
}

export function noteRequest(row: DeskRequestRow, text: string): ReturnType<typeof act> {
  return act(
    'desk_request.add_note',
    { desk_request: row.id, note: uuid7(), text },
    { done: () => t('did.request_note', said(row)) },
  );
}

export function giveBack(
  verb: 'desk_request.return' | 'desk_request.send_back',
  row: DeskRequestRow,
  reason: string,
): void {
  const key = verb === 'desk_request.return' ? 'did.request_return' : 'did.request_send_back';
  void act(
    verb,
    { desk_request: row.id, reason },
    {
      done: () => t(key, { ...said(row), reason: sayReason(reason) }),
      ...(verb === 'desk_request.return' && {
        undo: () => void act('desk_request.undo_return', { desk_request: row.id }),
      }),
    },
  );
}

/** The next step with a request: done at once, or where its words are to be written. */
export function takeNextStep(row: DeskRequestRow): void {
  inTurn(row.id, { row: () => desks.get(row.id) ?? row, take });
}

function take(row: DeskRequestRow): ReturnType<typeof act> | void {
  switch (nextStep(row, desks.me, (verb) => session.may(verb))) {
    case 'desk_request.accept':
      return acceptRequest(row);
    case 'desk_request.start':
      return startRequest(row);
    case 'desk_request.confirm':
      return confirmRequest(row);
    case 'desk_request.finish':
      showRequest(row.id);
      desks.asked = row.id;
  }
}
