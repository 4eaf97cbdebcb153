/** The colours of the map, from the design tokens, so that both themes are said in one place. */

const TOKENS = {
  ground: '--ground',
  surface: '--surface',
  text: '--text',
  muted: '--text-muted',
  line: '--line-strong',
  accent: '--accent',
  accentStrong: '--accent-strong',
  onAccent: '--on-accent',
  red: '--red-fill',
  onRed: '--on-red',
  amber: '--amber',
  land: '--map-land',
  water: '--map-water',
  park: '--map-park',
  built: '--map-built',
  road: '--map-road',
  roadMajor: '--map-road-major',
  zone: '--map-zone',
  label: '--map-label',
  halo: '--map-halo',
} as const;

export type Palette = Record<keyof typeof TOKENS, string> & { dark: boolean };

/** Reads the tokens of the theme that is on; `value` is `getComputedStyle(root).getPropertyValue`. */
export function readPalette(value: (token: string) => string, theme: 'dark' | 'light'): Palette {
  const entries = Object.entries(TOKENS).map(([name, token]) => [name, value(token).trim()]);
  return {
    ...(Object.fromEntries(entries) as Record<keyof typeof TOKENS, string>),
    dark: theme === 'dark',
  };
}
