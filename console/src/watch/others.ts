/** Requests, hand-overs to partners, disputes, follow-up calls and handovers, as cases to watch. Pure. */
import type {
  CallBackRow,
  DeskRequestRow,
  HandoverRow,
  MatterRow,
  ReferralRow,
  StationHandoverRow,
} from '../api/schema';
import type { Other } from './cases';

export interface OtherRows {
  requests: Iterable<DeskRequestRow>;
  referrals: Iterable<ReferralRow>;
  matters: Iterable<MatterRow>;
  callBacks: Iterable<CallBackRow>;
  stationHandovers: Iterable<StationHandoverRow>;
  handovers: Iterable<HandoverRow>;
}

/** Within so long a handover is to be complete: as the server has it (`clocks` of its kind). */
const STATION_HANDOVER_MS = 3_600_000;
const HANDOVER_MS = 1_800_000;

/** Those that are owed by a time. */
export function othersOf(rows: OtherRows, now_ms: number): Other[] {
  const found: Other[] = [];
  for (const one of rows.requests)
    if (one.state === 'asked')
      found.push({
        ...common('desk_requests', one),
        deadline: 'accept',
        from_ms: one.asked_ms,
        due_ms: one.accept_by_ms,
        owner: '',
      });
  for (const one of rows.referrals)
    if (one.state === 'sent' || one.state === 'expired')
      found.push({
        ...common('referrals', one),
        deadline: 'answer',
        from_ms: one.sent_ms,
        due_ms: one.due_ms,
        owner: '',
      });
  for (const one of rows.matters) {
    const isOver = one.review_ms !== null && one.review_ms <= now_ms;
    if (one.due_ms !== null && !isOver)
      found.push({
        ...common('matters', { ...one, number: one.numbers[0] ?? '' }),
        deadline: 'matter',
        from_ms: one.since_ms,
        due_ms: one.due_ms,
        owner: one.owner,
      });
  }
  for (const one of rows.callBacks)
    if (one.state === 'due' || one.state === 'taken')
      found.push({
        ...common('call_backs', one),
        deadline: 'call_back',
        from_ms: one.offered_ms,
        due_ms: one.due_ms,
        owner: one.taken_by,
      });
  for (const one of rows.stationHandovers)
    if (one.state === 'open') found.push(handover('station_handovers', one, STATION_HANDOVER_MS));
  for (const one of rows.handovers)
    if (one.state === 'offered') found.push(handover('handovers', one, HANDOVER_MS));
  return found;
}

type Common = Pick<Other, 'list' | 'id' | 'number' | 'org' | 'alarm'>;

function common(
  list: string,
  { id, number, org, alarm }: Omit<Common, 'list' | 'org'> & { org: string },
): Common {
  return { list, id, number, org, ...(alarm !== undefined && { alarm }) };
}

function handover(list: string, one: HandoverRow | StationHandoverRow, within_ms: number): Other {
  return {
    ...common(list, { id: one.id, number: '', org: one.org ?? '', alarm: one.alarm ?? null }),
    deadline: 'handover',
    from_ms: one.since_ms,
    due_ms: one.since_ms + within_ms,
    owner: one.to,
  };
}
