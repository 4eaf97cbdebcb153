import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');

it('no page parts its lists by itself: listed() does, as its language does', () => {
  const found = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.(svelte|ts)$/.test(path) && path !== join('i18n', 'index.ts'))
    .filter((path) => /\? '、' : ', '|\.join\('、'\)/.test(readFileSync(join(SRC, path), 'utf8')));
  expect(found).toEqual([]);
});
