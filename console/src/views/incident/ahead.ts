/** What a choice changes in the next hour, in a short line. */
import type { Difference, Instead } from '../../api/types';
import { say, t } from '../../i18n';
import { pack } from '../../model/pack.svelte';

export function sayAhead(one: Instead): string {
  const parts: string[] = [];
  if (one.delay_s.sure && Math.abs(one.delay_s.mean) >= 0.5)
    parts.push(t('sending.delay', { change: signed(one.delay_s) }));
  if (one.worst) {
    const zone = pack.zone(one.worst.zone);
    parts.push(
      t('sending.worst', {
        zone: zone ? say(zone) : one.worst.zone,
        change: signed(one.worst.delay_s),
      }),
    );
  }
  if (!parts.length) return t('sending.same', { unit: one.instead_of });
  return t('sending.instead', { unit: one.instead_of, changes: parts.join(t('sending.and')) });
}

/** With its sign, and never without saying how sure: 40 s, give or take 6. */
function signed({ mean, half_width }: Difference): string {
  const digits = Math.abs(mean) < 10 ? 1 : 0;
  const sign = mean > 0 ? '+' : '−';
  return `${sign}${Math.abs(mean).toFixed(digits)} ± ${half_width.toFixed(digits)} s`;
}
