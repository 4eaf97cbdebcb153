/** Going to where a task is shown. */
import { router } from '../model/router.svelte';
import { tasks } from './tasks.svelte';

/** Shows it where tasks are listed: here, or on the page of tasks. */
export function showTask(id: string): void {
  tasks.selected = id;
  if (router.page !== '/tasks' && router.page !== '/station') router.go('/tasks');
}
