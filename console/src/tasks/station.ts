/** The queues of a station: how much lies with each team, and how it stands. Pure. */
import type { ListCount, TaskRow } from '../api/schema';
import { isLate, isOver } from './can';
import type { Team } from './words';

export type Stand = 'late' | 'today' | 'waiting' | 'working' | 'submitted' | 'returned';
export const STANDS: readonly Stand[] = [
  'late',
  'today',
  'waiting',
  'working',
  'submitted',
  'returned',
];
/** In their order; what no team was named for is the command office's to hand on. */
export const QUEUES: readonly Team[] = ['', 'command', 'community', 'case'];

/** How a task stands: one that is late or due today is counted as that, too. */
export function stands(row: TaskRow, now_ms: number, tomorrow_ms: number): Stand[] {
  if (isOver(row)) return [];
  const found: Stand[] = [];
  const isWaited = row.state !== 'submitted' && row.due_ms !== null;
  if (isLate(row, now_ms)) found.push('late');
  else if (isWaited && row.due_ms! < tomorrow_ms) found.push('today');
  if (row.state === 'accepted' || row.state === 'in_progress') found.push('working');
  else if (row.state === 'offered') found.push('waiting');
  else if (row.state === 'submitted' || row.state === 'returned') found.push(row.state);
  return found;
}

export type Counts = Record<Stand, number>;

export interface Queue {
  team: Team;
  all: number;
  counts: Counts;
}

export const none = (): Counts => ({
  late: 0,
  today: 0,
  waiting: 0,
  working: 0,
  submitted: 0,
  returned: 0,
});

/** What lies with each team, and with none. */
export function queuesOf(rows: readonly TaskRow[], now_ms: number, tomorrow_ms: number): Queue[] {
  const found = QUEUES.map((team): Queue => ({ team, all: 0, counts: none() }));
  for (const row of rows) {
    const queue = found.find(({ team }) => team === row.team);
    if (!queue || isOver(row)) continue;
    queue.all += 1;
    for (const stand of stands(row, now_ms, tomorrow_ms)) queue.counts[stand] += 1;
  }
  return found;
}

/**
 * The queues with how much there is in all, where the board holds only some. What is due today is counted of
 * what is here: the most urgent is.
 */
export function counted(queues: Queue[], groups: readonly ListCount[] | null): Queue[] {
  if (!groups) return queues;
  return queues.map(({ team, counts }): Queue => {
    const own = groups.filter((one) => one.team === team);
    const sum = (...states: string[]): number =>
      own
        .filter(({ state }) => states.includes(state))
        .reduce((so_far, one) => so_far + one.count, 0);
    const late = own
      .filter(({ state }) => state !== 'submitted')
      .reduce((so_far, one) => so_far + one.late, 0);
    return {
      team,
      all: own.reduce((so_far, one) => so_far + one.count, 0),
      counts: {
        ...counts,
        late,
        waiting: sum('offered'),
        working: sum('accepted', 'in_progress'),
        submitted: sum('submitted'),
        returned: sum('returned'),
      },
    };
  });
}
