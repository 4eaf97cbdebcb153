/** The columns of the list of follow-up calls. */
import type { CallBackRow } from '../api/schema';
import { say, t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import type { Column } from '../views/parts/listing.svelte';
import { callBacks } from './callbacks.svelte';
import { isLate, sayAnswer, sayAttempts, sayState, sayTime } from './words';

/** What has become of one that keeps its place under the hand. */
const now = (seen: CallBackRow): CallBackRow => callBacks.get(seen.id) ?? seen;

function timeOf(seen: CallBackRow): string {
  const row = now(seen);
  const time = sayTime(row);
  return isLate(row, clock.now_ms) ? `▲ ${time}` : time;
}

const category = (row: CallBackRow): string => say(pack.name('categories', row.category));

function stateOf(seen: CallBackRow): string {
  const row = now(seen);
  return [sayState(row), sayAttempts(row)].filter(Boolean).join(' · ');
}

export function columns(width: number): Column<CallBackRow>[] {
  const number: Column<CallBackRow> = {
    key: 'number',
    label: t('loops.number'),
    width: '6em',
    text: (row) => row.number,
  };
  const time: Column<CallBackRow> = {
    key: 'time',
    label: t('loops.time'),
    width: width < 560 ? '7em' : '11.5em',
    text: timeOf,
    sort: (row) => row.due_ms,
  };
  if (width < 560) {
    const brief = (row: CallBackRow): string => `${row.number} ${stateOf(row)}`;
    return [{ key: 'number', label: t('loops.number'), text: brief }, time];
  }
  const all: Column<CallBackRow>[] = [
    number,
    { key: 'category', label: t('op.category'), text: category },
    { key: 'state', label: t('callback.state'), text: stateOf },
    time,
  ];
  if (width < 860) return all;
  return [
    ...all,
    { key: 'org', label: t('loops.org'), text: (row) => say(pack.org(row.org)) },
    {
      key: 'answer',
      label: t('callback.answer'),
      width: '1.6fr',
      text: (row) => sayAnswer(now(row)),
    },
  ];
}
