/** The columns of the list of tasks. */
import type { TaskRow } from '../api/schema';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { people } from '../model/people.svelte';
import { ROOMY_PX, type Column } from '../views/parts/listing.svelte';
import { isLate, urgency } from './can';
import { tasks } from './tasks.svelte';
import { sayKind, sayNote, sayOrg, sayOwner, sayState, sayTeam, sayTime } from './words';

/** What has become of one that keeps its place under the hand. */
const now = (seen: TaskRow): TaskRow => tasks.get(seen.id) ?? seen;

function timeOf(seen: TaskRow): string {
  const row = now(seen);
  const time = sayTime(row);
  return isLate(row, clock.now_ms) ? `▲ ${time}` : time;
}

const rank = (row: TaskRow): number => urgency(row, tasks.now_ms);

/** Two columns for a phone: what it is, and how it stands. */
function brief(): Column<TaskRow>[] {
  return [
    { key: 'number', label: t('task.what'), text: (row) => `${row.number} ${sayKind(row)}` },
    {
      key: 'time',
      label: t('task.state'),
      width: '7.5em',
      text: (row) => [sayState(now(row)), timeOf(row)].filter(Boolean).join(' · '),
      sort: rank,
    },
  ];
}

/** `beside`: a task is shown beside the list, which has less room. */
export function columns(width: number, beside: boolean): Column<TaskRow>[] {
  if (width < 560) return brief();
  const level: Column<TaskRow> = {
    key: 'level',
    label: t('task.level'),
    width: '3.2em',
    text: (row) => String(row.priority),
    sort: (row) => row.priority,
  };
  const all: Column<TaskRow>[] = [
    { key: 'number', label: t('loops.number'), width: '6em', text: (row) => row.number },
    { key: 'kind', label: t('task.kind'), text: sayKind },
    { key: 'state', label: t('task.state'), width: '6.5em', text: (row) => sayState(now(row)) },
    { key: 'time', label: t('loops.time'), width: '9.5em', text: timeOf, sort: rank },
    {
      key: 'owner',
      label: t('task.owner'),
      text: (row) => people.name(now(row).owner) || sayTeam(now(row).team) || '—',
    },
  ];
  // Beside an open task there is no room for owners: the task names its own.
  const short = beside && width < ROOMY_PX ? all.filter(({ key }) => key !== 'owner') : all;
  if (beside || width < ROOMY_PX) return [level, ...short.map(narrower)];
  return [
    level,
    ...all,
    { key: 'org', label: t('loops.org'), width: '1.2fr', text: (row) => sayOrg(now(row).org) },
    { key: 'note', label: t('task.note'), width: '1.3fr', text: (row) => sayNote(now(row)) },
  ];
}

const narrower = (one: Column<TaskRow>): Column<TaskRow> =>
  one.key === 'owner' ? { ...one, text: (row) => sayOwner(now(row)) } : one;
