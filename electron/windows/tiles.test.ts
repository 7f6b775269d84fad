import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TileAnswer, TileQuestion } from '#contracts/ipc/tiles.ts';
import { openTiles } from './tiles.ts';

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);

/** A whole PMTiles archive (version 3) that holds the one tile 0/0/0. */
const archiveOf = (tile: Uint8Array, said: object = {}, tileType = 1): Buffer => {
  const root = gzipSync(Buffer.from([...varint(1), ...varint(0), ...varint(1), ...varint(tile.byteLength), ...varint(1)]));
  const metadata = gzipSync(JSON.stringify(said));
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0);
  header.writeUInt8(3, 7);
  const at = { root: 127, metadata: 127 + root.byteLength, tiles: 127 + root.byteLength + metadata.byteLength };
  const lengths = [at.root, root.byteLength, at.metadata, metadata.byteLength, at.tiles, 0, at.tiles, tile.byteLength, 1, 1, 1];
  for (const [place, value] of lengths.entries()) header.writeBigUInt64LE(BigInt(value), 8 + place * 8);
  header.set([1, 2, 2, tileType, 0, 0], 96); // clustered, directories gzip, tiles gzip, kind, zoom 0 to 0
  for (const [index, degrees] of [-57, -35, -56, -34].entries()) header.writeInt32LE(degrees * 1e7, 102 + index * 4);
  return Buffer.concat([header, root, metadata, tile]);
};

describe('the map’s tiles', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vigil-tiles-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const opened = (content: Uint8Array | null) => {
    const file = join(directory, 'city.pmtiles');
    if (content) writeFileSync(file, content);
    const reports: (string | null)[] = [];
    const asked: TileQuestion[] = [];
    const station = {
      answer: (question: TileQuestion): TileAnswer =>
        question.what === 'tile' ? { state: 'tile', bytes: new Uint8Array([7]) } : { state: 'absent' },
    };
    const source = openTiles(
      file,
      async (question) => {
        asked.push(question);
        return station.answer(question);
      },
      (line) => void reports.push(line),
    );
    return { source, reports, file, asked, station };
  };

  test('a tile comes unzipped, one that the archive does not hold is absent', async () => {
    const { source, reports } = opened(archiveOf(gzipSync('the tile')));
    const tile = await source.tile(0, 0, 0);
    expect(tile.state === 'tile' && Buffer.from(tile.bytes).toString()).toBe('the tile');
    expect(await source.tile(3, 1, 1)).toEqual({ state: 'absent' });
    expect(reports).toEqual([]);
    await source.close();
  });

  test('what the archive says of itself, its attribution as text', async () => {
    const said = { name: 'City', attribution: '<b>&copy; Somebody</b>', vector_layers: [{ id: 'roads' }] };
    const { source } = opened(archiveOf(gzipSync('the tile'), said));
    expect(await source.metadata()).toEqual({
      format: 'mvt',
      minZoom: 0,
      maxZoom: 0,
      bounds: [-57, -35, -56, -34],
      attribution: '© Somebody',
      layers: ['roads'],
      about: 'City ',
    });
    await source.close();
    const pictures = opened(archiveOf(gzipSync('the tile'), said, 4));
    expect(await pictures.source.metadata()).toMatchObject({ format: 'webp', layers: [] });
    await pictures.source.close();
    const unknown = opened(archiveOf(gzipSync('the tile'), said, 0));
    expect(await unknown.source.metadata()).toMatchObject({ state: 'failed', code: 'tilesCorrupt' });
  });

  test('a SQLite database is read by the station, whatever it is called; while none runs the map waits and asks again', async () => {
    const { source, asked, reports, station } = opened(Buffer.from('SQLite format 3\0 and more'));
    expect(await source.tile(3, 1, 2)).toEqual({ state: 'tile', bytes: new Uint8Array([7]) });
    expect(asked).toEqual([{ what: 'tile', at: { z: 3, x: 1, y: 2 } }]);
    const answers = station.answer;
    station.answer = () => ({ state: 'failed', code: 'tilesWaiting', message: 'It waits.' });
    expect(await source.tile(3, 1, 2)).toMatchObject({ code: 'tilesWaiting' });
    expect(await source.tile(3, 1, 2)).toMatchObject({ code: 'tilesWaiting' });
    station.answer = answers;
    expect((await source.tile(3, 1, 2)).state).toBe('tile');
    expect(reports).toEqual(['It waits.', null]);
    await source.close();
  });

  test('no archive: said once, with its own code', async () => {
    const { source, reports } = opened(null);
    const missing = { state: 'failed', code: 'tilesMissing', message: 'The map tiles of this desk are not installed.' };
    expect(await source.tile(0, 0, 0)).toEqual(missing);
    expect(await source.tile(0, 0, 0)).toEqual(missing);
    expect(reports).toEqual([missing.message]);
  });

  test('read again after a failure, it says that it is over', async () => {
    const { source, reports, file } = opened(null);
    await source.tile(0, 0, 0);
    writeFileSync(file, archiveOf(gzipSync('the tile')));
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000);
    expect((await source.tile(0, 0, 0)).state).toBe('tile');
    vi.restoreAllMocks();
    expect(reports).toEqual(['The map tiles of this desk are not installed.', null]);
    await source.close();
  });

  test.each([
    ['no archive at all', () => Buffer.alloc(4096, 7)],
    ['a cut one', () => archiveOf(gzipSync('the tile')).subarray(0, 140)],
    ['a damaged tile', () => archiveOf(Buffer.from('not zipped'))],
    ['an empty file', () => Buffer.alloc(0)],
  ])('%s: corrupt, never a wrong tile', async (_name, content) => {
    const { source, reports } = opened(content());
    expect(await source.tile(0, 0, 0)).toEqual({
      state: 'failed',
      code: 'tilesCorrupt',
      message: expect.stringContaining('cannot be read'),
    });
    expect(reports).toHaveLength(1);
    await source.close();
  });
});
