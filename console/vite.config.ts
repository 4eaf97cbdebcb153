import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { offlineWorker, WORKER } from './offline.build.ts';

// The server sends index.html from the build for every page of the console, and the rest as static files.
const BASE = '/static/console/';

export default defineConfig({
  base: BASE,
  plugins: [svelte(), offlineWorker(BASE)],
  worker: { format: 'es' },
  build: {
    outDir: '../src/dutyroom/site/console',
    emptyOutDir: true,
    // The content security policy forbids data: fonts and scripts.
    assetsInlineLimit: 0,
    // MapLibre alone is above the default limit, and is loaded with the first map.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: 'index.html', [WORKER]: 'src/offline/worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  // No test is about time: on a busy machine one may take as long as it needs.
  test: { include: ['src/**/*.test.ts'], testTimeout: 120_000 },
});
