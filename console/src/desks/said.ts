/** What is said of requests to specialist desks in the command line. */
import type { DeskOffered, DeskRequestRow } from '../api/schema';
import { say, t } from '../i18n';
import { readNamed } from '../loops/slots';
import type { OwnSlot } from '../operations/operation';
import { folded } from '../operations/parse';
import { readNumbered } from '../tasks/slots';
import { desks } from './desks.svelte';
import { sayDesk, sayWhat } from './words';

export const desk: OwnSlot<string> = {
  name: 'desk',
  read: (words) => readNamed(words, desks.known),
  say: sayDesk,
  sample: () => t('desks.word.desk'),
  offers: () => desks.known.map((one) => ({ word: say(one), says: t('desks.one') })),
};

const offersOf = (code: unknown): readonly DeskOffered[] => desks.desk(String(code))?.offers ?? [];
const skillsOf = (code: unknown): readonly DeskOffered[] => desks.desk(String(code))?.skills ?? [];
const all = (of: (code: unknown) => readonly DeskOffered[]): readonly DeskOffered[] =>
  desks.known.flatMap(({ code }) => of(code)).filter((one) => !one.retired);

export const offer: OwnSlot<string> = {
  name: 'offer',
  read: (words) => readNamed(words, all(offersOf)),
  say: (code) => say(all(offersOf).find((one) => one.code === code)),
  sample: () => t('desks.word.offer'),
  offers: ({ own }) =>
    (own['desk'] ? offersOf(own['desk']) : all(offersOf)).map((one) => ({
      word: say(one),
      says: t('desks.offer'),
    })),
};
export const skill: OwnSlot<string> = {
  name: 'skill',
  read: (words) => readNamed(words, all(skillsOf)),
  say: (code) => say(all(skillsOf).find((one) => one.code === code)),
  sample: () => t('desks.word.skill'),
  offers: ({ own }) =>
    (own['desk'] ? skillsOf(own['desk']) : all(skillsOf)).map((one) => ({
      word: say(one),
      says: t('desks.skill'),
    })),
};
/** Whether it may wait where the desk is closed or full. */
export const queue: OwnSlot<true> = {
  name: 'queue',
  read: (words) => {
    const said = folded(words[0] ?? '').toLowerCase();
    return ['wait', 'queue', '排队', '可排队'].includes(said) ? { value: true, used: 1 } : null;
  },
  say: () => t('desks.may_wait'),
  sample: () => t('desks.word.queue'),
};
/** The requests of an incident's number; left out: the one that is shown. */
export const which: OwnSlot<string[]> = {
  name: 'request',
  read: (words) => readNumbered(words, desks.all),
  say: (ids) => ids.map((id) => desks.get(id)?.number ?? '')[0] ?? '',
  sample: () => '4829',
  offers: () => desks.open.map((row: DeskRequestRow) => ({ word: row.number, says: sayWhat(row) })),
};
