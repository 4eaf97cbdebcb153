/** What is said of a case: what it is, what is the matter with it, and where it leads. */
import type { LoopClockRow } from '../api/schema';
import { say, t } from '../i18n';
import { sayLength } from '../loops/lengths';
import { canShow, canShowOf, showIncident, showOf } from '../loops/show';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { selection } from '../model/selection.svelte';
import { mayOpen } from '../operations/room';
import { canShowOrder, showOrder } from '../orders/show';
import { sayState as sayOrderState } from '../orders/words';
import { showTask } from '../tasks/show';
import { sayKind, sayState, sayTeam } from '../tasks/words';
import { router } from '../model/router.svelte';
import { pageOf, showRecord } from '../watching/places';
import { sayDeadline, sayNames, sayTold } from '../watching/words';
import type { Case } from './cases';

export function sayWhat({ subject }: Case): string {
  switch (subject.what) {
    case 'incident':
      return say(pack.name('categories', subject.row.category));
    case 'clock':
      return t('watch.clock', { clock: say(pack.name('clocks', subject.run.clock)) });
    case 'task':
      return `${sayKind(subject.row)} · ${sayState(subject.row)}`;
    case 'other':
      return sayDeadline(subject.row.deadline);
    case 'order':
      return `${t('order.one')} · ${sayOrderState(subject.row)}`;
  }
}

/** What is the matter with it, and who was told that it is due. */
export const sayKinds = ({ kinds, subject }: Case): string =>
  [...kinds.map((kind) => t(`watch.kind.${kind}`)), sayToldOf(subject)].filter(Boolean).join(' · ');

function sayToldOf(subject: Case['subject']): string {
  if (subject.what === 'incident') return '';
  return subject.what === 'clock' ? sayRunTold(subject.run) : sayTold(subject.row.alarm);
}

function sayRunTold({ state, steps, told }: LoopClockRow): string {
  return state === 'running' && steps > 0 ? sayNames(told) : '';
}

/** With which person or team it lies, where that is known. */
export function sayWith({ subject }: Case): string {
  if (subject.what === 'other') return people.name(subject.row.owner);
  if (subject.what !== 'task') return '';
  return people.name(subject.row.owner) || sayTeam(subject.row.team);
}

export function sayTime({ kinds, at_ms, owed }: Case): string {
  const ms = at_ms - clock.now_ms;
  if (!owed) return t('watch.since', { time: sayLength(-ms) });
  const key = kinds.includes('late') ? 'timer.late' : 'timer.left';
  return t(key, { time: sayLength(ms) });
}

/** Can it be shown to the one who is signed in? */
export function canOpen({ subject }: Case): boolean {
  switch (subject.what) {
    case 'incident':
      return canShow(subject.row.id) || mayOpen('/station');
    case 'clock':
      return canShowOf(subject.row) || (!subject.row.task_on && mayOpen('/station'));
    case 'task':
      return mayOpen('/tasks');
    case 'order':
      return canShowOrder(subject.row.id);
    case 'other':
      return pageOf(subject.row.list) !== undefined;
  }
}

export function open({ subject }: Case): void {
  switch (subject.what) {
    case 'incident':
      return showMatter(subject.row.id);
    case 'clock':
      return subject.row.task_on ? showOf(subject.row) : showMatter(subject.row.id);
    case 'task':
      return showTask(subject.row.id);
    case 'order':
      return showOrder(subject.row.id);
    case 'other':
      return showRecord(subject.row.list, subject.row.id);
  }
}

/** An incident: in the room, or at the station among its own. */
function showMatter(incident: string): void {
  if (canShow(incident)) return showIncident(incident);
  selection.selectIncident(incident);
  router.go('/station');
}
