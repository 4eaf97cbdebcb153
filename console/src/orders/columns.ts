/** The columns of the list of supervision orders. */
import type { OrderRow } from '../api/schema';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { ROOMY_PX, type Column } from '../views/parts/listing.svelte';
import { isLate, urgency } from './can';
import { orders } from './orders.svelte';
import { sayNote, sayState, sayTask, sayTime, sayTo } from './words';

/** What has become of one that keeps its place under the hand. */
const now = (seen: OrderRow): OrderRow => orders.get(seen.id) ?? seen;

function timeOf(seen: OrderRow): string {
  const row = now(seen);
  return isLate(row, clock.now_ms) ? `▲ ${sayTime(row)}` : sayTime(row);
}

const rank = (row: OrderRow): number => urgency(now(row));

function brief(): Column<OrderRow>[] {
  return [
    { key: 'number', label: t('loops.number'), text: (row) => `${row.number} ${sayTo(row)}` },
    {
      key: 'time',
      label: t('task.state'),
      width: '7.5em',
      text: (row) => [sayState(now(row)), timeOf(row)].filter(Boolean).join(' · '),
      sort: rank,
    },
  ];
}

/** `beside`: an order is shown beside the list, which has less room. */
export function columns(width: number, beside: boolean): Column<OrderRow>[] {
  if (width < 560) return brief();
  const all: Column<OrderRow>[] = [
    {
      key: 'level',
      label: t('task.level'),
      width: '3.2em',
      text: (row) => String(row.priority),
      sort: (row) => row.priority,
    },
    { key: 'number', label: t('loops.number'), width: '6em', text: (row) => row.number },
    { key: 'state', label: t('task.state'), width: '7em', text: (row) => sayState(now(row)) },
    { key: 'time', label: t('loops.time'), width: '9.5em', text: timeOf, sort: rank },
    { key: 'org', label: t('loops.org'), width: '1.2fr', text: sayTo },
  ];
  if (beside || width < ROOMY_PX) return all;
  return [
    ...all,
    { key: 'on', label: t('order.on'), width: '0.8fr', text: (row) => sayTask(row) || '–' },
    { key: 'note', label: t('task.note'), width: '1.2fr', text: (row) => sayNote(now(row)) },
  ];
}
