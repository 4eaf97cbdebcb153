/** What is said of supervision orders. */
import type { OrderReading, OrderRow } from '../api/schema';
import { isMessage, t } from '../i18n';
import { sayLength } from '../loops/lengths';
import { sayDue } from '../loops/words';
import { clock } from '../model/clock.svelte';
import { people } from '../model/people.svelte';
import { tasks } from '../tasks/tasks.svelte';
import { sayKind, sayOrg, sayReason, sayTeam } from '../tasks/words';
import { isLate, isOver, isOwed } from './can';
import { sayTelling } from '../watching/words';

export const sayState = ({ state }: OrderRow): string => t(`order.state.${state}`);

/** Who is to answer: the organisation, and there a team or a member, if they are named. */
export const sayTo = ({ org, team, owner }: Pick<OrderRow, 'org' | 'team' | 'owner'>): string =>
  [sayOrg(org), sayTeam(team), people.name(owner)].filter(Boolean).join(' · ');

/** What it is on, if that is a task of the incident that is on the board. */
export function sayTask(row: OrderRow): string {
  const task = tasks.get(row.task);
  return task ? sayKind(task) : '';
}

/** How late the answer is, how much time is left, or by when it was wanted. */
export function sayTime(row: OrderRow): string {
  if (isOver(row)) return '';
  if (!isOwed(row))
    return row.late_ms ? t('order.answered_late', { time: sayLength(row.late_ms) }) : '';
  const time = sayLength(row.due_ms - clock.now_ms);
  return isLate(row, clock.now_ms) ? t('timer.late', { time }) : t('timer.left', { time });
}

/** Why an answer came back, how often, and how often they were pressed. */
export function sayNote(row: OrderRow): string {
  return [
    row.left ? t('order.left', { who: people.name(row.left) }) : '',
    row.sent_back ? t('order.sent_back_so_often', { count: row.sent_back }) : '',
    row.sent_back && row.reason ? sayReason(row.reason) : '',
    row.reminders ? t('order.reminded_so_often', { count: row.reminders }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** One line of its history. */
export function sayOrderEvent(entry: OrderReading['history'][number]): string {
  const telling = sayTelling(entry);
  if (telling) return telling;
  const key = `event.${entry.type.replace(/\.v\d+$/, '')}`;
  const {
    org = '',
    team = '',
    owner = '',
    reason,
    due_ms,
  } = entry.body as {
    org?: string;
    team?: OrderRow['team'];
    owner?: string;
    reason?: string;
    due_ms?: number;
  };
  const due = due_ms ? sayDue(due_ms, clock.now_ms) : '';
  return isMessage(key)
    ? t(key, {
        to: sayTo({ org, team, owner }),
        owner: people.name(owner),
        reason: reason ? sayReason(reason) : '–',
        due,
      })
    : entry.type;
}

export const sayGivenBy = (row: OrderRow): string =>
  t('order.given_by', { who: people.name(row.given_by) });
