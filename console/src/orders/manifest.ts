import type { RecordManifest } from '../operations/manifest';
import { operations } from './operations';
import { orders } from './orders.svelte';

export const orderRecord: RecordManifest = {
  operations,
  names: {
    'supervision_order.give': 'op.order_give',
    'supervision_order.acknowledge': 'op.order_acknowledge',
    'supervision_order.undo_acknowledgement': 'op.order_undo_acknowledgement',
    'supervision_order.answer': 'op.order_answer',
    'supervision_order.take_answer_back': 'op.order_take_answer_back',
    'supervision_order.accept': 'op.order_accept',
    'supervision_order.undo_acceptance': 'op.order_undo_acceptance',
    'supervision_order.send_back': 'op.order_send_back',
    'supervision_order.withdraw': 'op.order_withdraw',
    'supervision_order.restore': 'op.order_restore',
    'supervision_order.remind': 'op.order_remind',
    'supervision_order.release': 'order.release',
  },
  groups: [{ group: 'order', title: 'order.title' }],
  waits: { page: '/orders', says: 'order.waits', now: () => orders.waiting.length > 0 },
};
