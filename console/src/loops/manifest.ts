import type { RecordManifest } from '../operations/manifest';
import { pack } from '../model/pack.svelte';
import { CLOCK_PAGES } from '../watching/pages';
import { clocks } from './clocks.svelte';
import { approve, explainDeadline, extend, pause, resume, withdrawApproval } from './operations';
import { pageOf } from './show';
import Told from './Told.svelte';
import WhyOverlay from './WhyOverlay.svelte';

export const loopRecord: RecordManifest = {
  operations: [approve, withdrawApproval, pause, resume, extend, explainDeadline],
  names: {
    'loop.approve': 'op.loop_approve',
    'loop.withdraw_approval': 'op.loop_withdraw',
    'loop.pause_clock': 'op.loop_pause',
    'loop.resume_clock': 'op.loop_resume',
    'loop.extend_clock': 'op.loop_extend',
  },
  fields: { passed: 'role', role: 'role', late_ms: 'length' },
  groups: [{ group: 'loop', title: 'loops.title' }],
  absent: { page: '/clocks', now: () => pack.pack?.loop.clocks.length === 0 },
  waits: CLOCK_PAGES.map((page) => ({
    page,
    says: 'loops.waits',
    now: () => clocks.told.some(({ loop }) => pageOf(loop) === page),
  })),
  everywhere: Told,
  over: WhyOverlay,
};
