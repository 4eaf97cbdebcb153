/** The columns of the list of disputes. */
import type { MatterRow } from '../api/schema';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { sayOrg } from '../tasks/words';
import { tasks } from '../tasks/tasks.svelte';
import { ROOMY_PX, type Column } from '../views/parts/listing.svelte';
import { isLate, urgency } from './can';
import { matters } from './matters.svelte';
import { sayKind, sayNext, sayNumbers, sayOwner, sayState } from './words';

/** What has become of one that keeps its place under the hand. */
const now = (seen: MatterRow): MatterRow => matters.get(seen.id) ?? seen;

function nextOf(seen: MatterRow): string {
  const row = now(seen);
  return isLate(row, clock.now_ms) ? `▲ ${sayNext(row)}` : sayNext(row);
}

const rank = (row: MatterRow): number => urgency(row, tasks.now_ms);

export function columns(width: number, beside: boolean): Column<MatterRow>[] {
  if (width < 560)
    return [
      {
        key: 'number',
        label: t('matter.one'),
        text: (row) => `${row.numbers[0]} ${sayKind(row.kind)}`,
      },
      {
        key: 'next',
        label: t('task.state'),
        width: '9em',
        text: (row) => [sayState(now(row)), nextOf(row)].filter(Boolean).join(' · '),
        sort: rank,
      },
    ];
  const all: Column<MatterRow>[] = [
    {
      key: 'number',
      label: t('loops.number'),
      width: '7.5em',
      text: (row) => sayNumbers(now(row)),
    },
    { key: 'kind', label: t('matter.kind'), text: (row) => sayKind(row.kind) },
    { key: 'state', label: t('task.state'), width: '7em', text: (row) => sayState(now(row)) },
    { key: 'next', label: t('matter.next_step'), width: '1.7fr', text: nextOf, sort: rank },
    { key: 'owner', label: t('task.owner'), text: (row) => sayOwner(now(row)) },
  ];
  if (beside || width < ROOMY_PX) return all;
  return [
    ...all,
    {
      key: 'held',
      label: t('matter.mediations'),
      width: '5.4em',
      text: (row) =>
        String(now(row).mediations.filter((one) => one.held_ms !== null).length || '–'),
      sort: (row) => now(row).mediations.length,
    },
    { key: 'org', label: t('loops.org'), width: '1.2fr', text: (row) => sayOrg(now(row).org) },
  ];
}
