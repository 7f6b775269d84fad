import { deflateRawSync } from 'node:zlib';
import { Packr } from 'msgpackr';
import type { Row } from '#contracts/wire/down.ts';

/** Packs rows for a page: MessagePack with records, so that names of fields stand once, deflated. Each page is read alone. */
export type PagePacker = (rows: readonly Row[]) => Uint8Array<ArrayBuffer>;

/** The fastest level: the names of fields are gone already, and higher ones gain a twentieth for half as much time again. */
const LEVEL = 1;

/** A packer owns its buffers: one serves a whole backend. */
export const createPagePacker = (): PagePacker => {
  const packr = new Packr({ useRecords: true });
  return (rows) => deflateRawSync(packr.pack(rows), { level: LEVEL });
};
