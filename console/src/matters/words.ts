/** What is said of disputes. */
import type { MatterReading, MatterRow } from '../api/schema';
import { isMessage, say, t } from '../i18n';
import { sayLength, sayPromised } from '../loops/lengths';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import { people } from '../model/people.svelte';
import { dateAndTime } from '../model/timers';
import { sayOrg, sayTeam, type Team } from '../tasks/words';
import { isLate, isOver, standing } from './can';
import { sayTelling } from '../watching/words';

export type Outcome = Exclude<MatterRow['outcome'], ''>;
export type Result = Exclude<MatterRow['mediations'][number]['result'], ''>;
export const OUTCOMES: readonly Outcome[] = [
  'settled',
  'partly_settled',
  'mediation_failed',
  'given_up',
];
export const RESULTS: readonly Result[] = [
  'all_agreed',
  'some_agreed',
  'again',
  'nobody_came',
  'no_agreement',
];

export const sayKind = (kind: string): string => say(pack.name('matter_kinds', kind));
export const sayOutcome = (one: Outcome): string => t(`matter.outcome.${one}`);
export const sayResult = (one: Result): string => t(`matter.result.${one}`);
export const sayMoment = (at_ms: number): string => dateAndTime(at_ms).slice(5, 16);

export function sayState(row: MatterRow): string {
  const state = standing(row, clock.now_ms);
  return state === 'watched' && row.outcome ? sayOutcome(row.outcome) : t(`matter.state.${state}`);
}

/** Who has it: a member, else a team, else the organisation. */
export function sayOwner(row: MatterRow): string {
  return people.name(row.owner) || sayTeam(row.team) || sayOrg(row.org);
}

export function sayWhere(row: MatterRow): string {
  const parts = [sayOrg(row.org), sayTeam(row.team), people.name(row.owner)];
  return parts.filter(Boolean).join(' · ');
}

export function sayNumbers(row: MatterRow): string {
  const [first = '', ...more] = row.numbers;
  return more.length ? `${first} +${more.length}` : first;
}

/** What is owed next and in what time; else when it ends. */
export function sayNext(row: MatterRow): string {
  const now_ms = clock.now_ms;
  if (isOver(row, now_ms)) return '';
  if (row.due_ms !== null) {
    const time = sayLength(row.due_ms - now_ms);
    const left = isLate(row, now_ms) ? t('timer.late', { time }) : t('timer.left', { time });
    return sayPromised(t('matter.next', { what: t(nextKey(row)), left }), row);
  }
  return row.review_ms === null
    ? ''
    : t('matter.ends_in', { time: sayLength(row.review_ms - now_ms) });
}

function nextKey(row: MatterRow) {
  if (row.state === 'failed') return 'matter.next.case' as const;
  const planned = row.mediations.some(({ held_ms }) => held_ms === null);
  return planned ? ('matter.next.mediation' as const) : ('matter.next.again' as const);
}

/** One line of its history. */
export function sayMatterEvent(entry: MatterReading['history'][number]): string {
  const telling = sayTelling(entry);
  if (telling) return telling;
  const key = `event.${entry.type.replace(/\.v\d+$/, '')}`;
  const body = entry.body as Record<string, string | number | null | undefined>;
  const { org, team, owner, outcome, result, number, at_ms, next_ms } = body;
  const to = [
    org === undefined ? '' : sayOrg(String(org)),
    sayTeam((team ?? '') as Team),
    owner ? people.name(String(owner)) : '',
  ];
  if (!isMessage(key)) return entry.type;
  const said = t(key, {
    to: to.filter(Boolean).join(' · '),
    owner: owner ? people.name(String(owner)) : '',
    outcome: outcome ? sayOutcome(outcome as Outcome) : '',
    result: result ? sayResult(result as Result) : '',
    number: number ?? '',
    time: typeof at_ms === 'number' ? sayMoment(at_ms) : '',
  });
  return typeof next_ms === 'number'
    ? `${said} · ${t('matter.again_by', { time: sayMoment(next_ms) })}`
    : said;
}
