/** What can be done with follow-up calls. */
import type { CallBackRow } from '../api/schema';
import { both, listed, t, type MessageKey } from '../i18n';
import { readNamed, type Named } from '../loops/slots';
import type { Operation, OwnSlot, Subject } from '../operations/operation';
import { mayOpen } from '../operations/room';
import { readNumbered } from '../tasks/slots';
import { callBacks } from './callbacks.svelte';
import {
  answer,
  claim,
  drop,
  isDissatisfied,
  notReached,
  offer,
  release,
  showCallBack,
  takeBack,
  whyNot,
  type Verb,
} from './deeds';
import {
  ASPECTS,
  aspectKey,
  RATINGS,
  SOLVED,
  type Aspect,
  type Rating,
  type Solved,
} from './words';

/** Those of an incident's number; left out: the one that is shown. */
const which: OwnSlot<string[]> = {
  name: 'call_back',
  read: (words) => readNumbered(words, callBacks.all),
  say: (ids) => ids.map((id) => callBacks.get(id)?.number ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () => callBacks.toCall.map((row) => ({ word: row.number, says: t('callback.one') })),
};

function theOne({ own }: Subject): CallBackRow | null {
  const ids = (own['call_back'] as string[] | undefined) ?? [callBacks.selected ?? ''];
  const rows = ids.flatMap((id) => callBacks.get(id) ?? []);
  return rows.length === 1 ? rows[0]! : null;
}

function on(
  verb: Verb,
  label: MessageKey,
  words: readonly string[],
  run: (row: CallBackRow) => void,
): Operation {
  return {
    id: verb,
    label,
    group: 'callback',
    words,
    takes: [which],
    verb,
    disabledBecause: (subject) => {
      const row = theOne(subject);
      return row ? whyNot(verb, row) : t('why.callback_none');
    },
    run: (subject) => run(theOne(subject)!),
  };
}

export const claimIt = on('call_back.claim', 'op.callback_claim', ['CALLING', '认领回访'], claim);
export const releaseIt = on(
  'call_back.release',
  'op.callback_release',
  ['NOTCALLING', '退回回访'],
  release,
);
export const missed = on(
  'call_back.not_reached',
  'op.callback_not_reached',
  ['NOTREACHED', '未联系上'],
  notReached,
);
export const undoIt = on(
  'call_back.undo',
  'op.callback_undo',
  ['UNDOCALLBACK', '撤销回访结果'],
  takeBack,
);
export const dropIt = on('call_back.drop', 'op.callback_drop', ['NOSURVEY', '取消回访'], drop);

export const show: Operation = {
  id: 'call_back.show',
  label: 'op.callback_show',
  group: 'callback',
  words: ['CALLBACK', '回访'],
  takes: [which],
  isFor: () => mayOpen('/callbacks'),
  disabledBecause: (subject) => (theOne(subject) ? null : t('why.callback_none')),
  run: (subject) => showCallBack(theOne(subject)!.id),
};

export const offerIt: Operation = {
  id: 'call_back.offer',
  label: 'op.callback_offer',
  group: 'callback',
  words: ['SURVEY', '发起回访'],
  takes: ['incident'],
  verb: 'call_back.offer',
  disabledBecause: ({ incident }) => {
    if (incident && incident.state !== 'closed') return t('why.not_closed');
    if (incident?.unsafe) return t('unsafe.says');
    return incident && callBacks.get(incident.id) ? t('why.callback_exists') : null;
  },
  run: ({ incident }) => offer(incident!.id, incident!.number),
};

type Said = Record<Aspect, Rating> & { solved: Solved };
const ratings = (): Named[] =>
  RATINGS.map((code) => ({ code, ...both(`callback.rating.${code}`) }));
const solved = (): Named[] => SOLVED.map((code) => ({ code, ...both(`callback.rating.${code}`) }));

/** `good fair good solved`: attitude, speed, result, and whether it is solved. */
const said: OwnSlot<Said> = {
  name: 'said',
  read: (words) => {
    let used = 0;
    const found: string[] = [];
    for (const things of [ratings(), ratings(), ratings(), solved()]) {
      const one = readNamed(words.slice(used), things);
      if (!one) return null;
      found.push(one.value);
      used += one.used;
    }
    const [attitude, speed, result, solvedSo] = found as [Rating, Rating, Rating, Solved];
    return { value: { attitude, speed, result, solved: solvedSo }, used };
  },
  say: (value) =>
    listed([
      ...ASPECTS.map((one) => `${t(aspectKey(one))} ${t(`callback.rating.${value[one]}`)}`),
      t(`callback.rating.${value.solved}`),
    ]),
  sample: () => t('callback.word.said'),
};

export const answerIt: Operation = {
  id: 'call_back.answer',
  label: 'op.callback_answer',
  group: 'callback',
  words: ['ANSWERED', '回访评价'],
  takes: [which, said, 'text?'],
  verb: 'call_back.answer',
  disabledBecause: (subject) => {
    const row = theOne(subject);
    const why = row ? whyNot('call_back.answer', row) : t('why.callback_none');
    const value = subject.own['said'] as Said | undefined;
    if (why) return why;
    if (!value) return t('why.callback_said');
    return isDissatisfied(value) ? t('why.callback_form') : null;
  },
  run: (subject) => {
    const nothing = { then: '', reason: '', org: '', text: '' } as const;
    const value = subject.own['said'] as Said;
    void answer(theOne(subject)!, { ...value, comment: subject.text, ...nothing });
  },
};
