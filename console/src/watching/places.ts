/** The way to a record of which somebody was told. */
import { callBacks } from '../callbacks/callbacks.svelte';
import { showRequest } from '../desks/show';
import { matters } from '../matters/matters.svelte';
import { router } from '../model/router.svelte';
import { mayOpen } from '../operations/room';
import { showOrder } from '../orders/show';
import type { Place } from '../pages';
import { referrals } from '../referrals/referrals.svelte';
import { showTask } from '../tasks/show';
import { PAGES_OF } from './pages';

/** What is looked at there; of the others the page alone is shown. */
const CHOOSE: Readonly<Record<string, (id: string) => void>> = {
  tasks: showTask,
  supervision_orders: showOrder,
  desk_requests: showRequest,
  matters: (id) => matters.show(id),
  referrals: (id) => (referrals.selected = id),
  call_backs: (id) => (callBacks.selected = id),
};

/** The page on which the one who is signed in finds the records of a list. */
export const pageOf = (list: string): Place | undefined => PAGES_OF[list]?.find(mayOpen);

/** Leads to the record. */
export function showRecord(list: string, id: string): void {
  const page = pageOf(list);
  if (!page) return;
  CHOOSE[list]?.(id);
  if (router.page !== page) router.go(page);
}
