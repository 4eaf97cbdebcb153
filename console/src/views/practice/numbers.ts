/** Figures of a debrief as text. */
import { t } from '../../i18n';
import { pack } from '../../model/pack.svelte';
import { settings } from '../../model/settings.svelte';
import { duration } from '../../model/timers';

/** What the server calls the generated evening. */
export const DEMO = 'demo';

/** What was practised, by the name that people gave it. */
export function sayScenario(name: string): string {
  return name === DEMO ? t('practice.demo') : name;
}

/** Day and time in the city's zone. */
export function sayWhen(ms: number): string {
  const timeZone = pack.pack?.timezone;
  return new Date(ms).toLocaleString(settings.language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  });
}

/** From here on a time reads better as on a clock. */
const LONG_S = 600;

/** Seconds, rounded, or minutes and hours where it is long; a dash where there are none. */
export function seconds(value: number | null): string {
  if (value === null) return '–';
  return value < LONG_S ? `${Math.round(value)} s` : duration(Math.round(value) * 1000);
}

/** A difference in seconds, with its sign. */
export function difference(value: number | null): string {
  if (value === null) return '–';
  const rounded = Math.round(value);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${Math.abs(rounded)} s`;
}

/** Units with their expected arrivals, the first to come first. */
export function arrivals(units: Record<string, number | null> | null): string {
  if (units === null) return '–';
  return Object.entries(units)
    .sort(([, a], [, b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([unit, s]) => `${unit} ${seconds(s)}`)
    .join(', ');
}
