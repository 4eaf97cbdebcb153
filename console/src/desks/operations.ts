/** What can be done with requests to specialist desks. */
import type { act } from '../actions/act';
import type { DeskRequestRow } from '../api/schema';
import { t, type MessageKey } from '../i18n';
import { session } from '../model/session.svelte';
import { notOpen } from '../operations/notOpen';
import type { Operation, Subject } from '../operations/operation';
import { because, level, reasons } from '../tasks/said';
import { nextStep, whyNotRequest, type RequestVerb } from './can';
import {
  acceptRequest,
  askAgain,
  askDesk,
  confirmRequest,
  finishRequest,
  giveBack,
  noteRequest,
  releaseRequest,
  remindDesk,
  sayWhyNot,
  startRequest,
  takeNextStep,
  undoConfirmation,
  undoReturn,
  withdrawRequest,
} from './deeds';
import { desks } from './desks.svelte';
import { desk, offer, queue, skill, which } from './said';
import { showRequest } from './show';

/** What an asking lacks yet; the server says the rest. */
export function lacks({ own }: Subject): string | null {
  const asked = desks.desk(String(own['desk'] ?? ''));
  if (!asked) return t('why.request.no_desk');
  if (asked.offers.some(({ code, retired }) => code === own['offer'] && !retired)) return null;
  return t('why.request.no_offer');
}

export const ask: Operation = {
  id: 'desk_request.ask',
  label: 'op.request_ask',
  group: 'request',
  words: ['ASK', '请求协作'],
  takes: ['incident', desk, offer, skill, level, queue, 'text'],
  asks: 'request.asks',
  verb: 'desk_request.ask',
  disabledBecause: (subject) => notOpen(subject) ?? (subject.incident && lacks(subject)),
  run: ({ incident, own, text }) =>
    void askDesk(incident!, {
      desk: own['desk'] as string,
      offer: own['offer'] as string,
      text,
      ...(own['skill'] !== undefined && { skill: own['skill'] as string }),
      ...(own['level'] !== undefined && { level: own['level'] as number }),
      ...(own['queue'] !== undefined && { queue: true }),
    }),
};

/** The requests that may be meant: of the number that was said, or the one that is shown. */
function meant(subject: Subject): DeskRequestRow[] {
  const ids = (subject.own['request'] as string[] | undefined) ?? [desks.selected ?? ''];
  const wanted = subject.own['desk'] as string | undefined;
  return ids
    .flatMap((id) => desks.get(id) ?? [])
    .filter((row) => wanted === undefined || row.desk === wanted);
}

/** The one of them with which it can be done. */
function theOne(verb: RequestVerb, subject: Subject): DeskRequestRow | null {
  const can = meant(subject).filter((row) => whyNotRequest(verb, row, desks.me) === null);
  return can.length === 1 ? can[0]! : null;
}

function notOne(verb: RequestVerb, subject: Subject): string | null {
  if (theOne(verb, subject)) return null;
  const rows = meant(subject);
  if (!rows.length) return t('why.request.none');
  const can = rows.filter((row) => whyNotRequest(verb, row, desks.me) === null);
  return can.length > 1 ? t('why.request.which') : sayWhyNot(verb, rows[0]!);
}

/** An operation on one request. */
function on(
  verb: RequestVerb,
  label: MessageKey,
  words: readonly string[],
  run: (row: DeskRequestRow) => void,
): Operation {
  return {
    id: verb,
    label,
    group: 'request',
    words,
    takes: [which, desk],
    verb,
    disabledBecause: (subject) => notOne(verb, subject),
    run: (subject) => run(theOne(verb, subject)!),
  };
}

