/**
 * What somebody has to watch: each case with all that is the matter with it. Pure: rows and the time
 * come in. What each kind means stands in `docs/guides/the-board-of-what-to-watch.md`, too.
 */
import type { AlarmRow, LoopClockRow, LoopRow, OrderRow, TaskRow } from '../api/schema';
import type { IncidentRow } from '../api/types';
import { latestRuns, standingOf } from '../loops/standing';
import { isLate as isOrderLate, isOver as isOrderOver, isOwed } from '../orders/can';
import { isLate as isTaskLate, isOver as isTaskOver, within } from '../tasks/can';

/** In the order in which they stand on the board. */
export const KINDS = [
  'late',
  'risk',
  'returned',
  'reopened',
  'chased',
  'paused',
  'unowned',
  'ordered',
] as const;
export type Kind = (typeof KINDS)[number];

export type Subject =
  | { what: 'incident'; row: IncidentRow }
  | { what: 'clock'; row: LoopRow; run: LoopClockRow }
  | { what: 'task'; row: TaskRow }
  | { what: 'order'; row: OrderRow }
  | { what: 'other'; row: Other };

export interface Case {
  id: string;
  subject: Subject;
  kinds: readonly Kind[];
  number: string;
  /** The path of the organisation with which it lies; empty for the room. */
  org: string;
  /** By when it is owed, or was; where nothing is, since when it is so. */
  at_ms: number;
  owed: boolean;
}

export interface Rows {
  incidents: Iterable<IncidentRow>;
  loops: Iterable<LoopRow>;
  tasks: Iterable<TaskRow>;
  orders: Iterable<OrderRow>;
  others?: Iterable<Other>;
}

/** What else is to be done by a time: it is late or at risk, and nothing more is said of it here. */
export interface Other {
  /** The list of its record. */
  list: string;
  id: string;
  number: string;
  org: string;
  from_ms: number;
  due_ms: number;
  deadline: string;
  owner: string;
  alarm?: AlarmRow | null;
}

const LAST_SHARE = 0.1;

/** Less than a tenth of the time is left. */
function isAtRisk(from_ms: number, due_ms: number, now_ms: number): boolean {
  return due_ms > now_ms && due_ms - now_ms < (due_ms - from_ms) * LAST_SHARE;
}

function kindsOfTask(row: TaskRow, now_ms: number): Kind[] {
  if (isTaskOver(row)) return [];
  const found: Kind[] = [];
  const { due_ms } = row;
  const isWaited = row.state !== 'submitted' && due_ms !== null;
  if (isTaskLate(row, now_ms)) found.push('late');
  else if (isWaited && isAtRisk(row.offered_ms, due_ms, now_ms)) found.push('risk');
  if (row.state === 'returned' || (row.sent_back > 0 && row.state === 'in_progress'))
    found.push('returned');
  if (row.owner === '') found.push('unowned');
  return found;
}

function kindsOfOrder(row: OrderRow, now_ms: number): Kind[] {
  if (isOrderOver(row)) return [];
  const found: Kind[] = [];
  if (isOrderLate(row, now_ms)) found.push('late');
  else if (isOwed(row) && isAtRisk(row.given_ms, row.due_ms, now_ms)) found.push('risk');
  if (row.sent_back > 0 && isOwed(row)) found.push('returned');
  return [...found, 'ordered'];
}

function kindsOfOther({ from_ms, due_ms }: Other, now_ms: number): Kind[] {
  if (due_ms <= now_ms) return ['late'];
  return isAtRisk(from_ms, due_ms, now_ms) ? ['risk'] : [];
}

function kindsOfRun(run: LoopClockRow, now_ms: number): Kind[] {
  const standing = standingOf(run, now_ms);
  if (standing === 'late' || standing === 'risk') return [standing];
  return standing === 'paused' && run.paused_last ? ['paused'] : [];
}

function kindsOfIncident(row: IncidentRow): Kind[] {
  const found: Kind[] = [];
  if (row.state === 'open' && row.reopened_at_ms !== null) found.push('reopened');
  // A closed one that is chased stays on the board until somebody has taken note of it.
  if (row.chases > 0 && (row.state === 'open' || !row.chase_seen) && row.state !== 'merged')
    found.push('chased');
  return found;
}

/** Is something owed by it still: a stage that isn't over, or a clock that runs or will go on? */
export function isLoopOpen({ clocks, stages }: LoopRow): boolean {
  const stage = stages.at(-1)?.stage ?? 'concluded';
  if (stage !== 'concluded' && stage !== 'merged') return true;
  return clocks.some(({ state }) => state === 'running' || state === 'paused');
}

