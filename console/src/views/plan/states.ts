/** How a rehearsal stands, in words. */
import type { Run } from '../../api/plan';
import type { MessageKey } from '../../i18n';

export const STATES: Record<Run['state'], MessageKey> = {
  reading: 'plan.state.reading',
  compiling: 'plan.state.compiling',
  running: 'plan.state.running',
  writing: 'plan.state.writing',
  done: 'plan.state.done',
  refused: 'plan.state.refused',
  failed: 'plan.state.failed',
  stopped: 'plan.state.stopped',
  interrupted: 'plan.state.interrupted',
};

const OVER = new Set<Run['state']>(['done', 'refused', 'failed', 'stopped', 'interrupted']);

export function isOver(run: Run): boolean {
  return OVER.has(run.state);
}
