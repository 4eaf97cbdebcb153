/** The columns of the board of clocks. */
import { say, t } from '../i18n';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import type { Column } from '../views/parts/listing.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { clocks } from './clocks.svelte';
import { incidentOf } from './show';
import { urgencyOf, type ClockLine } from './standing';
import { GLYPHS, sayBriefly, sayClock, sayPause, sayTime, sayTold, sayWhere } from './words';

/** What the incident is; of a task, what is to be done. */
function sayCategory({ loop }: ClockLine): string {
  const task = loop.task_on && tasks.get(loop.id);
  if (task) return t(`task.kind.${task.kind}`);
  return say(pack.name('categories', board.incidents.get(incidentOf(loop))?.category));
}

/** Whom its last escalation told; of a paused one why it is. */
function sayNote({ run }: ClockLine): string {
  const still = run.state === 'paused' ? sayPause(run.pauses.at(-1)?.reason ?? null) : '';
  return [still, sayTold(run)].filter(Boolean).join(' · ');
}

/** What has become of one that keeps its place, though it may be met meanwhile. */
const now = (seen: ClockLine): ClockLine => clocks.anew(seen, clock.now_ms);

function timeOf(seen: ClockLine): string {
  const line = now(seen);
  return `${GLYPHS[line.standing]} ${sayTime(line, clock.now_ms)}`;
}

const nameOf = ({ run }: ClockLine): string => sayClock(run);

/** Two columns for a phone: what it is, and how it stands. */
function brief(): Column<ClockLine>[] {
  return [
    {
      key: 'number',
      label: t('loops.number'),
      text: (line) => `${line.loop.number} ${nameOf(line)}`,
    },
    {
      key: 'time',
      label: t('loops.time.brief'),
      width: '6.2em',
      text: (line) => sayBriefly(now(line), clock.now_ms),
      sort: urgencyOf,
    },
  ];
}

export function columns(isNarrow: boolean): Column<ClockLine>[] {
  if (isNarrow) return brief();
  return [
    { key: 'number', label: t('loops.number'), width: '6em', text: ({ loop }) => loop.number },
    { key: 'category', label: t('op.category'), width: '1.2fr', text: sayCategory },
    { key: 'where', label: t('loops.where'), text: sayWhere },
    { key: 'clock', label: t('loops.clock'), width: '1.2fr', text: nameOf },
    { key: 'time', label: t('loops.time'), width: '11em', text: timeOf, sort: urgencyOf },
    { key: 'note', label: t('loops.note'), width: '1.5fr', text: sayNote },
  ];
}
