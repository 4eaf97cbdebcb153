import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The server sends index.html from the build for every page of the console, and the rest as static files.
export default defineConfig({
  base: '/static/console/',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    outDir: '../src/dutyroom/site/console',
    emptyOutDir: true,
    // The content security policy forbids data: fonts and scripts.
    assetsInlineLimit: 0,
    // MapLibre alone is above the default limit, and is loaded with the first map.
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.ts'] },
});
