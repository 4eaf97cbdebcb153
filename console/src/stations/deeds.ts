/** Handing a station over, item by item. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import type { StationHandoverRow } from '../api/schema';
import { t } from '../i18n';
import { people } from '../model/people.svelte';
import { sayOrg } from '../tasks/words';
import type { Item } from './handed';

/** The id of the next one, made once: beginning twice in a hurry begins one. */
const next = new Map<string, string>();

export function startHandover(org: string, to: string): void {
  const station_handover = next.get(org) ?? uuid7();
  next.set(org, station_handover);
  void act(
    'station.start_handover',
    { station_handover, org, to },
    {
      done: () => {
        next.delete(org);
        return t('did.station_start', { org: sayOrg(org) });
      },
      undo: () => void act('station.cancel_handover', { station_handover }),
    },
  ).then((result) => {
    if (!result.ok) next.delete(org);
  });
}

export function takeHandover(row: StationHandoverRow): void {
  void act(
    'station.take_handover',
    { station_handover: row.id, instead_of: row.to },
    { done: () => t('did.station_take', { org: sayOrg(row.org) }) },
  );
}

export function confirmItem(row: StationHandoverRow, item: Item, owner: string): void {
  void act(
    'station.confirm_item',
    { station_handover: row.id, kind: item.kind, item: item.item, owner },
    { done: () => t('did.station_confirm', { number: item.number, owner: people.name(owner) }) },
  );
}

export function completeHandover(row: StationHandoverRow): void {
  void act(
    'station.complete_handover',
    { station_handover: row.id },
    { done: () => t('did.station_complete', { org: sayOrg(row.org) }) },
  );
}

export function cancelHandover(row: StationHandoverRow): void {
  void act(
    'station.cancel_handover',
    { station_handover: row.id },
    { done: () => t('did.station_cancel', { org: sayOrg(row.org) }) },
  );
}
