/** How clocks stand: what is late, at risk or paused, and what comes first. Pure: the time comes in. */
import type { LoopClockRow, LoopRow } from '../api/schema';

export type Standing = 'late' | 'risk' | 'paused' | 'running' | 'met' | 'met_late' | 'ended';

/** In the order in which a person must look at them. */
export const OPEN = ['late', 'risk', 'paused', 'running'] as const;
export type Open = (typeof OPEN)[number];

/** Less than this share of its time left is a risk, whether or not its rule warns. */
const LAST_SHARE = 0.1;

/** How one run of a clock stands now. */
export function standingOf(run: LoopClockRow, now_ms: number): Standing {
  if (run.state === 'paused') return 'paused';
  if (run.state === 'met') return run.late_ms ? 'met_late' : 'met';
  if (run.state === 'ended' || run.due_ms === null) return run.state;
  const left_ms = run.due_ms - now_ms;
  if (left_ms <= 0) return 'late';
  const isLast = left_ms < (run.due_ms - run.from_ms) * LAST_SHARE;
  return run.warned || isLast ? 'risk' : 'running';
}

export function isOpen(standing: Standing): standing is Open {
  return (OPEN as readonly Standing[]).includes(standing);
}

/** A run of a clock on an incident. */
export interface ClockLine {
  id: string;
  loop: LoopRow;
  run: LoopClockRow;
  standing: Standing;
}

/** The latest run of each clock of an incident, in the order in which they started. */
export function latestRuns({ clocks }: LoopRow): LoopClockRow[] {
  const last = new Map(clocks.map((run) => [run.clock, run]));
  return clocks.filter((run) => last.get(run.clock) === run);
}

/** Since when it stands still. */
export function pausedSince_ms(run: LoopClockRow): number {
  return run.pauses.at(-1)?.from_ms ?? run.from_ms;
}

/** Sorts the late before those at risk, the paused and the others; within each what waits longest. */
export function urgencyOf({ run, standing }: ClockLine): number {
  const rank = isOpen(standing) ? OPEN.indexOf(standing) : OPEN.length;
  // Times have 13 figures: a rank is always more than any time.
  return rank * 1e14 + (run.due_ms ?? pausedSince_ms(run));
}

/** Was this member told of it, and is it late still? */
export function isToldTo(line: ClockLine, member: string): boolean {
  return line.standing === 'late' && line.run.told.includes(member);
}
