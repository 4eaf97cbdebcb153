/** Going to where clocks and their incidents are. */
import { board } from '../model/board.svelte';
import { panes } from '../model/panes.svelte';
import { router } from '../model/router.svelte';
import { selection } from '../model/selection.svelte';
import { mayOpen } from '../operations/room';
import { clockFilter } from './filter.svelte';

/** Can the incident be shown? One that was closed long ago is on no board. */
export function canShow(incident: string): boolean {
  return mayOpen('/dispatch') && board.incidents.has(incident);
}

export function showIncident(incident: string): void {
  selection.selectIncident(incident);
  panes.show('desk');
  router.go('/dispatch');
}

/** The board of the clocks of which the one who is signed in was told; else the incident. */
export function showTold(incident: string): void {
  if (!mayOpen('/clocks')) return showIncident(incident);
  clockFilter.only('told');
  router.go('/clocks');
}
