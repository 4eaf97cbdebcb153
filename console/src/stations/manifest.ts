import type { RecordManifest } from '../operations/manifest';

export const stationHandovers: RecordManifest = {
  operations: [],
  names: {
    'station.start_handover': 'op.station_start',
    'station.take_handover': 'op.station_take',
    'station.confirm_item': 'op.station_confirm',
    'station.complete_handover': 'op.station_complete',
    'station.cancel_handover': 'op.station_cancel',
  },
  fields: { before: 'member' },
};
