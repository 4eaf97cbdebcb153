/**
 * What the console knows of each kind of record: one manifest each. The command line, its completion,
 * the help, single keys, the top bar and the lists of what waits are all made from these.
 */
import { deskPage, deskRequestRecord } from './desks/manifest';
import { attachmentRecord } from './attachments/manifest';
import { callBackRecord } from './callbacks/manifest';
import { jointRecord } from './joint/manifest';
import { keyRecord } from './keys/manifest';
import { loopRecord } from './loops/manifest';
import { matterRecord } from './matters/manifest';
import { spotRecord } from './places/manifest';
import { noticeRecord } from './notices/manifest';
import { calls, room } from './operations/room';
import { assignments } from './operations/dispatch';
import { incidents } from './operations/incident';
import type { RecordManifest } from './operations/manifest';
import { referralRecord } from './referrals/manifest';
import { stationHandovers } from './stations/manifest';
import { orderRecord } from './orders/manifest';
import { taskRecord } from './tasks/manifest';
import { units } from './operations/unit';
import { watchedRecords } from './watching/manifest';
import { handovers } from './views/handover/manifest';

export const RECORDS: readonly RecordManifest[] = [
  calls,
  assignments,
  incidents,
  units,
  taskRecord,
  attachmentRecord,
  stationHandovers,
  deskRequestRecord,
  deskPage,
  referralRecord,
  keyRecord,
  matterRecord,
  orderRecord,
  spotRecord,
  jointRecord,
  loopRecord,
  callBackRecord,
  handovers,
  noticeRecord,
  ...watchedRecords,
  room,
];

/** The parts of the help, in their order. */
export const GROUPS = RECORDS.flatMap((one) => one.groups ?? []);
