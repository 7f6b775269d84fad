/** The map of a desk from a file of its own site: one that only the station can read. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryDirectory, until } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let simulated: SimulatedDesk;
let files: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  files = await temporaryDirectory();
  // A name that says nothing: what it is, its first bytes say.
  const file = join(files.path, 'city.map');
  const database = new BetterSqlite(file);
  database.exec('CREATE TABLE metadata (name text, value text)');
  database.exec('CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)');
  database.exec('CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)');
  const said = {
    name: 'City',
    format: 'pbf',
    attribution: '<b>&copy; Somebody</b>',
    json: '{"vector_layers":[{"id":"transportation"}]}',
  };
  for (const [name, value] of Object.entries(said)) database.prepare('INSERT INTO metadata VALUES (?, ?)').run(name, value);
  // A tile without a layer is a whole one.
  for (let x = 0; x < 4; x += 1)
    for (let y = 0; y < 4; y += 1) database.prepare('INSERT INTO tiles VALUES (2, ?, ?, ?)').run(x, y, gzipSync(''));
  database.close();
  simulated = await openSimulatedDesk(`--tiles=${file}`, '--board=map');
}, 90_000);
afterAll(async () => {
  await simulated?.stop();
  await files?.remove();
});

test('an MBTiles file is the background, with its own attribution, and comes back with the data service', async () => {
  const { desk } = simulated;
  const page = await desk.page('map', 60_000);
  await until(
    'the attribution of the file',
    () => page.evaluate(() => document.querySelector('.map-attribution')?.textContent === '© Somebody'),
    30_000,
  );
  const ask = (): Promise<{ readonly tile: number; readonly metadata: number }> =>
    page.evaluate(async () => ({
      tile: (await fetch('vigil://tiles/2/1/1')).status,
      metadata: (await fetch('vigil://tiles/metadata.json')).status,
    }));
  expect(await ask()).toEqual({ tile: 200, metadata: 200 });
  expect(await page.getByText('Map background unavailable').count()).toBe(0);

  process.kill(desk.stationPid() ?? -1, 'SIGKILL');
  await until('tiles that wait', async () => (await ask()).tile === 503, 10_000);
  await until('tiles again', async () => (await ask()).tile === 200, 30_000);
}, 90_000);
