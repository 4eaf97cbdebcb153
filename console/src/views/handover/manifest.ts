import { handoverToMe } from '../../model/handovers';
import type { RecordManifest } from '../../operations/manifest';
import HandoverNotice from './HandoverNotice.svelte';

export const handovers: RecordManifest = {
  operations: [],
  names: {
    'desk.start_handover': 'verb.start_handover',
    'desk.confirm_incident': 'verb.confirm_incident',
    'desk.complete_handover': 'verb.complete_handover',
    'desk.cancel_handover': 'verb.cancel_handover',
  },
  waits: {
    page: '/handover',
    says: 'handover.waits',
    now: () => handoverToMe() !== undefined,
  },
  everywhere: HandoverNotice,
};
