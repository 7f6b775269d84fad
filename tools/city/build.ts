/*
 * Turns the OpenStreetMap extract of Montevideo that the development dependency @mapbox/mvt-fixtures carries into the
 * city the product runs on. Run it directly with Node; it does nothing when the city is already there and neither the
 * extract nor this converter has changed since.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAddresses } from '#geo/addresses.ts';
import { writeRoadGraph } from '#geo/road-graph-writer.ts';
import { ATTRIBUTION, cityAddresses, cityPlaces } from './places.ts';
import { writePmtiles } from './pmtiles.ts';
import { drawnRoads } from './roads.ts';
import { readSource, sourceFiles } from './source.ts';
import { LAYERS, makeTiles, ZOOMS } from './tiles.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUTS = ['montevideo.pmtiles', 'roads.bin', 'addresses.bin', 'places.json'] as const;

/** Where the built city lies in a checkout. */
export const CITY_FOLDER = join(HERE, '..', '..', 'resources', 'city');

/** Builds the city into a folder unless it is there already; answers with one line that says what was done. */
export function buildCity(folder: string): string {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  const extract = join(
    dirname(createRequire(import.meta.url).resolve('@mapbox/mvt-fixtures/package.json')),
    'real-world',
    'osm-qa-montevideo',
  );
  const files = sourceFiles(extract);
  if (files.length === 0) throw new Error('the extract of Montevideo is not in @mapbox/mvt-fixtures');
  const stamp = stampOf(files);
  const stampFile = join(folder, 'stamp.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampText(folder, stamp))
    return `city: up to date (${seconds()} s)`;

  const source = readSource(files);
  const roads = drawnRoads(source);
  const addresses = cityAddresses(source);
  const places = cityPlaces(source);
  const { tiles, hasCoast } = makeTiles(source);
  const archive = writePmtiles(tiles, {
    minZoom: ZOOMS.min,
    maxZoom: ZOOMS.max,
    bounds: places.bounds,
    centre: [...places.centre, 12],
    metadata: {
      name: places.name,
      attribution: ATTRIBUTION,
      vector_layers: Object.entries(LAYERS).map(([id, { minZoom, fields }]) => ({
        id,
        minzoom: minZoom,
        maxzoom: ZOOMS.max,
        fields,
      })),
    },
  });
  const contents = [archive, writeRoadGraph(roads), writeAddresses(addresses), `${JSON.stringify(places, null, 1)}\n`];
  mkdirSync(folder, { recursive: true });
  // Each file appears whole, and the stamp last: an interrupted build is built again.
  OUTPUTS.forEach((name, i) => {
    replaceFile(join(folder, name), contents[i] as Uint8Array | string);
  });
  replaceFile(stampFile, stampText(folder, stamp));
  return `city: ${tiles.length} tiles, ${roads.length} roads, ${addresses.length} addresses, ${places.hospitals.length} hospitals${hasCoast ? '' : ', without a shore'} in ${seconds()} s`;
}

function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  const code = [HERE, join(HERE, '..', '..', 'geo')].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .sort()
      .map((name) => join(folder, name)),
  );
  for (const file of [...code, ...files]) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function stampText(folder: string, stamp: string): string {
  const sizes = OUTPUTS.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? -1);
  return `${JSON.stringify({ stamp, sizes })}\n`;
}

function replaceFile(file: string, content: Uint8Array | string): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(buildCity(process.argv[2] ?? CITY_FOLDER));
