import { gunzipSync } from 'node:zlib';
import { PMTiles, type RangeResponse, type Source } from 'pmtiles';
import { expect, test } from 'vitest';
import { writePmtiles } from './pmtiles.ts';

/** An archive in memory, as the reader of the format asks for it. */
function inMemory(bytes: Uint8Array): Source {
  return {
    getKey: () => 'memory',
    getBytes: async (offset: number, length: number): Promise<RangeResponse> => ({
      data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer,
    }),
  };
}

const info = {
  minZoom: 1,
  maxZoom: 3,
  bounds: [-57, -36, -55, -34] as const,
  centre: [-56, -35, 2] as const,
  metadata: { name: 'Test', attribution: 'Nobody' },
};

test('an archive gives back each tile, keeps same tiles once, and says nothing where there is none', async () => {
  const tiles = [];
  for (let z = 1; z <= 3; z++) {
    for (let x = 0; x < 2 ** z; x++) {
      for (let y = 0; y < 2 ** z; y++) {
        if (x === y) continue;
        const same = x > y;
        tiles.push({ z, x, y, bytes: Buffer.from(same ? 'water' : `tile ${z} ${x} ${y}`) });
      }
    }
  }
  const bytes = writePmtiles([...tiles].reverse(), info);
  const archive = new PMTiles(inMemory(bytes));
  for (const { z, x, y, bytes: expected } of tiles) {
    const found = await archive.getZxy(z, x, y);
    expect(Buffer.from(found?.data ?? new ArrayBuffer(0)).toString()).toBe(expected.toString());
  }
  expect(await archive.getZxy(2, 1, 1)).toBeUndefined();
  expect(await archive.getZxy(4, 0, 1)).toBeUndefined();
  expect(await archive.getMetadata()).toEqual(info.metadata);
  const header = await archive.getHeader();
  expect(header).toMatchObject({
    specVersion: 3,
    clustered: true,
    minZoom: 1,
    maxZoom: 3,
    minLon: -57,
    minLat: -36,
    maxLon: -55,
    maxLat: -34,
    centerLon: -56,
    centerLat: -35,
    centerZoom: 2,
    numAddressedTiles: tiles.length,
    numTileContents: 1 + tiles.length / 2,
  });
  expect(
    gunzipSync(
      bytes.subarray(header.jsonMetadataOffset, header.jsonMetadataOffset + (header.jsonMetadataLength ?? 0)),
    ).toString(),
  ).toBe(JSON.stringify(info.metadata));
  expect(writePmtiles(tiles, info)).toEqual(bytes);
});
