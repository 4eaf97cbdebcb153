/** The category that an incident was opened with, beside the one that it has now. */
import type { IncidentRow } from '../../api/types';
import { say, t } from '../../i18n';
import { pack } from '../../model/pack.svelte';

/** Does it go by another category than the one that it was opened with? */
export function isOther(row: IncidentRow): boolean {
  return row.first_category !== '' && row.first_category !== row.category;
}

/** Its category; with the first one where that is another. */
export function sayCategories(row: IncidentRow): string {
  const now = say(pack.name('categories', row.category));
  if (!isOther(row)) return now;
  return t('incident.opened_as', { first: say(pack.name('categories', row.first_category)), now });
}
