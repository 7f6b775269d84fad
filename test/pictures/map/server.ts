/** Serves the looking page over the city's real tiles: `node test/pictures/map/server.ts [port] [built]`. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, createServer, type InlineConfig, preview } from 'vite';
import { openCity } from './city.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const city = await openCity();
const port = Number(process.argv[2] ?? 5199);
const config: InlineConfig = {
  root: repository,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: join(tmpdir(), 'vigil-map-picture'),
    emptyOutDir: true,
    target: 'esnext',
    rollupOptions: { input: `${repository}test/pictures/map/index.html` },
  },
  server: { port, strictPort: true, hmr: false },
  preview: { port, strictPort: true },
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
if (process.argv[3] === 'built') {
  await build(config);
  await preview(config);
} else await (await createServer(config)).listen();
console.log(`http://localhost:${port}/test/pictures/map/index.html`);
