/**
 * Builds the service worker: one plain script whose name does not change, which knows the parts of this build
 * that an officer's page needs. A new build is a new script, and so the browser takes it.
 */
import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';

export const WORKER = 'offline';
const PAGE = '/views/field/FieldPage.svelte';
/** The letters of names and numbers; a telephone has Chinese ones of its own. */
const FONT = /\/inter-latin-wght-normal-[^/]+\.woff2$/;

type Bundle = Rollup.OutputBundle;

/** A chunk with all that it needs at once. */
function needed(bundle: Bundle, name: string, found: Set<string>): Set<string> {
  const chunk = bundle[name];
  if (found.has(name) || chunk?.type !== 'chunk') return found;
  found.add(name);
  for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
  for (const other of chunk.imports) needed(bundle, other, found);
  return found;
}

export function offlineWorker(base: string): Plugin {
  return {
    name: 'dutyroom-offline-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const script = chunks.find((one) => one.name === WORKER);
      const roots = chunks.filter(
        (one) => one !== script && (one.isEntry || one.facadeModuleId?.endsWith(PAGE)),
      );
      if (!script || roots.length !== 2) this.error('the worker, the page or its entry is missing');
      if (script.imports.length) this.error('the service worker shares code with the page');
      const files = new Set<string>();
      for (const { fileName } of roots) needed(bundle, fileName, files);
      for (const name of Object.keys(bundle)) if (FONT.test(name)) files.add(name);
      const all = Object.keys(bundle).sort().join();
      const build = createHash('sha256').update(all).update(script.code).digest('hex').slice(0, 12);
      script.code = script.code
        .replace('__DUTYROOM_FILES__', [...files].map((name) => base + name).join(' '))
        .replace('__DUTYROOM_BUILD__', build);
    },
  };
}
