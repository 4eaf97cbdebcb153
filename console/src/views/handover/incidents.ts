/** What is said of an incident that is handed over, and how it is looked at. */
import type { IncidentRow } from '../../api/types';
import { listed, t } from '../../i18n';
import { callSign } from '../../model/callSigns.svelte';
import { router } from '../../model/router.svelte';
import { selection } from '../../model/selection.svelte';
import { PROGRESS } from '../words';

const OVER = ['cleared', 'cancelled', 'taken_over'];

/** How far it is, and which units are on it. */
export function sayProgress(row: IncidentRow): string {
  const units = row.assignments.filter(({ state }) => !OVER.includes(state));
  return `${t(PROGRESS[row.progress])} ${listed(units.map(({ unit }) => callSign(unit)))}`.trim();
}

export function show(incident: string): void {
  selection.selectIncident(incident);
  router.go('/dispatch');
}
