/** The columns of a list of requests to specialist desks. */
import type { DeskRequestRow } from '../api/schema';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { people } from '../model/people.svelte';
import { ROOMY_PX, type Column } from '../views/parts/listing.svelte';
import { isLate, urgency } from './can';
import { desks } from './desks.svelte';
import { sayDesk, sayNote, sayState, sayTime, sayWhat } from './words';

/** What has become of one that keeps its place under the hand. */
const now = (seen: DeskRequestRow): DeskRequestRow => desks.get(seen.id) ?? seen;

function timeOf(seen: DeskRequestRow): string {
  const row = now(seen);
  return isLate(row, clock.now_ms) ? `▲ ${sayTime(row)}` : sayTime(row);
}

/** `beside`: a request is shown beside the list, which has less room. */
export function columns(width: number, beside: boolean): Column<DeskRequestRow>[] {
  const time: Column<DeskRequestRow> = {
    key: 'time',
    label: t('loops.time'),
    width: '9em',
    text: timeOf,
    sort: urgency,
  };
  if (width < 560) {
    return [
      { key: 'number', label: t('request.one'), text: (row) => `${row.number} ${sayWhat(row)}` },
      {
        ...time,
        width: '7.5em',
        text: (row) => [sayState(now(row)), timeOf(row)].filter(Boolean).join(' · '),
      },
    ];
  }
  const short: Column<DeskRequestRow>[] = [
    {
      key: 'level',
      label: t('task.level'),
      width: '3.2em',
      text: (row) => String(row.priority),
      sort: (row) => row.priority,
    },
    { key: 'number', label: t('loops.number'), width: '6em', text: (row) => row.number },
    { key: 'what', label: t('desks.offer'), width: '1.6fr', text: sayWhat },
    { key: 'state', label: t('task.state'), width: '6.5em', text: (row) => sayState(now(row)) },
    time,
  ];
  const desk: Column<DeskRequestRow> = {
    key: 'desk',
    label: t('desks.one'),
    width: '0.9fr',
    text: (row) => sayDesk(row.desk),
  };
  const own = desks.own.length > 1 || !desks.isAtDesk ? [desk] : [];
  if (beside) return short;
  if (width < ROOMY_PX) return [...short, ...own];
  return [
    ...short,
    ...own,
    { key: 'owner', label: t('task.owner'), text: (row) => people.name(now(row).owner) || '—' },
    { key: 'note', label: t('task.note'), width: '1.3fr', text: (row) => sayNote(now(row)) },
  ];
}
