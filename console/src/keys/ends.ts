/** When an API key ends, and when that is told. Pure. */
import type { PartnerKeyRow } from '../api/schema';

const TOLD_BEFORE_MS = 14 * 86_400_000;

type Ends = Pick<PartnerKeyRow, 'until_ms'>;

export function isInForce(
  { state, until_ms }: Pick<PartnerKeyRow, 'state'> & Ends,
  now_ms: number,
): boolean {
  return state === 'active' && now_ms < until_ms;
}

/** Does it end within fourteen days? */
export function isEnding({ until_ms }: Ends, now_ms: number): boolean {
  return until_ms - now_ms <= TOLD_BEFORE_MS;
}
