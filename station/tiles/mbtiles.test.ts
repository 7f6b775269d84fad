import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openMbtiles, readTile } from './mbtiles.ts';

const directory = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'vigil-mbtiles-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};
type Given = { readonly metadata?: Readonly<Record<string, string>>; readonly tile?: Uint8Array; readonly asView?: boolean };
const write = (file: string, { metadata = {}, tile = gzipSync('the tile'), asView = false }: Given = {}): void => {
  const database = new BetterSqlite(file);
  database.exec('CREATE TABLE metadata (name text, value text)');
  database.exec(
    `CREATE TABLE ${asView ? 'images' : 'tiles'} (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)`,
  );
  if (asView) database.exec('CREATE VIEW tiles AS SELECT * FROM images');
  database.exec(`CREATE UNIQUE INDEX tile_index ON ${asView ? 'images' : 'tiles'} (zoom_level, tile_column, tile_row)`);
  const all = {
    name: 'A city',
    format: 'pbf',
    bounds: '-57,-35,-56,-34',
    minzoom: '0',
    maxzoom: '14',
    attribution: '<a href="x">&copy; Somebody</a>',
    json: '{"vector_layers":[{"id":"transportation"},{"id":"water"}]}',
    ...metadata,
  };
  for (const [name, value] of Object.entries(all)) database.prepare('INSERT INTO metadata VALUES (?, ?)').run(name, value);
  // North-west of zoom 3 is row 7 from the south.
  database.prepare(`INSERT INTO ${asView ? 'images' : 'tiles'} VALUES (3, 0, 7, ?)`).run(tile);
  database.close();
};
const opened = (content: Given | Uint8Array | null) => {
  const file = join(directory(), 'city.mbtiles');
  if (content instanceof Uint8Array) writeFileSync(file, content);
  else if (content) write(file, content);
  let now = 0;
  const tiles = openMbtiles(file, () => now);
  onTestFinished(() => tiles.close());
  return {
    file,
    ask: tiles.answer,
    tile: (x: number, y: number) => tiles.answer({ what: 'tile', at: { z: 3, x, y } }),
    later: () => {
      now += 5_000;
    },
  };
};

test('a tile comes unzipped and from the north, one that is not there is absent', async () => {
  const { tile } = opened({});
  const found = await tile(0, 0);
  expect(found.state === 'tile' && Buffer.from(found.bytes).toString()).toBe('the tile');
  expect(await tile(0, 7)).toEqual({ state: 'absent' });
});

test('what the file says of itself, with the zooms that are really there and its attribution as text', async () => {
  expect(await opened({}).ask({ what: 'metadata' })).toEqual({
    state: 'metadata',
    metadata: {
      format: 'mvt',
      minZoom: 3,
      maxZoom: 3,
      bounds: [-57, -35, -56, -34],
      attribution: '© Somebody',
      layers: ['transportation', 'water'],
      about: 'A city ',
    },
  });
});

test('pictures are handed on as they are; tiles may lie in a view', async () => {
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
  const { tile, ask } = opened({ metadata: { format: 'png', bounds: 'everywhere' }, tile: picture, asView: true });
  expect(await tile(0, 0)).toEqual({ state: 'tile', bytes: new Uint8Array(picture) });
  const answer = await ask({ what: 'metadata' });
  expect(answer.state === 'metadata' && [answer.metadata.format, answer.metadata.bounds, answer.metadata.layers]).toEqual([
    'png',
    null,
    [],
  ]);
});

test.each([
  ['no database at all', Buffer.alloc(4096, 7)],
  ['an empty file', Buffer.alloc(0)],
  ['a database cut in the middle', null],
])('%s: corrupt, and said so', async (_name, content) => {
  const { file, tile, ask } = opened(content ?? {});
  if (!content) {
    const whole = new BetterSqlite(file, { readonly: true });
    const bytes = whole.serialize();
    whole.close();
    writeFileSync(file, bytes.subarray(0, bytes.byteLength / 2));
  }
  const corrupt = { state: 'failed', code: 'tilesCorrupt', message: expect.stringContaining('cannot be read') };
  expect(await ask({ what: 'metadata' })).toEqual(corrupt);
  expect(await tile(0, 0)).toEqual(corrupt);
});

test('a damaged tile and an unknown kind of tile are corrupt, not wrong pictures', async () => {
  const zipped = gzipSync('x'.repeat(2_000));
  zipped.fill(0, 12);
  expect(await opened({ tile: zipped }).tile(0, 0)).toMatchObject({ code: 'tilesCorrupt' });
  expect(await opened({ metadata: { format: 'exe' } }).tile(0, 0)).toMatchObject({ code: 'tilesCorrupt' });
});

test('a file that is not there is missing; when it comes it is read, not before a pause', async () => {
  const { file, tile, later } = opened(null);
  const missing = { state: 'failed', code: 'tilesMissing', message: 'The map tiles of this desk are not installed.' };
  expect(await tile(0, 0)).toEqual(missing);
  write(file);
  expect(await tile(0, 0)).toEqual(missing);
  later();
  expect((await tile(0, 0)).state).toBe('tile');
});

test('a tile is found by the index of the file', () => {
  const file = join(directory(), 'plan.mbtiles');
  write(file);
  const database = new BetterSqlite(file, { readonly: true });
  const [step] = database.prepare(`EXPLAIN QUERY PLAN ${readTile}`).all(1, 2, 3) as readonly { detail: string }[];
  database.close();
  expect(step?.detail).toContain('USING INDEX tile_index');
});
