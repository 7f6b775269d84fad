/** Serves the looking page over the city's real tiles: `node test/pictures/map/server.ts [port] [built]`. `/break` and `/mend` make tiles fail and return. */
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { PMTiles } from 'pmtiles';
import { build, type Connect, createServer, type InlineConfig, preview } from 'vite';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const city = `${repository}resources/city/`;
const file = await open(`${city}montevideo.pmtiles`);
const archive = new PMTiles({
  getKey: () => 'city',
  getBytes: async (offset, length) => {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    return { data: buffer.buffer.slice(0, bytesRead) };
  },
});
const places = JSON.parse(readFileSync(`${city}places.json`, 'utf8')) as { hospitals: unknown[]; bounds: number[] };
// Points on land to stand on: hospitals are spread over the city, so scatter around them.
const hospitals = places.hospitals as { name: string; lon: number; lat: number }[];
const points = hospitals.flatMap(({ lon, lat }) =>
  Array.from({ length: 40 }, (_none, turn) => [
    lon + Math.cos(turn * 1.7) * 0.0009 * turn,
    lat + Math.abs(Math.sin(turn * 2.3)) * 0.0009 * turn,
  ]),
);
let broken = false;
const serveCity = (middlewares: Connect.Server): void => {
  middlewares.use((request, response, next) => {
    const tile = /^\/tiles\/(\d+)\/(\d+)\/(\d+)\.mvt/.exec(request.url ?? '');
    if (request.url === '/break' || request.url === '/mend') {
      broken = request.url === '/break';
      response.end('ok');
    } else if (request.url === '/places.json')
      response.end(JSON.stringify({ hospitals: hospitals.filter((_place, index) => index % 5 === 0), points }));
    else if (tile) {
      if (broken) {
        response.statusCode = 503;
        response.end();
        return;
      }
      archive.getZxy(Number(tile[1]), Number(tile[2]), Number(tile[3])).then(
        (found) => {
          if (!found) response.statusCode = 204;
          response.end(found ? new Uint8Array(found.data) : undefined);
        },
        () => {
          response.statusCode = 503;
          response.end();
        },
      );
    } else next();
  });
};
const port = Number(process.argv[2] ?? 5199);
const outDir = '/tmp/vigil-map-picture';
const config: InlineConfig = {
  root: repository,
  configFile: false,
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true, target: 'esnext', rollupOptions: { input: `${repository}test/pictures/map/index.html` } },
  server: { port, strictPort: true, hmr: false },
  preview: { port, strictPort: true },
  optimizeDeps: { exclude: ['maplibre-gl'] },
  plugins: [
    react(),
    {
      name: 'city',
      configureServer: ({ middlewares }) => serveCity(middlewares),
      configurePreviewServer: ({ middlewares }) => serveCity(middlewares),
    },
  ],
};
if (process.argv[3] === 'built') {
  await build(config);
  await preview(config);
} else await (await createServer(config)).listen();
console.log(`http://localhost:${port}/test/pictures/map/index.html`);
