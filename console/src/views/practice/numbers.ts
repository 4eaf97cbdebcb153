/** Figures of a debrief as text. */
import { listed, t } from '../../i18n';
import { callSign } from '../../model/callSigns.svelte';
import { pack } from '../../model/pack.svelte';
import { settings } from '../../model/settings.svelte';

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

/** From here on minutes read better. */
const LONG_S = 600;
const HOUR_S = 3_600;

/** Seconds, rounded, or minutes and hours where it is long; a dash where there are none. */
export function seconds(value: number | null): string {
  if (value === null) return '–';
  const whole = Math.round(value);
  if (whole < LONG_S) return t('practice.s', { s: whole });
  const m = Math.floor((whole % HOUR_S) / 60);
  if (whole < HOUR_S) return t('practice.min_s', { m, s: whole % 60 });
  return t('practice.h_min', { h: Math.floor(whole / HOUR_S), m });
}

/** A difference in seconds, with its sign. */
export function difference(value: number | null): string {
  if (value === null) return '–';
  const rounded = Math.round(value);
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '±';
  return t('practice.s', { s: `${sign}${Math.abs(rounded)}` });
}

type Arrivals = Record<string, number | null>;

/** Units with their expected arrivals, the first to come first. Lines break between units only. */
export function arrivals(units: Arrivals | null): string {
  if (units === null) return '–';
  const inOrder = Object.entries(units)
    .sort(([, a], [, b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([unit, s]) => `${callSign(unit)} ${seconds(s)}`.replaceAll(' ', '\u00a0'));
  return listed(inOrder);
}

/** Is it the same choice, whenever the units were to arrive? */
export function sameUnits(sent: Arrivals, advised: Arrivals | null): boolean {
  if (advised === null) return false;
  const [ours, theirs] = [Object.keys(sent), Object.keys(advised)];
  return ours.length === theirs.length && ours.every((unit) => unit in advised);
}
