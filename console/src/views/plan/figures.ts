/** Figures of a rehearsal as text. */
import type { Estimate, Verdict } from '../../api/plan';
import { percent, t } from '../../i18n';

export type Unit = 's' | 'share' | 'count';

/** A figure as people read it; a dash where there is none. */
export function figure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–';
  if (unit === 's') return t('practice.s', { s: value.toFixed(Math.abs(value) < 100 ? 1 : 0) });
  return unit === 'share' ? percent(value, 1) : value.toFixed(1);
}

/** A mean with the half-width of its interval. */
export function withWidth([mean, half]: Estimate, unit: Unit): string {
  return half === null ? figure(mean, unit) : `${figure(mean, unit)} ± ${figure(half, unit)}`;
}

/** A difference with its sign, where there is one that can be seen. */
export function change([mean, half]: Estimate, unit: Unit): string {
  if (mean === null) return '–';
  const size = figure(Math.abs(mean), unit);
  const sign = !/[1-9]/.test(size) ? '' : mean > 0 ? '+' : '−';
  const width = half === null ? '' : ` ± ${figure(half, unit)}`;
  return `${sign}${size}${width}`;
}

/** What a difference means. Where neither more nor less is better, a sure one only differs. */
export function meaning([mean, half, verdict]: readonly [...Estimate, Verdict]):
  Verdict | 'differs' {
  const sure = mean !== null && half !== null && Math.abs(mean) > half;
  return verdict === 'unsure' && sure ? 'differs' : verdict;
}
