/** Going to where a supervision order is shown. */
import { router } from '../model/router.svelte';
import { mayOpen } from '../operations/room';
import { orders } from './orders.svelte';

/** Can it be shown? What is over is on no board. */
export function canShowOrder(id: string): boolean {
  return mayOpen('/orders') && orders.get(id) !== undefined;
}

export function showOrder(id: string): void {
  orders.selected = id;
  if (router.page !== '/orders') router.go('/orders');
}
