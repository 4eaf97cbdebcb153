import type { RecordManifest } from '../operations/manifest';
import { keys } from './keys.svelte';
import { make, revoke } from './operations';

export const keyRecord: RecordManifest = {
  operations: [make, revoke],
  names: { 'partner_key.add': 'op.key_make', 'partner_key.revoke': 'op.key_revoke' },
  waits: { page: '/agreements', says: 'key.waits', now: () => keys.ending.length > 0 },
};
