/** Going to where a request to a specialist desk is shown. */
import { router } from '../model/router.svelte';
import { desks } from './desks.svelte';

/** Shows it where requests are listed: here, or on the page of its reader's own. */
export function showRequest(id: string): void {
  desks.selected = id;
  const page = desks.isAtDesk ? '/desk' : '/desks';
  if (router.page !== page) router.go(page);
}
