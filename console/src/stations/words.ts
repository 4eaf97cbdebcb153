/** What is said of what is read back. */
import type { TaskRow } from '../api/schema';
import { say, t } from '../i18n';
import { sayLength } from '../loops/lengths';
import { sayClock } from '../loops/words';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { sayKind as sayMatterKind } from '../matters/words';
import { sayKind, sayTeam } from '../tasks/words';
import type { Item } from './handed';
import { stations } from './stations.svelte';

export function taskOf(item: Item): TaskRow | undefined {
  return item.kind === 'task' ? tasks.get(item.item) : undefined;
}

/** What kind of task it is; of an incident what happened, and which clock runs out. */
export function sayWhat(item: Item): string {
  const task = taskOf(item);
  if (task) return sayKind(task);
  if (item.kind === 'task') return t('record.value.task');
  if (item.kind === 'supervision_order') return t('record.value.supervision_order');
  if (item.kind === 'matter')
    return [t('record.value.matter'), sayMatterKind(stations.matter(item.item)?.kind ?? '')]
      .filter(Boolean)
      .join(' · ');
  const what = say(pack.name('categories', board.incidents.get(item.item)?.category ?? ''));
  const runs = (stations.loop(item.item)?.clocks ?? []).filter(
    (one) => one.state === 'running' && one.due_ms === item.due_ms,
  );
  return [what, ...runs.map(sayClock)].filter(Boolean).join(' · ');
}

export function sayDueTime(item: Item): string {
  if (item.over) return t('stations.done');
  const time = sayLength(item.due_ms - clock.now_ms);
  return item.late ? `▲ ${t('timer.late', { time })}` : t('timer.left', { time });
}

/** Who has it, with the team. */
export function sayWho(item: Item): string {
  const team = sayTeam(taskOf(item)?.team ?? '');
  const owner = item.kind === 'task' ? item.owner : (item.confirmed ?? item.owner);
  return [people.name(owner), team].filter(Boolean).join(' · ') || '—';
}

/** Whether its owner is confirmed. */
export function sayConfirmed(item: Item): string {
  if (item.over) return '✓';
  if (item.settled) return `✓ ${people.name(item.confirmed)}`;
  return item.late ? t('stations.to_confirm') : '';
}
