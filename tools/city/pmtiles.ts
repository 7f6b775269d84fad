/*
 * Writes a PMTiles archive (version 3): header, root directory, metadata, tiles in the order of their ids. Tiles with
 * the same bytes are kept once, and a row of ids with the same tile is one entry, so open water costs nothing. A
 * city's directory fits the root; leaf directories are not needed and not written.
 */
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';

/** One vector tile, not compressed. */
export type Tile = { readonly z: number; readonly x: number; readonly y: number; readonly bytes: Uint8Array };

/** What the header and the metadata of an archive say. */
export type ArchiveInfo = {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number];
  readonly centre: readonly [lon: number, lat: number, zoom: number];
  readonly metadata: Readonly<Record<string, unknown>>;
};

type Entry = { id: number; run: number; offset: number; length: number };

const HEADER_BYTES = 127;
const ROOT_LIMIT_BYTES = 16_384 - HEADER_BYTES;
const GZIP = 2;
const MVT = 1;

/** The bytes of an archive of these tiles. */
export function writePmtiles(tiles: readonly Tile[], info: ArchiveInfo): Uint8Array {
  const ordered = tiles.map((tile) => ({ id: zxyToTileId(tile.z, tile.x, tile.y), bytes: tile.bytes }));
  ordered.sort((a, b) => a.id - b.id);
  const entries: Entry[] = [];
  const contents: Buffer[] = [];
  const known = new Map<string, { offset: number; length: number }>();
  let end = 0;
  for (const { id, bytes } of ordered) {
    const text = Buffer.from(bytes).toString('latin1');
    let place = known.get(text);
    if (!place) {
      const zipped = gzipSync(bytes, { level: 9 });
      place = { offset: end, length: zipped.length };
      end += zipped.length;
      contents.push(zipped);
      known.set(text, place);
    }
    const last = entries.at(-1);
    if (last && last.offset === place.offset && last.id + last.run === id) last.run++;
    else entries.push({ id, run: 1, ...place });
  }
  const root = gzipSync(directory(entries), { level: 9 });
  if (root.length > ROOT_LIMIT_BYTES) throw new Error(`the directory has ${root.length} bytes and does not fit the root`);
  const metadata = gzipSync(JSON.stringify(info.metadata), { level: 9 });
  const metadataAt = HEADER_BYTES + root.length;
  const tilesAt = metadataAt + metadata.length;

  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const longs = [
    HEADER_BYTES,
    root.length,
    metadataAt,
    metadata.length,
    tilesAt,
    0,
    tilesAt,
    end,
    ordered.length,
    entries.length,
    contents.length,
  ]; // offset and length of root, metadata, leaves, tiles; then the three counts
  longs.forEach((value, i) => {
    header.writeBigUInt64LE(BigInt(value), 8 + i * 8);
  });
  const clustered = 1;
  for (const [i, byte] of [clustered, GZIP, GZIP, MVT, info.minZoom, info.maxZoom].entries()) header.writeUInt8(byte, 96 + i);
  const degrees = (value: number, at: number) => header.writeInt32LE(Math.round(value * 1e7), at);
  info.bounds.forEach((value, i) => {
    degrees(value, 102 + i * 4);
  });
  header.writeUInt8(info.centre[2], 118);
  degrees(info.centre[0], 119);
  degrees(info.centre[1], 123);
  return Buffer.concat([header, root, metadata, ...contents]);
}

function directory(entries: readonly Entry[]): Buffer {
  const bytes: number[] = [];
  const varint = (value: number) => {
    let left = value;
    while (left >= 0x80) {
      bytes.push((left % 0x80) | 0x80);
      left = Math.floor(left / 0x80);
    }
    bytes.push(left);
  };
  varint(entries.length);
  entries.forEach(({ id }, i) => {
    varint(id - (entries[i - 1]?.id ?? 0));
  });
  for (const { run } of entries) varint(run);
  for (const { length } of entries) varint(length);
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    // 0 says "right behind the one before".
    varint(before && offset === before.offset + before.length ? 0 : offset + 1);
  });
  return Buffer.from(bytes);
}
