/**
 * Three bundles: main with the station and its threads beside it, the bridge, and the one page of all windows. Targets are the oldest runtime
 * that must run them (Electron 25: Node 18, Chromium 114), stated here and not taken from the installed electron package.
 */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (path: string): string => resolve(import.meta.dirname, path);
/** Native code and what `ws` and `msgpackr` try to load and can do without stay outside the bundle. */
const native = ['better-sqlite3', 'node-sqlite3-wasm', 'msgpackr-extract', 'bufferutil', 'utf-8-validate'];

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      outDir: here('out/main'),
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: here('electron/main/main.ts'),
          station: here('station/entry/station.ts'),
          downtime: here('station/downtime/worker.ts'),
          city: here('station/geo/worker.ts'),
          history: here('station/history/worker.ts'),
        },
        external: native,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: here('out/preload'),
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { bridge: here('preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    // The online map engine is not free software: only a build that asks for it carries it.
    define: { 'import.meta.env.VIGIL_MAPBOX': JSON.stringify(process.env['VIGIL_MAPBOX'] === '1') },
    build: {
      target: 'chrome114',
      outDir: here('out/renderer'),
      minify: true,
      modulePreload: { polyfill: false },
      // The content security policy takes fonts from our scheme only, never out of a style sheet.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: here('renderer/index.html') } },
    },
  },
});
