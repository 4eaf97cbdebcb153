/** Doing something with a supervision order, and how it is undone. */
import { act } from '../actions/act';
import { inTurn } from '../actions/inTurn';
import { uuid7 } from '../actions/uuid7';
import type { OrderRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { t, type MessageKey } from '../i18n';
import { session } from '../model/session.svelte';
import { sayOrg, sayReason, type Team } from '../tasks/words';
import { nextOf, whyNotOrder, type OrderVerb } from './can';
import { orders } from './orders.svelte';
import { showOrder } from './show';

/** Why not, in words. */
export function sayWhyNot(verb: OrderVerb, row: OrderRow): string | null {
  const why = whyNotOrder(verb, row, orders.me);
  return why && t(why, { org: sayOrg(row.org) });
}

/** What is said of an order that is given; what is left out is usual. */
export interface Order {
  org: string;
  text: string;
  task?: string | null;
  level?: number;
  due_ms?: number | null;
  team?: Team;
  owner?: string;
}

export function giveOrder(incident: IncidentRow, said: Order): ReturnType<typeof act> {
  const supervision_order = uuid7();
  return act(
    'supervision_order.give',
    {
      supervision_order,
      incident: incident.id,
      org: said.org,
      text: said.text,
      task: said.task ?? null,
      priority: said.level ?? incident.priority,
      due_ms: said.due_ms ?? null,
      team: said.team ?? '',
      owner: said.owner ?? '',
    },
    {
      done: () => t('did.order_give', { number: incident.number, to: sayOrg(said.org) }),
      undo: () => void act('supervision_order.withdraw', { supervision_order }),
    },
  );
}

type PlainVerb = Exclude<OrderVerb, 'supervision_order.answer' | 'supervision_order.send_back'>;

/** Of which nothing more is said; `back` undoes it. */
function simply(verb: PlainVerb, did: MessageKey, back?: PlainVerb) {
  return (row: OrderRow): ReturnType<typeof act> => {
    const of = { supervision_order: row.id };
    return act(verb, of, {
      done: () => t(did, { number: row.number, org: sayOrg(row.org) }),
      ...(back && { undo: () => void act(back, of) }),
    });
  };
}

export const acknowledgeOrder = simply(
  'supervision_order.acknowledge',
  'did.order_acknowledge',
  'supervision_order.undo_acknowledgement',
);
export const undoAcknowledgement = simply(
  'supervision_order.undo_acknowledgement',
  'did.order_undo_acknowledgement',
  'supervision_order.acknowledge',
);
export const takeAnswerBack = simply(
  'supervision_order.take_answer_back',
  'did.order_take_answer_back',
);
export const acceptAnswer = simply(
  'supervision_order.accept',
  'did.order_accept',
  'supervision_order.undo_acceptance',
);
export const undoAcceptance = simply(
  'supervision_order.undo_acceptance',
  'did.order_undo_acceptance',
  'supervision_order.accept',
);
export const withdrawOrder = simply(
  'supervision_order.withdraw',
  'did.order_withdraw',
  'supervision_order.restore',
);
export const restoreOrder = simply(
  'supervision_order.restore',
  'did.order_restore',
  'supervision_order.withdraw',
);
export const remindOfOrder = simply('supervision_order.remind', 'did.order_remind');

export function answerOrder(row: OrderRow, text: string): ReturnType<typeof act> {
  const of = { supervision_order: row.id };
  return act(
    'supervision_order.answer',
    { ...of, text },
    {
      done: () => t('did.order_answer', { number: row.number }),
      undo: () => void act('supervision_order.take_answer_back', of),
    },
  );
}

/** Another answer is wanted: by the old time, or by a new one. */
export function sendAnswerBack(
  row: OrderRow,
  said: { reason: string; text?: string; due_ms?: number | null },
): ReturnType<typeof act> {
  const { reason, text = '', due_ms = null } = said;
  return act(
    'supervision_order.send_back',
    { supervision_order: row.id, reason, text, due_ms },
    {
      done: () =>
        t('did.order_send_back', { number: row.number, reason: reason ? sayReason(reason) : '–' }),
    },
  );
}

/** The next step with an order: done at once, or where its words are to be written. */
export function takeNextStep(row: OrderRow): void {
  inTurn(row.id, { row: () => orders.get(row.id) ?? row, take });
}

function take(row: OrderRow): ReturnType<typeof act> | void {
  switch (nextOf(row, orders.me, (verb) => session.may(verb))) {
    case 'supervision_order.acknowledge':
      return acknowledgeOrder(row);
    case 'supervision_order.accept':
      return acceptAnswer(row);
    case 'supervision_order.answer':
      showOrder(row.id);
      orders.asked = { id: row.id, part: 'answer' };
  }
}
