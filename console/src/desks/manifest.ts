import type { RecordManifest } from '../operations/manifest';
import { desks } from './desks.svelte';
import { askForTask } from './forTask';
import {
  accept,
  again,
  ask,
  begin,
  confirm,
  finish,
  giveItBack,
  next,
  note,
  release,
  remind,
  sendBack,
  show,
  unconfirm,
  unreturn,
  withdraw,
} from './operations';

const names = {
  'desk_request.ask': 'op.request_ask',
  'desk_request.ask_again': 'op.request_ask_again',
  'desk_request.accept': 'op.request_accept',
  'desk_request.release': 'op.request_release',
  'desk_request.return': 'op.request_return',
  'desk_request.undo_return': 'op.request_undo_return',
  'desk_request.start': 'op.request_start',
  'desk_request.add_note': 'op.request_note',
  'desk_request.finish': 'op.request_finish',
  'desk_request.confirm': 'op.request_confirm',
  'desk_request.undo_confirmation': 'op.request_undo_confirmation',
  'desk_request.send_back': 'op.request_send_back',
  'desk_request.withdraw': 'op.request_withdraw',
  'desk_request.remind': 'op.request_remind',
} as const;

/** Requests to specialist desks; what waits stands at the page of whoever reads it. */
export const deskRequestRecord: RecordManifest = {
  operations: [
    ask,
    askForTask,
    next,
    show,
    accept,
    begin,
    finish,
    note,
    confirm,
    sendBack,
    giveItBack,
    unreturn,
    again,
    release,
    remind,
    withdraw,
    unconfirm,
  ],
  names,
  groups: [{ group: 'request', title: 'request.title' }],
  waits: {
    page: '/desks',
    says: 'request.waits',
    now: () => !desks.isAtDesk && desks.waiting.length > 0,
  },
};

export const deskPage: RecordManifest = {
  operations: [],
  waits: {
    page: '/desk',
    says: 'request.waits_here',
    now: () => desks.isAtDesk && desks.waiting.length > 0,
  },
};
