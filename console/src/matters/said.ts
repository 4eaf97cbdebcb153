/** What is said of disputes in the command line. */
import { both, t, type MessageKey } from '../i18n';
import { readNamed, type Named } from '../loops/slots';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import type { OwnSlot } from '../operations/operation';
import { folded } from '../operations/parse';
import { readDue } from '../tasks/slots';
import { matters } from './matters.svelte';
import {
  OUTCOMES,
  RESULTS,
  sayKind,
  sayMoment,
  sayOutcome,
  sayResult,
  type Outcome,
  type Result,
} from './words';

const codes = (): Named[] => matters.kinds.map(({ code, en, zh }) => ({ code, en, zh }));
const named = <C extends string>(all: readonly C[], key: (code: C) => MessageKey): Named[] =>
  all.map((code) => ({ code, ...both(key(code)) }));
const results = (): Named[] => named(RESULTS, (one) => `matter.result.${one}`);
const outcomes = (): Named[] => named(OUTCOMES, (one) => `matter.outcome.${one}`);

export const kind: OwnSlot<string> = {
  name: 'kind',
  read: (words) => readNamed(words, codes()),
  say: sayKind,
  sample: () => t('matter.word.kind'),
  offers: () => codes().map(({ code }) => ({ word: sayKind(code), says: t('matter.kind') })),
};
export const result: OwnSlot<Result> = {
  name: 'result',
  read: (words) => readNamed(words, results()) as { value: Result; used: number } | null,
  say: sayResult,
  sample: () => t('matter.word.result'),
  offers: () => RESULTS.map((one) => ({ word: sayResult(one), says: t('matter.result') })),
};
export const outcome: OwnSlot<Outcome> = {
  name: 'outcome',
  read: (words) => readNamed(words, outcomes()) as { value: Outcome; used: number } | null,
  say: sayOutcome,
  sample: () => t('matter.word.outcome'),
  offers: () => OUTCOMES.map((one) => ({ word: sayOutcome(one), says: t('matter.outcome') })),
};
/** `at 15:00`, `in 3d`, `定于 15:00`: when the sides meet. */
export const when: OwnSlot<number> = {
  name: 'when',
  read: (words) => {
    const [first = '', ...rest] = words;
    const said = ['at', 'in', '定于'].includes(folded(first).toLowerCase());
    return said ? readDue(['due', ...rest], clock.now_ms, pack.pack?.timezone ?? 'UTC') : null;
  },
  say: sayMoment,
  sample: () => t('matter.word.when'),
};
/** The disputes of an incident's number; left out: the one that is shown. */
export const which: OwnSlot<string[]> = {
  name: 'matter',
  read: (words) => {
    const typed = folded(words[0] ?? '');
    const digits = typed.replace(/-/g, '');
    if (!/^[\d-]+$/.test(typed) || digits.length < 2) return null;
    const found = matters.all.filter(({ numbers }) =>
      numbers.some((one) => {
        const whole = one.replace(/-/g, '');
        return whole.startsWith(digits) || whole.endsWith(digits);
      }),
    );
    return found.length ? { value: found.map(({ id }) => id), used: 1 } : null;
  },
  say: (ids) => ids.map((id) => matters.get(id)?.numbers[0] ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () =>
    matters.open.map((row) => ({ word: row.numbers[0] ?? '', says: sayKind(row.kind) })),
};
