import type { RecordManifest } from '../operations/manifest';
import { cancel, complete, confirm, open, start, take, up } from './operations';
import { stations } from './stations.svelte';

export const stationHandovers: RecordManifest = {
  operations: [open, up, start, take, confirm, complete, cancel],
  names: {
    'station.start_handover': 'op.station_start',
    'station.take_handover': 'op.station_take',
    'station.confirm_item': 'op.station_confirm',
    'station.complete_handover': 'op.station_complete',
    'station.cancel_handover': 'op.station_cancel',
  },
  fields: { before: 'member' },
  groups: [{ group: 'station', title: 'op.go_station' }],
  waits: { page: '/station', says: 'stations.waits', now: () => stations.waiting !== null },
};
