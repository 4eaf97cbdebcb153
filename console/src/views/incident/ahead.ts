/** What a choice changes in the next hour, in a short line. */
import type { AreaChange, Difference, Instead } from '../../api/lookahead';
import { say, t } from '../../i18n';
import { pack } from '../../model/pack.svelte';

const LEAST_S = 0.5;
/** A mean of less than this many half-widths is said in words: +6.5 ± 6.4 is no measurement. */
const FAINT = 1.5;

/** Is there an area, or the whole, that surely loses by it? */
export function costs(one: Instead): boolean {
  const whole = one.delay_s;
  return !!one.worst || !!one.barest || (!!whole?.sure && whole.mean >= LEAST_S);
}

/** The worst first; what isn't sure is never said to be a difference. */
export function sayAhead(one: Instead): string {
  const parts: string[] = [];
  const { worst, barest } = one;
  const thin = new Set<string>();
  if (worst?.delay_s) {
    if (isFaint(worst.delay_s)) thin.add(worst.zone);
    else parts.push(t('sending.worst', { zone: named(worst), change: signed(worst.delay_s) }));
  }
  if (barest?.bare) {
    if (isFaint(barest.bare)) thin.add(barest.zone);
    else parts.push(t('sending.bare', { zone: named(barest), change: signed(barest.bare, 100) }));
  }
  for (const zone of thin) parts.push(t('sending.thin', { zone: say(pack.zone(zone)) }));
  if (one.delay_s?.sure && Math.abs(one.delay_s.mean) >= LEAST_S) {
    const { mean } = one.delay_s;
    if (!isFaint(one.delay_s)) parts.push(t('sending.delay', { change: signed(one.delay_s) }));
    else parts.push(t(mean > 0 ? 'sending.rather_later' : 'sending.rather_sooner'));
  }
  if (!parts.length) return t('sending.same', { unit: one.instead_of });
  return t('sending.instead', { unit: one.instead_of, changes: parts.join(t('sending.and')) });
}

/** Its interval nearly holds zero: the figure would promise more than is known. */
export function isFaint({ mean, half_width }: Difference): boolean {
  return Math.abs(mean) < FAINT * half_width;
}

function named({ zone }: AreaChange): string {
  return say(pack.zone(zone));
}

/** With its sign, and never without saying how sure: 40, give or take 6. */
export function signed({ mean, half_width }: Difference, times = 1): string {
  const size = Math.abs(mean) * times;
  const digits = size < 10 ? 1 : 0;
  const sign = mean > 0 ? '+' : '−';
  return `${sign}${size.toFixed(digits)} ± ${(half_width * times).toFixed(digits)}`;
}
