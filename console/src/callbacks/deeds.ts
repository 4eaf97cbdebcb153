/** Doing something with a follow-up call, and how it is undone. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { CallBackRow } from '../api/schema';
import { t } from '../i18n';
import { people } from '../model/people.svelte';
import { router } from '../model/router.svelte';
import { session } from '../model/session.svelte';
import { callBacks } from './callbacks.svelte';
import type { Rating, Solved } from './words';

export type Verb =
  | 'call_back.claim'
  | 'call_back.release'
  | 'call_back.not_reached'
  | 'call_back.answer'
  | 'call_back.undo'
  | 'call_back.drop';
const OVER: readonly string[] = ['done', 'given_up', 'dropped'];

/** Why it can't be done; null when it can. */
export function whyNot(verb: Verb, row: CallBackRow): string | null {
  const isOver = OVER.includes(row.state);
  if (verb === 'call_back.undo') {
    if (!isOver) return t('why.callback_not_over');
    return row.then ? t('why.callback_acted_on') : null;
  }
  if (isOver) return t('why.callback_over');
  if (verb === 'call_back.drop') return row.by_hand ? null : t('why.callback_wanted');
  if (row.state === 'aside') return t('why.callback_aside');
  if (verb === 'call_back.release' && row.state !== 'taken') return t('why.callback_not_taken');
  if (verb === 'call_back.claim') {
    if (row.taken_by === callBacks.me) return t('why.callback_mine');
    if (session.member?.role === 'supervisor') return null;
  }
  const isOfAnother = row.state === 'taken' && row.taken_by !== callBacks.me;
  return isOfAnother ? t('why.callback_taken', { who: people.name(row.taken_by) }) : null;
}

/** Shows it where follow-up calls are listed. */
export function showCallBack(incident: string): void {
  callBacks.selected = incident;
  if (router.page !== '/callbacks') router.go('/callbacks');
}

const undo = (call_back: string) => () => void act('call_back.undo', { call_back });

export function offer(call_back: string, number: string): void {
  void act(
    'call_back.offer',
    { call_back },
    {
      done: () => t('did.callback_offer', { number }),
      undo: () => void act('call_back.drop', { call_back }),
    },
  );
}

export function claim({ id, number }: CallBackRow): void {
  void act(
    'call_back.claim',
    { call_back: id },
    {
      done: () => t('did.callback_claim', { number }),
      undo: () => void act('call_back.release', { call_back: id }),
    },
  );
}

export function release({ id, number }: CallBackRow): void {
  void act(
    'call_back.release',
    { call_back: id },
    { done: () => t('did.callback_release', { number }) },
  );
}

export function notReached({ id, number, attempts }: CallBackRow): void {
  void act(
    'call_back.not_reached',
    { call_back: id },
    { done: () => t('did.callback_not_reached', { number, count: attempts + 1 }) },
  );
}

export function drop({ id, number }: CallBackRow): void {
  void act(
    'call_back.drop',
    { call_back: id },
    { done: () => t('did.callback_drop', { number }), undo: undo(id) },
  );
}

export function takeBack({ id, number }: CallBackRow): void {
  void act('call_back.undo', { call_back: id }, { done: () => t('did.callback_undo', { number }) });
}

/** What the caller said; `then` is what follows, with what that needs. */
export interface Answer {
  attitude: Rating;
  speed: Rating;
  result: Rating;
  solved: Solved;
  comment: string;
  then: '' | 'reopen' | 'task';
  reason: string;
  org: string;
  text: string;
}

const DID = {
  '': 'did.callback_answer',
  reopen: 'did.callback_answer_reopen',
  task: 'did.callback_answer_task',
} as const;

export function isDissatisfied(said: Pick<Answer, 'attitude' | 'speed' | 'result' | 'solved'>) {
  return said.solved === 'not_solved' || [said.attitude, said.speed, said.result].includes('poor');
}

export function answer({ id, number }: CallBackRow, said: Answer): ReturnType<typeof act> {
  const { attitude, speed, result, solved, comment, then } = said;
  const needed =
    then === 'reopen'
      ? { then, reason: said.reason }
      : then === 'task'
        ? { then, task: uuid7(), org: said.org, text: said.text }
        : {};
  return act(
    'call_back.answer',
    { call_back: id, attitude, speed, result, solved, comment, ...needed },
    {
      done: () => t(DID[then], { number }),
      ...(then ? {} : { undo: undo(id) }),
    },
  );
}