/** All cases in which something is the matter, each once. */
export function casesOf(
  { incidents, loops, tasks, orders, others = [] }: Rows,
  now_ms: number,
): Case[] {
  const found: Case[] = [];
  const add = (
    kinds: readonly Kind[],
    subject: Subject,
    due_ms: number | null,
    since_ms: number,
    id: string,
  ): void => {
    if (!kinds.length) return;
    const { number, org } = subject.row;
    const owed = due_ms !== null;
    found.push({ id, subject, kinds, number, org, at_ms: due_ms ?? since_ms, owed });
  };
  for (const row of incidents) {
    const since_ms = Math.max(row.reopened_at_ms ?? 0, row.last_chase_at_ms ?? 0);
    add(kindsOfIncident(row), { what: 'incident', row }, null, since_ms, row.id);
  }
  for (const row of loops)
    for (const run of latestRuns(row)) {
      const since_ms = run.pauses.at(-1)?.from_ms ?? run.from_ms;
      const id = `${row.id}/${run.clock}`;
      add(kindsOfRun(run, now_ms), { what: 'clock', row, run }, run.due_ms, since_ms, id);
    }
  for (const row of tasks) {
    const due_ms = row.state === 'submitted' ? null : row.due_ms;
    add(kindsOfTask(row, now_ms), { what: 'task', row }, due_ms, row.since_ms, `task/${row.id}`);
  }
  for (const row of orders) {
    const due_ms = isOwed(row) ? row.due_ms : null;
    add(kindsOfOrder(row, now_ms), { what: 'order', row }, due_ms, row.since_ms, `order/${row.id}`);
  }
  for (const row of others) {
    const id = `${row.list}/${row.id}`;
    add(kindsOfOther(row, now_ms), { what: 'other', row }, row.due_ms, row.from_ms, id);
  }
  return found;
}

/** The list of the board that a case is of. */
export function listOf({ subject }: Case): string {
  switch (subject.what) {
    case 'incident':
      return 'incidents';
    case 'clock':
      return 'loops';
    case 'task':
      return 'tasks';
    case 'order':
      return 'supervision_orders';
    case 'other':
      return subject.row.list;
  }
}

export type Counts = Record<Kind, number>;

export interface Line {
  org: string;
  all: number;
  counts: Counts;
}

const none = (): Counts => Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Counts;

/** What the server counts of a list of which not all is here. */
export type Counted = Readonly<
  Record<string, readonly ({ org: string; cases: number } & Counts)[]>
>;

/**
 * How many cases of each kind lie with each organisation: those that have some, by their paths. Of
 * lists that the server counts it knows more; what came since it was asked is here.
 */
export function linesOf(cases: readonly Case[], counted: Counted = {}): Line[] {
  const found = new Map<string, Line>();
  for (const list of new Set([...cases.map(listOf), ...Object.keys(counted)])) {
    const here = sumsOf(cases.filter((one) => listOf(one) === list));
    const there = new Map(counted[list]?.map((one) => [one.org, one]));
    for (const org of new Set([...here.keys(), ...there.keys()])) {
      const [own, known] = [here.get(org), there.get(org)];
      const line = found.get(org) ?? { org, all: 0, counts: none() };
      line.all += Math.max(own?.all ?? 0, known?.cases ?? 0);
      for (const kind of KINDS)
        line.counts[kind] += Math.max(own?.counts[kind] ?? 0, known?.[kind] ?? 0);
      found.set(org, line);
    }
  }
  return [...found.values()].sort((a, b) => (a.org < b.org ? -1 : 1));
}

function sumsOf(cases: readonly Case[]): Map<string, Line> {
  const found = new Map<string, Line>();
  for (const { org, kinds } of cases) {
    const line = found.get(org) ?? { org, all: 0, counts: none() };
    line.all += 1;
    for (const kind of kinds) line.counts[kind] += 1;
    found.set(org, line);
  }
  return found;
}

/** The cases beneath a number: of a kind, exactly with an organisation; null for all. */
export function beneath(
  cases: readonly Case[],
  kind: Kind | null,
  org: string | null,
  below = '',
): Case[] {
  return cases.filter(
    (one) =>
      within(one.org, below) &&
      (org === null || one.org === org) &&
      (kind === null || one.kinds.includes(kind)),
  );
}

/** The late ones first, the longest on top; then what is owed next; then what is so the longest. */
export function urgencyOf({ kinds, at_ms, owed }: Case): number {
  if (kinds.includes('late')) return at_ms;
  return (owed ? 1e14 : 2e14) + at_ms;
}