export const accept = on(
  'desk_request.accept',
  'op.request_accept',
  ['TAKEON', '接收请求'],
  acceptRequest,
);
export const begin = on(
  'desk_request.start',
  'op.request_start',
  ['START', '开始协作'],
  startRequest,
);
export const release = on(
  'desk_request.release',
  'op.request_release',
  ['UNTAKE', '撤销接收请求'],
  releaseRequest,
);
export const confirm = on(
  'desk_request.confirm',
  'op.request_confirm',
  ['VERIFY', '确认结果'],
  confirmRequest,
);
export const unconfirm = on(
  'desk_request.undo_confirmation',
  'op.request_undo_confirmation',
  ['UNVERIFY', '撤销确认'],
  undoConfirmation,
);
export const unreturn = on(
  'desk_request.undo_return',
  'op.request_undo_return',
  ['UNDECLINE', '撤销退回请求'],
  undoReturn,
);
export const again = on(
  'desk_request.ask_again',
  'op.request_ask_again',
  ['REASK', '再次请求'],
  askAgain,
);
export const withdraw = on(
  'desk_request.withdraw',
  'op.request_withdraw',
  ['UNASK', '撤回请求'],
  withdrawRequest,
);
export const remind = on(
  'desk_request.remind',
  'op.request_remind',
  ['PRESS', '催办请求'],
  remindDesk,
);

function withText(
  verb: 'desk_request.finish' | 'desk_request.add_note',
  label: MessageKey,
  words: readonly string[],
  asks: MessageKey,
  run: (row: DeskRequestRow, text: string) => ReturnType<typeof act>,
): Operation {
  return {
    id: verb,
    label,
    group: 'request',
    words,
    takes: [which, desk, 'text'],
    asks,
    verb,
    disabledBecause: (subject) => notOne(verb, subject),
    run: (subject) => void run(theOne(verb, subject)!, subject.text),
  };
}

export const finish = withText(
  'desk_request.finish',
  'op.request_finish',
  ['RESULT', '反馈结果'],
  'task.asks_outcome',
  finishRequest,
);
export const note = withText(
  'desk_request.add_note',
  'op.request_note',
  ['RNOTE', '协作备注'],
  'command.missing.text',
  noteRequest,
);

function withReason(
  verb: 'desk_request.return' | 'desk_request.send_back',
  label: MessageKey,
  words: readonly string[],
): Operation {
  const reasonOf = ({ own }: Subject) =>
    (own['reason'] as string | undefined) ?? (reasons().length ? null : '');
  return {
    id: verb,
    label,
    group: 'request',
    words,
    takes: [which, desk, because],
    verb,
    disabledBecause: (subject) =>
      notOne(verb, subject) ?? (reasonOf(subject) === null ? t('why.task.reason') : null),
    run: (subject) => giveBack(verb, theOne(verb, subject)!, reasonOf(subject)!),
  };
}

export const giveItBack = withReason('desk_request.return', 'op.request_return', [
  'DECLINE',
  '退回请求',
]);
export const sendBack = withReason('desk_request.send_back', 'op.request_send_back', [
  'REDO',
  '退回补充',
]);

export const next: Operation = {
  id: 'desk_request.next',
  label: 'op.request_next',
  group: 'request',
  words: ['NEXT', '协作下一步'],
  key: 'F8',
  takes: [which, desk],
  isFor: () => session.may('desk_request.add_note'),
  disabledBecause: (subject) => {
    const rows = meant(subject);
    if (rows.length !== 1) return t(rows.length ? 'why.request.which' : 'why.request.none');
    const step = nextStep(rows[0]!, desks.me, (verb) => session.may(verb));
    return step ? null : t('why.request.no_step');
  },
  run: (subject) => takeNextStep(meant(subject)[0]!),
};

export const show: Operation = {
  id: 'desk_request.show',
  label: 'op.request_show',
  group: 'request',
  words: ['RSHOW', '查看请求'],
  takes: [which, desk],
  isFor: () => session.may('desk_request.add_note'),
  disabledBecause: (subject) => {
    const { length } = meant(subject);
    return length === 1 ? null : t(length ? 'why.request.which' : 'why.request.none');
  },
  run: (subject) => showRequest(meant(subject)[0]!.id),
};
