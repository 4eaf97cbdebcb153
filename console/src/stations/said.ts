/** What is said of stations and their handovers in the command line. */
import { t } from '../i18n';
import { readNamed } from '../loops/slots';
import { people } from '../model/people.svelte';
import type { OwnSlot } from '../operations/operation';
import { folded } from '../operations/parse';
import { tasks } from '../tasks/tasks.svelte';
import { sayOrg } from '../tasks/words';
import type { Item } from './handed';
import { stations } from './stations.svelte';
import { sayWhat } from './words';

/** An organisation within reach. */
export const place: OwnSlot<string> = {
  name: 'place',
  read: (words) =>
    readNamed(
      words,
      stations.orgs.map(({ path, en, zh }) => ({ code: path, en, zh })),
    ),
  say: sayOrg,
  sample: () => t('notice.word.to').replace(/^\S+ /, ''),
  offers: () => stations.orgs.map(({ path }) => ({ word: sayOrg(path), says: t('loops.org') })),
};

/** Who takes over, `to 1017`. */
export const taker: OwnSlot<string> = {
  name: 'taker',
  read: (words) => {
    if (!['to', '给', '交给'].includes((words[0] ?? '').toLowerCase())) return null;
    const found = readNamed(words.slice(1), people.named);
    return found && { value: found.value, used: found.used + 1 };
  },
  say: (id) => people.name(id),
  refuses: (id) => people.whyGone(id),
  sample: () => t('stations.word.taker'),
  offers: () =>
    tasks.office(stations.org).map((id) => ({
      word: `${t('stations.word.taker').split(' ')[0]} ${id}`,
      says: people.name(id),
    })),
};

/** The items of an incident's number, or of some digits at either end. */
export const which: OwnSlot<string[]> = {
  name: 'items',
  read: (words) => {
    const digits = folded(words[0] ?? '').replace(/-/g, '');
    if (!/^\d{2,}$/.test(digits)) return null;
    const found = stations.items.filter(({ number }) => {
      const whole = number.replace(/-/g, '');
      return whole.startsWith(digits) || whole.endsWith(digits);
    });
    return found.length ? { value: found.map(({ id }) => id), used: 1 } : null;
  },
  say: (ids) => stations.items.find(({ id }) => id === ids[0])?.number ?? '',
  sample: () => '4829',
  offers: () =>
    stations.items
      .filter(({ over }) => !over)
      .map((one: Item) => ({ word: one.number, says: sayWhat(one) })),
};
