/** Figures of a debrief as text. */

/** Seconds, rounded; a dash where there are none. */
export function seconds(value: number | null): string {
  return value === null ? '–' : `${Math.round(value)} s`;
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
