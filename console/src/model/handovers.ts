/** The desk that a colleague offers. */
import type { HandoverRow } from '../api/types';
import { board } from './board.svelte';
import { session } from './session.svelte';

/** All handovers of the board. */
export const handovers = board.table('handovers');

/** The newest handover that waits for the signed-in member. */
export function handoverToMe(): HandoverRow | undefined {
  return [...handovers.values()]
    .filter((row) => row.state === 'offered' && row.to === session.member?.id)
    .sort((a, b) => b.since_ms - a.since_ms)[0];
}
