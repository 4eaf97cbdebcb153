/** Days as the city has them. */
import { instants, localTime } from '../views/calls/zonedTime';

const DAY_MS = 86_400_000;

/** When tomorrow begins; where the clocks skip midnight, right after. */
export function tomorrow_ms(now_ms: number, zone: string): number {
  const today = localTime(now_ms, zone).date;
  const date = new Date(Date.parse(today) + DAY_MS).toISOString().slice(0, 10);
  for (const time of ['00:00', '00:30', '01:00']) {
    const [begins] = instants({ date, time }, zone) ?? [];
    if (begins !== undefined) return begins;
  }
  return now_ms + DAY_MS;
}
