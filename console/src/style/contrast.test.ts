import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The colours of a theme, by token. */
function tokens(theme: 'dark' | 'light'): Record<string, string> {
  const block = css.split(`:root[data-theme='${theme}'] {`)[1]!.split('}')[0]!;
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): (#\w{6});/g)].map((m) => [m[1], m[2]]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['dark', 'light'] as const)('streets on the %s map', (theme) => {
  const of = tokens(theme);

  it.each(['--map-land', '--map-built', '--map-park', '--map-water'])(
    'stand out from %s',
    (ground) => {
      expect(contrast(of['--map-road-major']!, of[ground]!)).toBeGreaterThan(2.3);
      expect(contrast(of['--map-road']!, of['--map-land']!)).toBeGreaterThan(2);
    },
  );

  it('have names that are read', () => {
    expect(contrast(of['--map-label']!, of['--map-halo']!)).toBeGreaterThan(4.5);
  });

  it('leave text with the contrast that reading needs', () => {
    for (const text of ['--text', '--text-muted', '--accent-strong', '--red', '--amber'])
      for (const ground of ['--ground', '--surface', '--raised'])
        expect([text, ground, contrast(of[text]!, of[ground]!) >= 4.5]).toEqual([
          text,
          ground,
          true,
        ]);
  });
});

it('knows the contrast of black and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
