/** Why an incident can't be worked on. */
import { t } from '../i18n';
import { board } from '../model/board.svelte';
import type { Subject } from './operation';

/** Only an open incident can be worked on. */
export function notOpen({ incident }: Subject): string | null {
  if (incident?.state === 'closed') return t('why.closed');
  if (incident?.state === 'merged') {
    const into = board.incidents.get(incident.merged_into ?? '');
    return t('why.merged', { number: into?.number ?? '' });
  }
  return null;
}
