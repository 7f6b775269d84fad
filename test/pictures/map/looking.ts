/** The looking page over the city's real tiles. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, createServer, type InlineConfig, preview } from 'vite';
import { openCity } from './city.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Serves it as it is built, or as it is written; port 0 takes a free one. Resolves to its address and its end. */
export const serveLooking = async (
  port: number,
  how: 'built' | 'written',
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const city = await openCity();
  const outDir = await mkdtemp(join(tmpdir(), 'vigil-map-picture-'));
  const config: InlineConfig = {
    root: repository,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      rollupOptions: { input: `${repository}test/pictures/map/index.html` },
    },
    worker: { format: 'es' },
    server: { port, hmr: false, host: '127.0.0.1' },
    preview: { port, host: '127.0.0.1' },
    optimizeDeps: { exclude: ['maplibre-gl'] },
    plugins: [
      react(),
      {
        name: 'city',
        configureServer: ({ middlewares }) => city.serve(middlewares),
        configurePreviewServer: ({ middlewares }) => city.serve(middlewares),
      },
    ],
  };
  if (how === 'built') await build(config);
  const server = how === 'built' ? await preview(config) : await (await createServer(config)).listen();
  return {
    address: `${server.resolvedUrls?.local[0] ?? ''}test/pictures/map/index.html`,
    close: async () => {
      await server.close();
      await city.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
};
