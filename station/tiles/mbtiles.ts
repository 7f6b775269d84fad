/**
 * A map file of the kind MBTiles (a SQLite database of tiles), opened read-only: it is somebody else's file and none of it is
 * ours to write. A file that is broken is answered with what is wrong, and opened again after a pause, because it may have been
 * replaced meanwhile. Nothing here ever throws.
 */
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
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

export type Mbtiles = { readonly answer: (question: TileQuestion) => Promise<TileAnswer>; readonly close: () => void };

export const readMetadata = 'SELECT name, value FROM metadata';
/** Zooms as they are in the table: what the file says of itself is often that of the whole it was cut from. */
export const readZooms = 'SELECT min(zoom_level) AS least, max(zoom_level) AS most FROM tiles';
export const readTile = 'SELECT tile_data AS data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?';

const againMs = 5_000;
/** A tile larger than this is none, bytes. */
const largest = 8 * 1024 * 1024;
const inflate = promisify(gunzip);

type Open = {
  readonly metadata: TileMetadata;
  /** Rows count from the south in these files. */
  readonly read: (at: TilePlace) => Uint8Array | null;
  readonly close: () => void;
};

const formats: Readonly<Record<string, TileMetadata['format']>> = {
  pbf: 'mvt',
  mvt: 'mvt',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
};

const numbers = (text: string | undefined, count: number): readonly number[] | null => {
  const all = text?.split(',').map(Number) ?? [];
  return all.length === count && all.every(Number.isFinite) ? all : null;
};
const json = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
};

const openFile = async (file: string): Promise<Open> => {
  const { default: BetterSqlite } = await import('better-sqlite3');
  const database = new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: 500 });
  try {
    const rows = database.prepare(readMetadata).all() as readonly { name: unknown; value: unknown }[];
    const named = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
    const { least, most } = database.prepare(readZooms).get() as { least: unknown; most: unknown };
    if (typeof least !== 'number' || typeof most !== 'number') throw new Error('it holds no tiles');
    const format = formats[named.get('format') ?? 'pbf'];
    if (!format) throw new Error(`its tiles are of the unknown kind ${named.get('format')?.slice(0, 20)}`);
    const metadata = tileMetadataSchema.parse({
      format,
      minZoom: least,
      maxZoom: most,
      bounds: numbers(named.get('bounds'), 4),
      attribution: plainAttribution(named.get('attribution') ?? ''),
      layers: format === 'mvt' ? layerIdsOf(json(named.get('json'))) : [],
      about: [named.get('name'), named.get('description')].join(' ').slice(0, 2_000),
    });
    const tile = database.prepare(readTile);
    return {
      metadata,
      read: ({ z, x, y }) => {
        const row = tile.get(z, x, 2 ** z - 1 - y) as { data: unknown } | undefined;
        if (!row) return null;
        if (!(row.data instanceof Uint8Array) || row.data.byteLength > largest) throw new Error('one of its tiles is none');
        return row.data;
      },
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
};

const failureOf = (file: string, error: unknown): TilesFailed =>
  existsSync(file)
    ? {
        state: 'failed',
        code: 'tilesCorrupt',
        message: `The map tiles of this desk cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`,
      }
    : { state: 'failed', code: 'tilesMissing', message: 'The map tiles of this desk are not installed.' };

/** The tiles of a file, opened at the first question. `monotonicNow` in milliseconds. */
export const openMbtiles = (file: string, monotonicNow: () => number): Mbtiles => {
  let opening: Promise<Open> | undefined;
  let failure: { readonly answer: TilesFailed; readonly at: number } | undefined;
  let isClosed = false;

  const shut = (): void => {
    const shutting = opening;
    opening = undefined;
    shutting?.then(({ close }) => close()).catch(() => undefined);
  };
  const look = async (question: TileQuestion): Promise<TileAnswer> => {
    opening ??= openFile(file);
    const { metadata, read } = await opening;
    if (question.what === 'metadata') return { state: 'metadata', metadata };
    const data = read(question.at);
    if (data === null) return { state: 'absent' };
    const isZipped = data[0] === 0x1f && data[1] === 0x8b;
    const bytes = isZipped ? await inflate(data, { maxOutputLength: largest * 4 }) : data;
    return { state: 'tile', bytes: new Uint8Array(bytes) };
  };
  return {
    answer: async (question) => {
      if (isClosed || (failure && monotonicNow() - failure.at < againMs))
        return failure?.answer ?? failureOf(file, new Error('closed'));
      try {
        const answer = await look(question);
        failure = undefined;
        return answer;
      } catch (error) {
        failure = { answer: failureOf(file, error), at: monotonicNow() };
        shut();
        return failure.answer;
      }
    },
    close: () => {
      isClosed = true;
      shut();
    },
  };
};
