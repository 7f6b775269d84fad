/**
 * The map's tiles, from the one file that the desk is configured with. A PMTiles archive is read by main, so that the map lives
 * while the station restarts; an MBTiles file, which is a SQLite database, by the station. Which it is, its first bytes say and
 * not its name. A broken file is answered with what is wrong; after a pause it is opened again, because it may have been
 * replaced meanwhile.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { PMTiles, type Source, TileType } from 'pmtiles';
import {
  layerIdsOf,
  plainAttribution,
  type TileAnswer,
  type TileMetadata,
  type TilePlace,
  type TileQuestion,
  type TilesFailed,
  tileMetadataSchema,
} from '#contracts/ipc/tiles.ts';

export type Tile = Exclude<TileAnswer, { readonly state: 'metadata' }>;
export type TileSource = {
  /** A tile, unzipped. Never rejects. */
  readonly tile: (z: number, x: number, y: number) => Promise<Tile>;
  /** What the file says of itself. Never rejects. */
  readonly metadata: () => Promise<TileMetadata | TilesFailed>;
  readonly close: () => Promise<void>;
};

type Archive = { readonly handle: FileHandle; readonly tiles: PMTiles };

const againMs = 5_000;
const sqlite = 'SQLite format 3\0';
const formats: Readonly<Partial<Record<TileType, TileMetadata['format']>>> = {
  [TileType.Mvt]: 'mvt',
  [TileType.Png]: 'png',
  [TileType.Jpeg]: 'jpeg',
  [TileType.Webp]: 'webp',
  [TileType.Avif]: 'avif',
};

const openArchive = async (file: string): Promise<Archive | 'mbtiles'> => {
  const handle = await open(file, 'r');
  try {
    const start = Buffer.alloc(sqlite.length);
    await handle.read(start, 0, start.byteLength, 0);
    if (start.toString('latin1') === sqlite) {
      await handle.close();
      return 'mbtiles';
    }
    const { size } = await handle.stat();
    const source: Source = {
      getKey: () => file,
      getBytes: async (offset, length) => {
        // The reader asks for more than a small archive holds; an offset beyond the end is damage.
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, offset);
        if (bytesRead === 0) throw new Error('the archive ends too early');
        return { data: bytes.buffer.slice(0, bytesRead) };
      },
    };
    return { handle, tiles: new PMTiles(source) };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

const metadataOf = async ({ tiles }: Archive): Promise<TileMetadata> => {
  const header = await tiles.getHeader();
  const said = (await tiles.getMetadata()) as Readonly<Record<string, unknown>> | null;
  const text = (name: string): string => (typeof said?.[name] === 'string' ? said[name] : '');
  const format = formats[header.tileType];
  if (!format) throw new Error('its tiles are of an unknown kind');
  const { minLon, minLat, maxLon, maxLat } = header;
  return tileMetadataSchema.parse({
    format,
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    bounds: minLon < maxLon && minLat < maxLat ? [minLon, minLat, maxLon, maxLat] : null,
    attribution: plainAttribution(text('attribution')),
    layers: format === 'mvt' ? layerIdsOf(said) : [],
    about: `${text('name')} ${text('description')}`.slice(0, 2_000),
  });
};

const failureOf = (error: NodeJS.ErrnoException): TilesFailed =>
  error.code === 'ENOENT'
    ? { state: 'failed', code: 'tilesMissing', message: 'The map tiles of this desk are not installed.' }
    : { state: 'failed', code: 'tilesCorrupt', message: `The map tiles of this desk cannot be read: ${error.message}` };

/**
 * The tiles of a file; `askStation` reads it when it is a SQLite database. `troubled` hears the first of each run of failures,
 * and null at the first answer after it.
 */
export const openTiles = (
  file: string,
  askStation: (question: TileQuestion) => Promise<TileAnswer>,
  troubled: (sentence: string | null) => void,
): TileSource => {
  let opening: Promise<Archive | 'mbtiles'> | undefined;
  let failure: { readonly answer: TilesFailed; readonly at: number } | undefined;

  const close = async (): Promise<void> => {
    const closing = opening;
    opening = undefined;
    const archive = await closing?.catch(() => undefined);
    if (archive && archive !== 'mbtiles') await archive.handle.close().catch(() => undefined);
  };
  const askArchive = async (archive: Archive, question: TileQuestion): Promise<TileAnswer> => {
    if (question.what === 'metadata') return { state: 'metadata', metadata: await metadataOf(archive) };
    const { z, x, y }: TilePlace = question.at;
    const found = await archive.tiles.getZxy(z, x, y);
    return found ? { state: 'tile', bytes: new Uint8Array(found.data) } : { state: 'absent' };
  };
  const failed = async (answer: TilesFailed): Promise<TilesFailed> => {
    if (failure?.answer.message !== answer.message) troubled(answer.message);
    failure = { answer, at: performance.now() };
    await close();
    return answer;
  };
  const ask = async (question: TileQuestion): Promise<TileAnswer> => {
    // A data service that starts again is there in a moment: it is asked each time.
    if (failure && failure.answer.code !== 'tilesWaiting' && performance.now() - failure.at < againMs) return failure.answer;
    try {
      opening ??= openArchive(file);
      const archive = await opening;
      const answer = archive === 'mbtiles' ? await askStation(question) : await askArchive(archive, question);
      if (answer.state === 'failed') return await failed(answer);
      if (failure) troubled(null);
      failure = undefined;
      return answer;
    } catch (error) {
      return failed(failureOf(error as NodeJS.ErrnoException));
    }
  };

  return {
    tile: async (z, x, y) => {
      const answer = await ask({ what: 'tile', at: { z, x, y } });
      return answer.state === 'metadata' ? { state: 'absent' } : answer;
    },
    metadata: async () => {
      const answer = await ask({ what: 'metadata' });
      if (answer.state === 'metadata') return answer.metadata;
      return answer.state === 'failed' ? answer : failureOf(new Error('it says nothing of itself'));
    },
    close,
  };
};
