/** What is said of tasks. */
import type { TaskReading, TaskRow } from '../api/schema';
import { isOver as isRequestOver } from '../desks/can';
import { desks } from '../desks/desks.svelte';
import { isMessage, say, t, type MessageKey } from '../i18n';
import { sayLength } from '../loops/lengths';
import { sayDue } from '../loops/words';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { isLate, isOver, type nextStep } from './can';
import { sayTelling } from '../watching/words';

export type Kind = TaskRow['kind'];
export type Team = TaskRow['team'];

export const KINDS: readonly Kind[] = [
  'investigate',
  'visit',
  'mediate',
  'call_back',
  'hand_over',
  'prevent',
  'check',
  'custom',
];
type Step = NonNullable<ReturnType<typeof nextStep>>;
const STEPS: Record<Step, MessageKey> = {
  'task.accept': 'op.task_accept',
  'task.start': 'op.task_start',
  'task.submit': 'op.task_submit',
  'task.approve': 'op.task_approve',
};
export const TEAMS: readonly Exclude<Team, ''>[] = ['command', 'community', 'case'];

/** Those of them that an organisation has, as the city pack says. */
export function teamsOf(org: string): readonly Exclude<Team, ''>[] {
  const there = pack.pack?.orgs.find(({ path }) => path === org)?.teams ?? [];
  return TEAMS.filter((one) => there.includes(one));
}

export const kindKey = (kind: Kind): MessageKey => `task.kind.${kind}`;
export const teamKey = (team: Exclude<Team, ''>): MessageKey => `task.team.${team}`;

export const stepKey = (step: Step): MessageKey => STEPS[step];
export const sayKind = ({ kind }: TaskRow): string => t(kindKey(kind));
export const sayState = ({ state }: TaskRow): string => t(`task.state.${state}`);
export const sayTeam = (team: Team): string => (team ? t(teamKey(team)) : '');

export function sayOrg(path: string): string {
  return path ? say(pack.org(path)) : t('task.room');
}

/** Who has it: a member, else a team, else the organisation. */
export function sayOwner(row: TaskRow): string {
  return people.name(row.owner) || sayTeam(row.team) || sayOrg(row.org);
}

/** Where it lies, from the organisation down. */
export function sayWhere(row: TaskRow): string {
  const parts = [sayOrg(row.org), sayTeam(row.team), people.name(row.owner)];
  return parts.filter(Boolean).join(' · ');
}

/** How late it is, or how much time is left; empty where nothing is wanted by a time. */
export function sayTime(row: TaskRow): string {
  if (row.due_ms === null || isOver(row)) return '';
  if (row.state === 'submitted') return t('task.due', { time: sayDue(row.due_ms, clock.now_ms) });
  const time = sayLength(row.due_ms - clock.now_ms);
  return isLate(row, clock.now_ms) ? t('timer.late', { time }) : t('timer.left', { time });
}

export function sayReason(code: string): string {
  return say(pack.name('task_reasons', code));
}

/** What it was split off, or split into, and what became of it. */
export function sayDivided(row: TaskRow): string {
  return [
    row.part_of ? t('task.is_part') : '',
    row.parts ? t('task.has_parts', { count: row.parts }) : '',
    row.joined.length ? t('task.took_in', { count: row.joined.length }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What it waits for at specialist desks. */
function sayRequests(row: TaskRow): string {
  const open = desks.forTasks([row.id, ...row.joined]).filter((one) => !isRequestOver(one));
  return open.length ? t('request.open_for_task', { count: open.length }) : '';
}

/** What it waits for, why it came back, how often, and who was pressed. */
export function sayNote(row: TaskRow): string {
  const why = row.reason ? sayReason(row.reason) : '';
  return [
    sayRequests(row),
    row.returned ? t('task.returned_so_often', { count: row.returned }) : '',
    row.sent_back ? t('task.sent_back_so_often', { count: row.sent_back }) : '',
    why,
    row.reminders ? t('task.reminded_so_often', { count: row.reminders }) : '',
    sayDivided(row),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** One line of its history. */
export function sayTaskEvent(entry: TaskReading['history'][number]): string {
  const telling = sayTelling(entry);
  if (telling) return telling;
  const name = entry.type.replace(/\.v\d+$/, '');
  const key = `event.${name}`;
  const { org, team, owner, reason } = entry.body as Record<string, string | undefined>;
  const where = [org === undefined ? '' : sayOrg(org), sayTeam((team ?? '') as Team)];
  return isMessage(key)
    ? t(key, {
        to: [...where, people.name(owner)].filter(Boolean).join(' · '),
        owner: people.name(owner),
        reason: reason ? sayReason(reason) : '',
      })
    : entry.type;
}
