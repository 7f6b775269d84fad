/**
 * The downtime pack as it lies on disk: written by the station, found and opened by main, which may be all that still runs. A
 * file is `VIGILDP1`, a nonce of 12 bytes, a tag of 16, and AES-256-GCM ciphertext (the eight letters are authenticated with it).
 * Inside are the lengths of a header in JSON, the HTML and the PDF, four bytes each, big-endian, and then the three themselves.
 */
import { z } from 'zod';
import { instantSchema } from '#domain/model/values.ts';

export const packMagic = 'VIGILDP1';
export const packNonceBytes = 12;
export const packTagBytes = 16;
/** Beyond this a file is not one of ours, bytes. */
export const MOST_PACK_BYTES = 128 * 1024 * 1024;
export const packsKept = 3;

/** What a pack says of itself. Moments are server time. */
export const packHeaderSchema = z.strictObject({
  madeAt: instantSchema,
  asOf: instantSchema,
  pages: z.int().positive(),
  facility: z.string(),
  desk: z.string(),
});
export type PackHeader = z.infer<typeof packHeaderSchema>;

const ended = '.vigilpack';
/** The name of a pack made at a moment; the names sort as the moments do. */
export const packFileName = (madeAt: number): string => `downtime-${String(madeAt).padStart(15, '0')}${ended}`;

/** What stands in the name of a pack, at least the moment at which it was made. */
export const packNumber = (name: string): number => Number(/\d{15}/.exec(name)?.[0] ?? 0);

/** The packs among the names of a directory, the newest first. */
export const packFilesIn = (names: readonly string[]): readonly string[] =>
  names
    .filter((name) => /^downtime-\d{15}\.vigilpack$/.test(name))
    .sort()
    .reverse();

/** What a person prints lies beside the packs in the same form, for as long as it takes. */
export const printFileSchema = z.string().regex(/^print-[0-9a-f-]{36}\.vigilpack$/);
export const printFileName = (id: string): string => `print-${id}${ended}`;
export const isPrintFile = (name: string): boolean => printFileSchema.safeParse(name).success;

const partsCount = 3;
const lengthsBytes = partsCount * 4;

/** Joins header, HTML and PDF. */
export const joinPack = (parts: readonly [header: Uint8Array, html: Uint8Array, pdf: Uint8Array]): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(lengthsBytes + parts.reduce((sum, part) => sum + part.byteLength, 0));
  const lengths = new DataView(joined.buffer);
  let at = lengthsBytes;
  for (const [index, part] of parts.entries()) {
    lengths.setUint32(index * 4, part.byteLength);
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
};

/** The parts of a joined pack; undefined when the lengths do not fit. */
export const splitPack = (
  joined: Uint8Array,
): { readonly header: Uint8Array; readonly html: Uint8Array; readonly pdf: Uint8Array } | undefined => {
  if (joined.byteLength < lengthsBytes) return undefined;
  const view = new DataView(joined.buffer, joined.byteOffset, joined.byteLength);
  let at = lengthsBytes;
  const next = (index: number): Uint8Array => {
    const from = at;
    at += view.getUint32(index * 4);
    return joined.subarray(from, at);
  };
  const [header, html, pdf] = [next(0), next(1), next(2)];
  return at === joined.byteLength ? { header, html, pdf } : undefined;
};
