/** The columns of what is read back, and of the levels below an organisation. */
import { say, t } from '../i18n';
import { STANDS, type Stand } from '../tasks/station';
import type { Column } from '../views/parts/listing.svelte';
import type { Item } from './handed';
import type { Level } from './levels';
import { sayConfirmed, sayDueTime, sayWhat, sayWho } from './words';

export function itemColumns(width: number): Column<Item>[] {
  const time: Column<Item> = {
    key: 'time',
    label: t('loops.time'),
    width: '8.5em',
    text: sayDueTime,
    sort: (item) => (item.over ? Number.MAX_SAFE_INTEGER : item.due_ms),
  };
  if (width < 560)
    return [
      { key: 'number', label: t('task.what'), text: (item) => `${item.number} ${sayWhat(item)}` },
      { ...time, width: '6em' },
    ];
  return [
    time,
    { key: 'number', label: t('loops.number'), width: '6em', text: (item) => item.number },
    { key: 'what', label: t('task.what'), width: '1.2fr', text: sayWhat },
    { key: 'owner', label: t('task.owner'), text: sayWho },
    { key: 'confirmed', label: t('stations.confirmed'), text: sayConfirmed },
  ];
}

const mark = (level: Level, one: Stand): string =>
  `${one === 'late' && level.counts[one] ? '▲ ' : ''}${level.counts[one] || '–'}`;

export function levelColumns(width: number): Column<Level>[] {
  const shown: readonly Stand[] = width < 560 ? ['late', 'today'] : STANDS;
  return [
    {
      key: 'org',
      label: t('loops.org'),
      width: width < 560 ? '1.4fr' : '2fr',
      text: ({ org }) => say(org),
    },
    {
      key: 'open',
      label: t('stations.open'),
      width: '4em',
      text: ({ open }) => String(open || '–'),
      sort: ({ open }) => open,
    },
    ...shown.map((one): Column<Level> => ({
      key: one,
      label: t(`station.${one}`),
      width: width < 560 ? '3.6em' : '1fr',
      text: (level) => mark(level, one),
      sort: ({ counts }) => counts[one],
    })),
  ];
}
