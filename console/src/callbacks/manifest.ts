import type { RecordManifest } from '../operations/manifest';
import { answerIt, claimIt, dropIt, missed, offerIt, releaseIt, show, undoIt } from './operations';

export const callBackRecord: RecordManifest = {
  operations: [show, claimIt, missed, answerIt, releaseIt, undoIt, offerIt, dropIt],
  names: {
    'call_back.offer': 'op.callback_offer',
    'call_back.claim': 'op.callback_claim',
    'call_back.release': 'op.callback_release',
    'call_back.not_reached': 'op.callback_not_reached',
    'call_back.answer': 'op.callback_answer',
    'call_back.undo': 'op.callback_undo',
    'call_back.drop': 'op.callback_drop',
  },
  groups: [{ group: 'callback', title: 'op.go_callbacks' }],
};
