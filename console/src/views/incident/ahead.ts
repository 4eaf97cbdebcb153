/** What a choice changes in the next hour, in a short line. */
import type { Difference, Instead } from '../../api/lookahead';
import { say, t } from '../../i18n';
import { pack } from '../../model/pack.svelte';

const LEAST_S = 0.5;

/** Is there an area, or the whole, that surely loses by it? */
export function costs(one: Instead): boolean {
  const whole = one.delay_s;
  return !!one.worst || !!one.barest || (!!whole?.sure && whole.mean >= LEAST_S);
}

/** The worst first; what isn't sure is never said to be a difference. */
export function sayAhead(one: Instead): string {
  const parts: string[] = [];
  if (one.worst?.delay_s)
    parts.push(
      t('sending.worst', {
        zone: say(pack.zone(one.worst.zone)),
        change: signed(one.worst.delay_s),
      }),
    );
  if (one.barest?.bare)
    parts.push(
      t('sending.bare', {
        zone: say(pack.zone(one.barest.zone)),
        change: signed(one.barest.bare, 100),
      }),
    );
  if (one.delay_s?.sure && Math.abs(one.delay_s.mean) >= LEAST_S)
    parts.push(t('sending.delay', { change: signed(one.delay_s) }));
  if (!parts.length) return t('sending.same', { unit: one.instead_of });
  return t('sending.instead', { unit: one.instead_of, changes: parts.join(t('sending.and')) });
}

/** With its sign, and never without saying how sure: 40, give or take 6. */
export function signed({ mean, half_width }: Difference, times = 1): string {
  const size = Math.abs(mean) * times;
  const digits = size < 10 ? 1 : 0;
  const sign = mean > 0 ? '+' : '−';
  return `${sign}${size.toFixed(digits)} ± ${(half_width * times).toFixed(digits)}`;
}
