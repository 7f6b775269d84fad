import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressAt, readAddresses } from '#geo/addresses.ts';
import { haversineMetres, lengthMetres } from '#geo/coordinates.ts';
import { readPlaces } from '#geo/places.ts';
import { nodePosition, readRoadGraph } from '#geo/road-graph.ts';
import { createRouter } from '#geo/routing.ts';
import { buildCity } from './build.ts';
import { fromDegrees } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-city-'));
const read = (name: string) => readFileSync(join(folder, name));
const digest = () =>
  ['montevideo.pmtiles', 'roads.bin', 'addresses.bin', 'places.json'].map((name) =>
    createHash('sha256').update(read(name)).digest('hex'),
  );

beforeAll(() => {
  buildCity(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The kinds of water and the classes of road in the tile at a position. */
async function tileAt(archive: PMTiles, lon: number, lat: number, z: number) {
  const { x, y } = fromDegrees(lon, lat);
  const side = 2 ** (32 - z);
  const found = await archive.getZxy(z, Math.floor(x / side), Math.floor(y / side));
  return found && new VectorTile(new PbfReader(new Uint8Array(found.data))).layers;
}

describe('the city of Montevideo', () => {
  test('is not built twice, is built again when a file is damaged, and comes out the same', () => {
    const before = digest();
    const { mtimeMs } = statSync(join(folder, 'roads.bin'));
    expect(buildCity(folder)).toMatch(/^city: up to date/);
    expect(statSync(join(folder, 'roads.bin')).mtimeMs).toBe(mtimeMs);
    truncateSync(join(folder, 'roads.bin'), 1000);
    expect(buildCity(folder)).toMatch(/^city: \d+ tiles, \d+ roads, \d+ addresses, 34 hospitals in/);
    expect(digest()).toEqual(before);
  }, 120_000);

  test('has tiles with all layers, its attribution, and water where the river is and only there', async () => {
    const bytes = read('montevideo.pmtiles');
    const archive = new PMTiles({
      getKey: () => 'montevideo',
      getBytes: async (offset, length) => ({ data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer }),
    });
    const metadata = (await archive.getMetadata()) as { attribution: string; vector_layers: { id: string }[] };
    expect(metadata.attribution).toBe('© OpenStreetMap contributors');
    expect(metadata.vector_layers.map(({ id }) => id)).toEqual([
      'landuse',
      'park',
      'water',
      'waterway',
      'building',
      'road',
      'place',
      'poi',
    ]);
    const oldTown = await tileAt(archive, -56.2, -34.906, 14);
    const road = oldTown?.road?.feature(0);
    expect(Object.keys(road?.properties ?? {})).toEqual(expect.arrayContaining(['class']));
    expect(oldTown?.building?.length).toBeGreaterThan(20);
    const seen = new Set<string>();
    for (const z of [8, 10, 12, 14])
      for (const name of Object.keys((await tileAt(archive, -56.19, -34.9, z)) ?? {})) seen.add(name);
    expect(seen.size).toBeGreaterThanOrEqual(6);
    const open = await tileAt(archive, -56.1, -34.96, 14);
    expect(Object.keys(open ?? {})).toEqual(['water']);
    expect(open?.water?.feature(0).properties).toEqual({ kind: 'sea' });
    // The bay is water, the hospital de Clínicas is not.
    expect((await tileAt(archive, -56.225, -34.885, 14))?.water?.feature(0).properties.kind).toBe('sea');
    expect((await tileAt(archive, -56.152, -34.892, 14))?.water).toBeUndefined();
    expect(bytes.includes('@user')).toBe(false);
  });

  test('has roads that hang together, and routes between its hospitals', () => {
    const graph = readRoadGraph(read('roads.bin'));
    expect(graph.mainNodes / graph.nodeCount).toBeGreaterThan(0.97);
    expect(graph.names).toContain('Avenida Italia');
    const { hospitals, stations, bounds } = readPlaces(read('places.json').toString());
    expect(hospitals).toHaveLength(34);
    expect(stations.filter(({ kind }) => kind === 'fire')).toHaveLength(4);
    const router = createRouter(graph);
    for (const from of [...hospitals, ...stations]) {
      expect(from.lon > bounds[0] && from.lat > bounds[1] && from.lon < bounds[2] && from.lat < bounds[3]).toBe(true);
      for (const to of hospitals) {
        const route = router.route([from.lon, from.lat], [to.lon, to.lat]);
        if (!route) throw new Error(`no route from ${from.name} to ${to.name}`);
        const straight = haversineMetres(route.path[0] ?? [0, 0], route.path.at(-1) ?? [0, 0]);
        expect(route.metres).toBeGreaterThanOrEqual(straight * 0.999);
        expect(route.metres).toBeLessThan(straight * 2.5 + 3000);
        expect(Math.abs(lengthMetres(route.path) - route.metres)).toBeLessThan(2);
      }
    }
    expect(nodePosition(graph, 0)[0]).toBeLessThan(-55);
  });

  test('has addresses by street and number', () => {
    const addresses = readAddresses(read('addresses.bin'));
    expect(addresses.count).toBeGreaterThan(200_000);
    expect(addresses.streets.length).toBeGreaterThan(3_000);
    const street = addresses.streets.indexOf('Avenida Italia');
    expect(addressAt(addresses, addresses.firstOfStreet[street] as number)?.street).toBe('Avenida Italia');
  });
});
