/** The demo city over HTTP, for pages that stand outside the console: `/tiles/{z}/{x}/{y}`, `/places.json` and, asked by POST, `/roads`. VIGIL_MAP_FILE names another map. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Connect } from 'vite';
import { openTiles } from '#electron/windows/tiles.ts';
import { nearestNode, readRoadGraph } from '#geo/road-graph.ts';
import { openCity as openRoads } from '#station/geo/city.ts';
import { openMbtiles } from '#station/tiles/mbtiles.ts';

type Hospital = { readonly name: string; readonly lon: number; readonly lat: number };
export type City = { readonly serve: (middlewares: Connect.Server) => void; readonly close: () => Promise<void> };

/** Opens the city. `/break` and `/mend` make its tiles fail and return. */
export const openCity = async (): Promise<City> => {
  const directory = fileURLToPath(new URL('../../../resources/city/', import.meta.url));
  const file = process.env['VIGIL_MAP_FILE'] ?? `${directory}montevideo.pmtiles`;
  const read = openMbtiles(file, () => performance.now());
  const source = openTiles(file, read.answer, (sentence) => sentence !== null && console.error(sentence));
  const { hospitals } = JSON.parse(readFileSync(`${directory}places.json`, 'utf8')) as { hospitals: readonly Hospital[] };
  // Points on land to stand on: hospitals are spread over the city, so scatter around them.
  const points = hospitals.flatMap(({ lon, lat }) =>
    Array.from({ length: 40 }, (_none, turn) => [
      lon + Math.cos(turn * 1.7) * 0.0009 * turn,
      lat + Math.abs(Math.sin(turn * 2.3)) * 0.0009 * turn,
    ]),
  );
  const graph = readRoadGraph(readFileSync(`${directory}roads.bin`));
  const onRoads = points.filter(([lon = 0, lat = 0]) => (nearestNode(graph, lon, lat)?.metres ?? 1_000) < 60);
  const roads = openRoads(directory);
  /** Answers what the station answers: `{ question, ask }` to the same answers. */
  const answerRoads = async (request: AsyncIterable<Uint8Array>): Promise<string> => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    const { question, ask } = JSON.parse(Buffer.concat(parts).toString()) as { question: 'route' | 'isochrone'; ask: never };
    return JSON.stringify(roads[question](ask));
  };
  let broken = false;
  return {
    serve: (middlewares) => {
      middlewares.use((request, response, next) => {
        const tile = /^\/tiles\/(\d+)\/(\d+)\/(\d+)$/.exec(request.url ?? '');
        const fail = (): void => {
          response.statusCode = 503;
          response.end();
        };
        if (request.url === '/break' || request.url === '/mend') {
          broken = request.url === '/break';
          response.end('ok');
        } else if (request.url === '/places.json')
          response.end(JSON.stringify({ hospitals: hospitals.filter((_place, index) => index % 5 === 0), points: onRoads }));
        else if (request.url === '/roads') void answerRoads(request).then((answer) => response.end(answer));
        else if (request.url === '/tiles/metadata.json' && !broken)
          void source.metadata().then((metadata) => ('state' in metadata ? fail() : response.end(JSON.stringify(metadata))));
        else if (!tile) next();
        else if (broken) fail();
        else
          void source.tile(Number(tile[1]), Number(tile[2]), Number(tile[3])).then((found) => {
            if (found.state === 'failed') return fail();
            if (found.state === 'absent') response.statusCode = 204;
            response.end(found.state === 'tile' ? found.bytes : undefined);
          });
      });
    },
    close: async () => {
      read.close();
      await source.close();
    },
  };
};
