/** The incidents that stand at a stage, and whether a clock of theirs is late. */
import type { LoopClockRow, LoopRow } from '../api/schema';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { latestRuns, standingOf } from './standing';
import { stayOf, type Stage, type Stay } from './stages';

export interface StageLine {
  id: string;
  loop: LoopRow;
  stay: Stay & { stage: Stage };
  isLate: boolean;
  /** Its clock that is due first; undefined if none runs. */
  next: LoopClockRow | undefined;
}

class Stages {
  readonly #rows = board.table('loops');
  /** The same object as long as it says the same. */
  #lines = new Map<string, StageLine>();

  readonly open = $derived.by(() => {
    const before = this.#lines;
    this.#lines = new Map();
    for (const loop of this.#rows.values()) {
      const stay = stayOf(loop);
      if (!stay) continue;
      const running = latestRuns(loop).filter((run) => run.state === 'running' && run.due_ms);
      const next = running.sort((a, b) => a.due_ms! - b.due_ms!)[0];
      const isLate = next !== undefined && standingOf(next, clock.now_ms) === 'late';
      const old = before.get(loop.id);
      const line = { id: loop.id, loop, stay, isLate, next };
      this.#lines.set(loop.id, old?.loop === loop && old.isLate === isLate ? old : line);
    }
    return [...this.#lines.values()];
  });
}

export const stages = new Stages();
