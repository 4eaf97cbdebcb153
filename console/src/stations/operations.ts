/** What can be done with organisations of several levels, and with the handover of one. */
import { t } from '../i18n';
import { people } from '../model/people.svelte';
import { session } from '../model/session.svelte';
import type { Operation, Subject } from '../operations/operation';
import { entryOf } from '../pages';
import { kind, owner } from '../tasks/said';
import { tasks } from '../tasks/tasks.svelte';
import type { Kind } from '../tasks/words';
import {
  cancelHandover,
  completeHandover,
  confirmItem,
  startHandover,
  takeHandover,
} from './deeds';
import { leftOf, usualOwner, type Item } from './handed';
import { place, taker, which } from './said';
import { stations } from './stations.svelte';
import { taskOf } from './words';

const hasPage = (): boolean => {
  const role = session.member?.role;
  return role !== undefined && (entryOf('/station')?.roles.some((one) => one === role) ?? false);
};

export const open: Operation = {
  id: 'station.open',
  label: 'op.station_open',
  group: 'station',
  words: ['ORG', '单位'],
  takes: [place],
  isFor: hasPage,
  disabledBecause: ({ own }) => (own['place'] === undefined ? t('why.station.which') : null),
  run: ({ own }) => stations.go(own['place'] as string),
};

export const up: Operation = {
  id: 'station.up',
  label: 'op.station_up',
  group: 'station',
  words: ['UP', '上级'],
  takes: [],
  isFor: hasPage,
  disabledBecause: () => (stations.above === null ? t('why.station.top') : null),
  run: () => stations.go(stations.above!),
};

export const start: Operation = {
  id: 'station.start_handover',
  label: 'op.station_start',
  group: 'station',
  words: ['SHIFT', '交接班'],
  takes: [taker],
  verb: 'station.start_handover',
  disabledBecause: () => {
    const { handover } = stations;
    if (handover) return t('why.station.runs', { by: people.name(handover.by) });
    return stations.org ? null : t('why.station.which');
  },
  run: ({ own }) => {
    stations.chosen = 'due';
    startHandover(stations.org, (own['taker'] as string | undefined) ?? '');
  },
};

export const take: Operation = {
  id: 'station.take_handover',
  label: 'op.station_take',
  group: 'station',
  words: ['TAKEOVER', '接班'],
  takes: [],
  verb: 'station.take_handover',
  disabledBecause: () => {
    const { handover, receives } = stations;
    if (!handover) return t('why.station.none');
    if (receives) return t('why.station.yours');
    return handover.by === session.member?.id ? t('why.station.own') : null;
  },
  run: () => takeHandover(stations.handover!),
};

/** The items that may be meant: of the number that was said, or the one that is looked at. */
function meant({ own }: Subject): Item[] {
  const ids = (own['items'] as string[] | undefined) ?? [stations.selected ?? ''];
  const wanted = own['kind'] as Kind | undefined;
  return stations.items.filter(
    (one) =>
      ids.includes(one.id) && !one.over && (wanted === undefined || taskOf(one)?.kind === wanted),
  );
}

/** Why the one who is signed in can't go on with it. */
export function whyNotMine(): string | null {
  const { handover, receives } = stations;
  if (!handover) return t('why.station.none');
  if (receives) return null;
  return handover.to
    ? t('why.station.of_another', { to: people.name(handover.to) })
    : t('why.station.nobody');
}

export const confirm: Operation = {
  id: 'station.confirm_item',
  label: 'op.station_confirm',
  group: 'station',
  words: ['ASSIGN', '确认承办'],
  takes: [which, kind, owner],
  verb: 'station.confirm_item',
  disabledBecause: (subject) => {
    const why = whyNotMine();
    if (why) return why;
    const { length } = meant(subject);
    return length === 1 ? null : t(length ? 'why.station.which_item' : 'why.station.no_item');
  },
  run: (subject) => {
    const [item] = meant(subject);
    const named = subject.own['owner'] as string | undefined;
    confirmItem(
      stations.handover!,
      item!,
      named ?? usualOwner(item!, tasks.me.id, tasks.owners(stations.org)),
    );
  },
};

export const complete: Operation = {
  id: 'station.complete_handover',
  label: 'op.station_complete',
  group: 'station',
  words: ['COMPLETE', '完成接班'],
  takes: [],
  verb: 'station.complete_handover',
  disabledBecause: () => {
    const left = leftOf(stations.items);
    return whyNotMine() ?? (left ? t('why.station.left', { count: left }) : null);
  },
  run: () => completeHandover(stations.handover!),
};

export const cancel: Operation = {
  id: 'station.cancel_handover',
  label: 'op.station_cancel',
  group: 'station',
  words: ['NOSHIFT', '取消交接班'],
  takes: [],
  verb: 'station.cancel_handover',
  disabledBecause: () => (stations.handover ? null : t('why.station.none')),
  run: () => cancelHandover(stations.handover!),
};
