/**
 * The map's tiles, read from one PMTiles archive by main, so that the map lives while the station restarts. A broken archive is
 * answered with what is wrong; after a pause it is opened again, because it may have been replaced meanwhile.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { PMTiles, type Source } from 'pmtiles';

export type Tile =
  | { readonly state: 'tile'; readonly bytes: ArrayBuffer }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly code: 'tilesMissing' | 'tilesCorrupt'; readonly message: string };

export type TileSource = {
  /** A tile, gunzipped. Never rejects. */
  readonly tile: (z: number, x: number, y: number) => Promise<Tile>;
  readonly close: () => Promise<void>;
};

type Archive = { readonly handle: FileHandle; readonly tiles: PMTiles };

const againMs = 5_000;

const openArchive = async (file: string): Promise<Archive> => {
  const handle = await open(file, 'r');
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
};

const failureOf = (error: NodeJS.ErrnoException): Tile =>
  error.code === 'ENOENT'
    ? { state: 'failed', code: 'tilesMissing', message: 'The map tiles of this desk are not installed.' }
    : { state: 'failed', code: 'tilesCorrupt', message: `The map tiles of this desk cannot be read: ${error.message}` };

/** The tiles of an archive; `troubled` hears the first of each run of failures, and null at the first tile after it. */
export const openTiles = (file: string, troubled: (sentence: string | null) => void): TileSource => {
  let archive: Promise<Archive> | undefined;
  let failure: { readonly tile: Tile; readonly at: number } | undefined;

  const close = async (): Promise<void> => {
    const closing = archive;
    archive = undefined;
    await closing?.then(({ handle }) => handle.close()).catch(() => undefined);
  };

  return {
    tile: async (z, x, y) => {
      if (failure && performance.now() - failure.at < againMs) return failure.tile;
      try {
        archive ??= openArchive(file);
        const found = await (await archive).tiles.getZxy(z, x, y);
        if (failure) troubled(null);
        failure = undefined;
        return found ? { state: 'tile', bytes: found.data } : { state: 'absent' };
      } catch (error) {
        const tile = failureOf(error as NodeJS.ErrnoException);
        if (!failure && tile.state === 'failed') troubled(tile.message);
        failure = { tile, at: performance.now() };
        await close();
        return tile;
      }
    },
    close,
  };
};
