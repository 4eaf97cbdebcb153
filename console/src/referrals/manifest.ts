import type { RecordManifest } from '../operations/manifest';
import { close, recall, remind, reopen, send, show } from './operations';
import { referrals } from './referrals.svelte';

export const referralRecord: RecordManifest = {
  operations: [send, show, remind, recall, close, reopen],
  names: {
    'referral.send': 'op.referral_send',
    'referral.accept': 'op.referral_accept',
    'referral.refuse': 'op.referral_refuse',
    'referral.undo_answer': 'op.referral_undo_answer',
    'referral.start': 'op.referral_start',
    'referral.finish': 'op.referral_finish',
    'referral.remind': 'op.referral_remind',
    'referral.recall': 'op.referral_recall',
    'referral.close': 'op.referral_close',
    'referral.reopen': 'op.referral_reopen',
  },
  fields: { to: 'member' },
  groups: [{ group: 'referral', title: 'referral.title' }],
  waits: { page: '/referrals', says: 'referral.waits', now: () => referrals.waiting.length > 0 },
};
