/** On which pages a record is worked on of which somebody was told: the first that they may open. Pure. */
import type { Place } from '../pages';

export const PAGES_OF: Readonly<Record<string, readonly Place[]>> = {
  tasks: ['/tasks'],
  supervision_orders: ['/orders'],
  desk_requests: ['/desk', '/desks'],
  matters: ['/matters'],
  referrals: ['/referrals'],
  call_backs: ['/callbacks'],
  station_handovers: ['/station'],
  handovers: ['/handover'],
  notices: ['/notices'],
};

/** Those of a clock: the board of clocks; at stations their tasks, or their incidents. */
export const CLOCK_PAGES: readonly Place[] = ['/clocks', '/tasks', '/station', '/dispatch'];

export function pagesOfClock(isOfTask: boolean): Place[] {
  return CLOCK_PAGES.filter((page) => page !== (isOfTask ? '/station' : '/tasks'));
}
