/** What can be done with notices. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import { say, t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import type { Operation, OwnSlot } from '../operations/operation';
import { folded, tokens } from '../operations/parse';
import { notices } from './notices.svelte';
import { sayTime } from './words';
import { readAck, readOrg, readTime, readUrgent, type Named } from './slots';

/** How long a notice stands where nobody says: a shift. */
export const USUAL_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

const zone = (): string => pack.pack?.timezone ?? 'UTC';

const urgent: OwnSlot<true> = {
  name: 'urgent',
  read: readUrgent,
  say: () => t('notice.urgent'),
  sample: () => t('notice.word.urgent'),
  offers: () => [{ word: t('notice.word.urgent'), says: t('notice.urgent') }],
};
const ack: OwnSlot<{ minutes: number | null }> = {
  name: 'ack',
  read: readAck,
  say: ({ minutes }) =>
    minutes === null ? t('notice.must') : t('notice.must_within', { minutes }),
  sample: () => `${t('notice.word.ack')} 10`,
  offers: () => [{ word: t('notice.word.ack'), says: t('notice.must') }],
};
const from: OwnSlot<number> = {
  name: 'from',
  read: (words) => readTime(words, ['from', '自', '从'], clock.now_ms, zone()),
  say: (at_ms) => t('notice.from', { time: sayTime(at_ms) }),
  sample: () => t('notice.word.from'),
};
const until: OwnSlot<number> = {
  name: 'until',
  read: (words) => readTime(words, ['until', '至', '到'], clock.now_ms, zone()),
  say: (at_ms) => t('notice.until', { time: sayTime(at_ms) }),
  sample: () => t('notice.word.until'),
};
const org: OwnSlot<Named> = {
  name: 'org',
  read: (words) => readOrg(words, pack.pack?.orgs ?? []),
  say: (one) => t('notice.to', { org: say(one) }),
  sample: () => t('notice.word.to'),
};

/** What is said of a notice besides its text; whatever is left out is usual. */
interface Said {
  urgent?: boolean;
  /** It must be acknowledged, within so many minutes. */
  ack?: { minutes: number | null } | undefined;
  from?: number | undefined;
  until?: number | undefined;
  org?: Pick<Named, 'path'>;
  /** The older notice that it takes back. */
  replaces?: string | null;
}

/** Posts a notice, and offers to take it back. */
export function send(text: string, said: Said): ReturnType<typeof act> {
  const notice = uuid7();
  const begins_ms = said.from ?? clock.now_ms;
  const minutes = said.ack?.minutes;
  return act(
    'notice.post',
    {
      notice,
      text,
      org: said.org?.path ?? '',
      from_ms: said.from ?? null,
      until_ms: said.until ?? begins_ms + USUAL_MS,
      priority: said.urgent ? 'urgent' : 'normal',
      answer: said.ack ? 'acknowledge' : 'see',
      due_ms: minutes == null ? null : begins_ms + minutes * MINUTE_MS,
      replaces: said.replaces ?? null,
    },
    {
      done: () => t('did.notice_post'),
      undo: () => void act('notice.withdraw', { notice }),
    },
  );
}

export const post: Operation = {
  id: 'notice.post',
  label: 'op.notice_post',
  group: 'notice',
  words: ['NOTICE', '发通知'],
  takes: [urgent, ack, org, from, until, 'text'],
  asks: 'notice.asks',
  verb: 'notice.post',
  disabledBecause: () => null,
  run: ({ text, own }) => void send(text, own),
};

export const answer: Operation = {
  id: 'notice.acknowledge',
  label: 'op.notice_acknowledge',
  group: 'notice',
  also: ['notice.answer'],
  words: ['SEEN', '已阅'],
  key: 'y',
  takes: [],
  verb: 'notice.acknowledge',
  disabledBecause: () => (notices.unanswered.length ? null : t('why.no_notice')),
  run: () => acknowledge(notices.unanswered[0]!.id),
};

export function acknowledge(notice: string): void {
  void act('notice.acknowledge', { notice }, { done: () => t('did.notice_acknowledge') });
}

/** The notice that begins with these words. */
const which: OwnSlot<string> = {
  name: 'which',
  read: (words) => {
    const typed = words.join(' ').toLowerCase();
    const found = notices.standing.find((row) => plain(notices.text(row.id)).startsWith(typed));
    return typed && found ? { value: found.id, used: words.length } : null;
  },
  say: (id) => `“${notices.text(id)}”`,
  sample: () => t('notice.word.which'),
  offers: () =>
    notices.standing.map((row) => ({ word: notices.text(row.id), says: t('notice.standing') })),
};

function plain(text: string): string {
  return tokens(folded(text))
    .map(({ word }) => word)
    .join(' ')
    .toLowerCase();
}

export const withdraw: Operation = {
  id: 'notice.withdraw',
  label: 'op.notice_withdraw',
  group: 'notice',
  also: ['notice.take_back'],
  words: ['WITHDRAW', '撤回'],
  takes: [which],
  verb: 'notice.withdraw',
  disabledBecause: ({ own }) => {
    if (!notices.standing.length) return t('why.no_notice_stands');
    return notices.standing.length > 1 && !own['which'] ? t('why.which_notice') : null;
  },
  run: ({ own }) => takeBack((own['which'] as string | undefined) ?? notices.standing[0]!.id),
};

export function takeBack(notice: string): void {
  void act('notice.withdraw', { notice }, { done: () => t('did.notice_withdraw') });
}
