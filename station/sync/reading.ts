/**
 * Where what arrived is parsed. Bytes of a page are not trusted: they may not inflate to more than the wire allows, and
 * each row is parsed like one that came in clear.
 */
import { inflateRawSync } from 'node:zlib';
import { Unpackr } from 'msgpackr';
import { z } from 'zod';
import { type DownRead, readDown } from '#contracts/wire/codec.ts';
import { type Row, rowSchema } from '#contracts/wire/down.ts';
import { tolerant } from '#contracts/wire/tolerant.ts';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';

// A first copy is tens of thousands of these.
const packedRowSchema = z.compile(tolerant(rowSchema));
const unreadable: DownRead = { ok: false, where: 'packed' };

const rowsIn = (packed: Uint8Array): readonly Row[] | undefined => {
  let unpacked: unknown;
  try {
    unpacked = new Unpackr({ useRecords: true }).unpack(inflateRawSync(packed, { maxOutputLength: MAXIMUM_MESSAGE_BYTES }));
  } catch {
    return undefined;
  }
  if (!Array.isArray(unpacked)) return undefined;
  const rows: Row[] = [];
  for (const one of unpacked) {
    const parsed = packedRowSchema.safeParse(one);
    if (!parsed.success) return undefined;
    rows.push(parsed.data);
  }
  return rows;
};

/** Reads what arrived, pages unpacked; `where` names the part that cannot be read. */
export const readMessage = (raw: unknown): DownRead => {
  const read = readDown(raw);
  if (!read.ok || read.message.type !== 'page' || !read.message.packed) return read;
  const { packed, ...page } = read.message;
  const rows = rowsIn(packed);
  return rows ? { ok: true, message: { ...page, rows: [...page.rows, ...rows] } } : unreadable;
};
