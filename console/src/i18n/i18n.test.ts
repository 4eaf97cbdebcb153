import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill } from '.';

/** Whatever catalogues there are. */
const catalogues = import.meta.glob<Record<string, string>>('./{en,zh}/*.json', {
  eager: true,
  import: 'default',
});
const of = (language: string): Record<string, string> =>
  Object.assign(
    {},
    ...Object.entries(catalogues).flatMap(([path, texts]) =>
      path.startsWith(`./${language}/`) ? [texts] : [],
    ),
  );
const en = of('en');
const zh = of('zh');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.test)\.(svelte|ts)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const code = sources(join(import.meta.dirname, '..')).join('\n');
const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((m) => m[1]));

describe('the catalogues', () => {
  it('have the same messages in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('share no message between their files', () => {
    const files = Object.entries(catalogues).flatMap(([path, texts]) =>
      path.startsWith('./en/') ? [texts] : [],
    );
    const keys = files.flatMap((file) => Object.keys(file));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('have no empty message', () => {
    const empty = Object.entries({ ...en, ...zh }).filter(([, text]) => !text.trim());
    expect(empty).toEqual([]);
  });

  it('leave out no parameter in Chinese, and invent none', () => {
    const differing = Object.keys(en).filter(
      (key) =>
        [...placeholders(en[key]!)].sort().join() !== [...placeholders(zh[key]!)].sort().join(),
    );
    expect(differing).toEqual([]);
  });

  it('hold no message that nothing uses', () => {
    // `prefix.${code}` uses every message that begins so.
    const prefixes = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((m) => m[1]!);
    const variable = code.includes('`${prefix}.${code}`') ? ['purpose.', 'role.'] : [];
    const unused = Object.keys(en).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        ![...prefixes, ...variable].some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('hold every message that is asked for', () => {
    const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((m) => m[1]!);
    expect(asked.filter((key) => !(key in en))).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  });
});

describe('the reasons of the engine', () => {
  it('all have words here', () => {
    const page = join(import.meta.dirname, '../../../docs/background/dispatch.md');
    const table = readFileSync(page, 'utf8').split('| code |')[1]!;
    const codes = [...table.matchAll(/^\| `(\w+)`/gm)].map((m) => m[1]!);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !(`reason.${code}` in en))).toEqual([]);
  });
});

describe('filling a message', () => {
  it('puts parameters in, and leaves an unknown one visible', () => {
    expect(fill('{unit} to {number}', { unit: 'P12' })).toBe('P12 to {number}');
  });

  it('chooses singular or plural by number', () => {
    const message = '{count} {count|unit|units}';
    expect(fill(message, { count: 1 })).toBe('1 unit');
    expect(fill(message, { count: 0 })).toBe('0 units');
  });

  it('writes a level as Chinese does, and what is no small number as it is', () => {
    expect(fill('{level:han}级警情', { level: 1 })).toBe('一级警情');
    expect(fill('{level:han}级', { level: 12 })).toBe('12级');
    expect(fill('{level:han}级', { level: '?' })).toBe('?级');
  });
});
