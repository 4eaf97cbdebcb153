import type { RecordManifest } from '../operations/manifest';
import { attach } from './operations';
import PictureOverlay from './PictureOverlay.svelte';

export const attachmentRecord: RecordManifest = {
  operations: [attach],
  names: {
    'attachment.add': 'op.attachment_add',
    'attachment.strike': 'op.attachment_strike',
    'attachment.restore': 'attachment.restore',
  },
  groups: [{ group: 'attachment', title: 'attachment.title' }],
  over: PictureOverlay,
};
