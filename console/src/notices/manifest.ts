import type { RecordManifest } from '../operations/manifest';
import { notices } from './notices.svelte';
import NoticeLine from './NoticeLine.svelte';
import { answer, post, withdraw } from './operations';

export const noticeRecord: RecordManifest = {
  operations: [post, answer, withdraw],
  names: {
    'notice.post': 'op.notice_post',
    'notice.acknowledge': 'op.notice_acknowledge',
    'notice.withdraw': 'op.notice_withdraw',
  },
  fields: { asked: 'member' },
  groups: [{ group: 'notice', title: 'help.notices' }],
  waits: { page: '/notices', says: 'notice.waits', now: () => notices.unanswered.length > 0 },
  standing: NoticeLine,
};
