/** The demo city over HTTP, for pages that stand outside the console: `/tiles/{z}/{x}/{y}.mvt` and `/places.json`. */
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PMTiles } from 'pmtiles';
import type { Connect } from 'vite';

type Hospital = { readonly name: string; readonly lon: number; readonly lat: number };
export type City = { readonly serve: (middlewares: Connect.Server) => void; readonly close: () => Promise<void> };

/** Opens the city. `/break` and `/mend` make its tiles fail and return. */
export const openCity = async (): Promise<City> => {
  const directory = fileURLToPath(new URL('../../../resources/city/', import.meta.url));
  const file = await open(`${directory}montevideo.pmtiles`);
  const archive = new PMTiles({
    getKey: () => 'city',
    getBytes: async (offset, length) => {
      const buffer = new Uint8Array(length);
      const { bytesRead } = await file.read(buffer, 0, length, offset);
      return { data: buffer.buffer.slice(0, bytesRead) };
    },
  });
  const { hospitals } = JSON.parse(readFileSync(`${directory}places.json`, 'utf8')) as { hospitals: readonly Hospital[] };
  // Points on land to stand on: hospitals are spread over the city, so scatter around them.
  const points = hospitals.flatMap(({ lon, lat }) =>
    Array.from({ length: 40 }, (_none, turn) => [
      lon + Math.cos(turn * 1.7) * 0.0009 * turn,
      lat + Math.abs(Math.sin(turn * 2.3)) * 0.0009 * turn,
    ]),
  );
  let broken = false;
  return {
    serve: (middlewares) => {
      middlewares.use((request, response, next) => {
        const tile = /^\/tiles\/(\d+)\/(\d+)\/(\d+)\.mvt/.exec(request.url ?? '');
        const fail = (): void => {
          response.statusCode = 503;
          response.end();
        };
        if (request.url === '/break' || request.url === '/mend') {
          broken = request.url === '/break';
          response.end('ok');
        } else if (request.url === '/places.json')
          response.end(JSON.stringify({ hospitals: hospitals.filter((_place, index) => index % 5 === 0), points }));
        else if (!tile) next();
        else if (broken) fail();
        else
          archive.getZxy(Number(tile[1]), Number(tile[2]), Number(tile[3])).then((found) => {
            if (!found) response.statusCode = 204;
            response.end(found ? new Uint8Array(found.data) : undefined);
          }, fail);
      });
    },
    close: () => file.close(),
  };
};
