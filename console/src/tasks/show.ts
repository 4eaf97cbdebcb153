/** Going to where a task is shown. */
import { router } from '../model/router.svelte';
import { tasks } from './tasks.svelte';

export function showTask(id: string): void {
  tasks.selected = id;
  if (router.page !== '/tasks') router.go('/tasks');
}
