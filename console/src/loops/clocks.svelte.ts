/** The clocks of all incidents on the board, and how each stands now. */
import type { LoopClockRow, LoopRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { session } from '../model/session.svelte';
import {
  isToldTo,
  latestRuns,
  OPEN,
  standingOf,
  urgencyOf,
  type ClockLine,
  type Open,
} from './standing';

class Clocks {
  readonly #rows = board.table('loops');
  /** What was said of a run last: the same object as long as it stands as it did. */
  #lines = new WeakMap<LoopClockRow, ClockLine>();
  #before: ClockLine[] = [];

  /** The latest runs that are not over. */
  readonly #running = $derived(
    [...this.#rows.values()].flatMap((loop) =>
      latestRuns(loop)
        .filter((run) => run.state === 'running' || run.state === 'paused')
        .map((run) => ({ loop, run })),
    ),
  );
  /** Those, with how they stand; the most urgent first. Another list only when one has changed. */
  readonly open = $derived.by(() => this.#kept(this.#standing(clock.now_ms)));
  readonly counts = $derived.by(() => {
    const counts = Object.fromEntries(OPEN.map((one) => [one, 0])) as Record<Open, number>;
    for (const { standing } of this.open) counts[standing as Open] += 1;
    return counts;
  });
  /** The late ones of which the one who is signed in was told. */
  readonly told = $derived(this.open.filter((one) => isToldTo(one, session.member?.id ?? '')));

  of(incident: string): LoopRow | undefined {
    return this.#rows.get(incident);
  }

  /** A run with how it stands now. */
  line(loop: LoopRow, run: LoopClockRow, now_ms: number): ClockLine {
    const standing = standingOf(run, now_ms);
    const before = this.#lines.get(run);
    if (before?.loop === loop && before.standing === standing) return before;
    const line = { id: `${loop.id}/${run.clock}`, loop, run, standing };
    this.#lines.set(run, line);
    return line;
  }

  /** What has become of it. */
  anew(line: ClockLine, now_ms: number): ClockLine {
    const loop = this.#rows.get(line.loop.id) ?? line.loop;
    const { clock: code, from_ms } = line.run;
    const run = loop.clocks.find((one) => one.clock === code && one.from_ms === from_ms);
    return this.line(loop, run ?? line.run, now_ms);
  }

  #standing(now_ms: number): ClockLine[] {
    return this.#running.map(({ loop, run }) => this.line(loop, run, now_ms));
  }

  #kept(lines: ClockLine[]): ClockLine[] {
    lines.sort((a, b) => urgencyOf(a) - urgencyOf(b));
    const same =
      lines.length === this.#before.length && lines.every((one, i) => one === this.#before[i]);
    if (!same) this.#before = lines;
    return this.#before;
  }
}

export const clocks = new Clocks();
