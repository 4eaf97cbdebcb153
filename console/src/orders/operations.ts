/** What can be done with supervision orders. */
import type { OrderRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import { session } from '../model/session.svelte';
import type { Named as Org } from '../notices/slots';
import { notOpen } from '../operations/notOpen';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { because, due, level, org, owner, reasons, team } from '../tasks/said';
import { usualOrg } from '../tasks/deeds';
import { sayOrg, type Team } from '../tasks/words';
import { readNumbered } from '../tasks/slots';
import { whyNotOrder, type OrderVerb } from './can';
import {
  acceptAnswer,
  acknowledgeOrder,
  answerOrder,
  giveOrder,
  remindOfOrder,
  restoreOrder,
  sayWhyNot,
  sendAnswerBack,
  takeAnswerBack,
  undoAcceptance,
  undoAcknowledgement,
  withdrawOrder,
} from './deeds';
import { orders } from './orders.svelte';
import { showOrder } from './show';

export const give: Operation = {
  id: 'supervision_order.give',
  label: 'op.order_give',
  also: ['order.give'],
  group: 'order',
  words: ['ORDER', '督办', '下达督办'],
  takes: ['incident', org, team, owner, due, level, 'text'],
  asks: 'order.asks',
  verb: 'supervision_order.give',
  disabledBecause: (subject) =>
    notOpen(subject) ??
    (subject.incident && !subject.own['org'] && !usualOrg(subject.incident)
      ? t('why.order.no_org')
      : null),
  run: ({ incident, own, text }) =>
    void giveOrder(incident!, {
      org: (own['org'] as Org | undefined)?.path ?? usualOrg(incident!),
      text,
      ...(own['level'] !== undefined && { level: own['level'] as number }),
      due_ms: (own['due'] as number | undefined) ?? null,
      ...(own['team'] !== undefined && { team: own['team'] as Team }),
      ...(own['owner'] !== undefined && { owner: own['owner'] as string }),
    }),
};

/** The orders on an incident's number; left out: the one that is shown. */
const which: OwnSlot<string[]> = {
  name: 'order',
  read: (words) => readNumbered(words, orders.all),
  say: (ids) => ids.map((id) => orders.get(id)?.number ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () => orders.open.map((row) => ({ word: row.number, says: sayOrg(row.org) })),
};

function meant({ own }: Subject): OrderRow[] {
  const ids = (own['order'] as string[] | undefined) ?? [orders.selected ?? ''];
  return ids.flatMap((id) => orders.get(id) ?? []);
}

const can = (verb: OrderVerb, subject: Subject): OrderRow[] =>
  meant(subject).filter((row) => whyNotOrder(verb, row, orders.me) === null);

function notOne(verb: OrderVerb, subject: Subject): string | null {
  const rows = meant(subject);
  if (!rows.length) return t('why.order.none');
  const { length } = can(verb, subject);
  if (length === 1) return null;
  return length ? t('why.order.which') : sayWhyNot(verb, rows[0]!);
}

/** An operation on one order, with what it takes besides. */
function on(
  verb: OrderVerb,
  label: MessageKey,
  words: readonly string[],
  run: (row: OrderRow, subject: Subject) => void,
  more: Partial<Pick<Operation, 'takes' | 'asks' | 'disabledBecause'>> = {},
): Operation {
  return {
    id: verb,
    label,
    group: 'order',
    words,
    verb,
    ...more,
    takes: [which, ...(more.takes ?? [])],
    disabledBecause: (subject) => notOne(verb, subject) ?? more.disabledBecause?.(subject) ?? null,
    run: (subject) => run(can(verb, subject)[0]!, subject),
  };
}

const reasonOf = ({ own }: Subject): string | null =>
  (own['reason'] as string | undefined) ?? (reasons().length ? null : '');

export const operations: readonly Operation[] = [
  give,
  on(
    'supervision_order.acknowledge',
    'op.order_acknowledge',
    ['RECEIVE', '签收督办'],
    acknowledgeOrder,
  ),
  on(
    'supervision_order.answer',
    'op.order_answer',
    ['ANSWER', '答复督办'],
    (row, { text }) => void answerOrder(row, text),
    { takes: ['text'], asks: 'order.asks_answer' },
  ),
  on('supervision_order.accept', 'op.order_accept', ['AGREE', '认可答复'], acceptAnswer),
  on(
    'supervision_order.send_back',
    'op.order_send_back',
    ['ASKAGAIN', '退回答复'],
    (row, subject) =>
      void sendAnswerBack(row, {
        reason: reasonOf(subject)!,
        text: subject.text,
        due_ms: (subject.own['due'] as number | undefined) ?? null,
      }),
    {
      takes: [because, due, 'text?'],
      disabledBecause: (subject) => (reasonOf(subject) === null ? t('why.task.reason') : null),
    },
  ),
  on('supervision_order.remind', 'op.order_remind', ['HURRY', '催报督办'], remindOfOrder),
  on('supervision_order.withdraw', 'op.order_withdraw', ['RESCIND', '撤销督办'], withdrawOrder),
  on('supervision_order.restore', 'op.order_restore', ['RESTORE', '恢复督办'], restoreOrder),
  on(
    'supervision_order.undo_acknowledgement',
    'op.order_undo_acknowledgement',
    ['UNRECEIVE', '撤销签收督办'],
    undoAcknowledgement,
  ),
  on(
    'supervision_order.take_answer_back',
    'op.order_take_answer_back',
    ['REWORD', '撤回答复'],
    takeAnswerBack,
  ),
  on(
    'supervision_order.undo_acceptance',
    'op.order_undo_acceptance',
    ['UNAGREE', '撤销认可'],
    undoAcceptance,
  ),
  {
    id: 'supervision_order.show',
    label: 'op.order_show',
    also: ['order.show'],
    group: 'order',
    words: ['SHOWORDER', '查看督办'],
    takes: [which],
    isFor: () => session.may('supervision_order.give') || session.may('supervision_order.answer'),
    disabledBecause: (subject) => {
      const { length } = meant(subject);
      return length === 1 ? null : t(length ? 'why.order.which' : 'why.order.none');
    },
    run: (subject) => showOrder(meant(subject)[0]!.id),
  },
];
