import { pack } from '../model/pack.svelte';
import type { RecordManifest } from '../operations/manifest';
import { giveUp, prevent } from './operations';

export const spotRecord: RecordManifest = {
  operations: [prevent, giveUp],
  names: { 'spot.take_on': 'op.spot_take_on', 'spot.drop': 'op.spot_drop' },
  groups: [{ group: 'spot', title: 'op.go_places' }],
  absent: { page: '/places', now: () => !pack.pack?.loop.repeat_kinds.length },
};
