/** What is said of requests to specialist desks. */
import type { DeskOffered, DeskRequestReading, DeskRequestRow, DeskStanding } from '../api/schema';
import { isMessage, listed, say, t, type MessageKey } from '../i18n';
import { sayLength, sayPromised } from '../loops/lengths';
import { sayDue } from '../loops/words';
import { clock } from '../model/clock.svelte';
import { people } from '../model/people.svelte';
import { sayReason } from '../tasks/words';
import { isLate, isOver, type nextStep } from './can';
import { desks } from './desks.svelte';
import { sayTelling } from '../watching/words';

type Step = NonNullable<ReturnType<typeof nextStep>>;
const STEPS: Record<Step, MessageKey> = {
  'desk_request.accept': 'op.request_accept',
  'desk_request.start': 'op.request_start',
  'desk_request.finish': 'op.request_finish',
  'desk_request.confirm': 'op.request_confirm',
};

export const stepKey = (step: Step): MessageKey => STEPS[step];
export const sayState = ({ state }: DeskRequestRow): string => t(`request.state.${state}`);

export function sayDesk(code: string): string {
  return say(desks.desk(code)) || code;
}

function named(among: readonly DeskOffered[] | undefined, code: string): string {
  return say(among?.find((one) => one.code === code)) || code;
}

export const sayOffer = ({ desk, offer }: DeskRequestRow): string =>
  named(desks.desk(desk)?.offers, offer);
export const saySkill = ({ desk, skill }: DeskRequestRow): string =>
  skill && named(desks.desk(desk)?.skills, skill);

/** What is asked for, and the skill that is needed for it. */
export const sayWhat = (row: DeskRequestRow): string =>
  [sayOffer(row), saySkill(row)].filter(Boolean).join(' · ');

/** Who has it: a specialist, else the desk. */
export const sayOwner = (row: DeskRequestRow): string =>
  people.name(row.owner) || sayDesk(row.desk);

/** How late it is to be accepted, or how much time is left; after that, since when it is so. */
export function sayTime(row: DeskRequestRow): string {
  if (isOver(row)) return '';
  if (row.state !== 'asked') {
    return t('request.since', { time: sayLength(Math.max(0, clock.now_ms - row.since_ms)) });
  }
  const time = sayLength(Math.abs(row.accept_by_ms - clock.now_ms));
  const late = isLate(row, clock.now_ms);
  return sayPromised(t(late ? 'timer.late' : 'timer.left', { time }), row);
}

/** The task that it is needed for, if it is for one. */
export const sayTask = ({ task_kind }: DeskRequestRow): string =>
  task_kind ? t(`task.kind.${task_kind}`) : '';

/** What it is for, why it waits or came back, how often, and how often the desk was pressed. */
export function sayNote(row: DeskRequestRow): string {
  return [
    row.task_kind ? t('request.for_task', { kind: sayTask(row) }) : '',
    row.state === 'asked' && row.queued ? t(`request.queued.${row.queued}`) : '',
    row.returned ? t('task.returned_so_often', { count: row.returned }) : '',
    row.sent_back ? t('task.sent_back_so_often', { count: row.sent_back }) : '',
    row.reason ? sayReason(row.reason) : '',
    row.reminders ? t('task.reminded_so_often', { count: row.reminders }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Whether a desk is open, and until when. */
export function sayHours(now: DeskStanding | undefined): string {
  if (!now) return '';
  if (now.changes_ms === null) return t('desks.always');
  const time = sayDue(now.changes_ms, clock.now_ms);
  return now.open ? t('desks.open_until', { time }) : t('desks.opens', { time });
}

/** Why a request to a desk would have to wait; empty where it needn't. */
export function sayWaits(code: string): string {
  const why = desks.waits(code);
  const now = desks.standing(code);
  if (why === 'closed') return t('desks.is_closed', { hours: sayHours(now) });
  const capacity = desks.desk(code)?.capacity ?? 0;
  return why === 'full' ? t('desks.is_full', { count: now?.at_work ?? 0, capacity }) : '';
}

export const sayOffered = (offered: readonly DeskOffered[]): string =>
  listed(offered.filter((one) => !one.retired).map((one) => say(one)));

/** One line of its history. */
export function sayRequestEvent(entry: DeskRequestReading['history'][number]): string {
  const telling = sayTelling(entry);
  if (telling) return telling;
  const key = `event.${entry.type.replace(/\.v\d+$/, '')}`;
  const { owner, reason } = entry.body as Record<string, string | undefined>;
  return isMessage(key)
    ? t(key, { owner: people.name(owner), reason: reason ? sayReason(reason) : '' })
    : entry.type;
}
