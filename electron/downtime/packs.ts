/**
 * Finds and opens downtime packs without the station: files in a directory, a key, and nothing else. A pack is decrypted into
 * memory only. One that does not open gives way to the one before it.
 */
import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  MOST_PACK_BYTES,
  type PackHeader,
  packFilesIn,
  packHeaderSchema,
  packMagic,
  packNonceBytes,
  packTagBytes,
  splitPack,
} from '#contracts/ipc/downtime-pack.ts';

export type OpenedPack = { readonly header: PackHeader; readonly html: Uint8Array; readonly pdf: Uint8Array };
export type FoundPack =
  | { readonly state: 'found'; readonly pack: OpenedPack /** How many newer ones did not open. */; readonly unreadable: number }
  | { readonly state: 'none' }
  | { readonly state: 'unreadable'; readonly unreadable: number };

/** Opens the bytes of a pack file; undefined when they were changed, cut, or sealed under another key. */
export const openPack = (bytes: Uint8Array, key: Uint8Array): OpenedPack | undefined => {
  const magic = Buffer.from(packMagic);
  const sealedFrom = magic.byteLength + packNonceBytes + packTagBytes;
  if (bytes.byteLength < sealedFrom || !magic.equals(bytes.subarray(0, magic.byteLength))) return undefined;
  try {
    const nonce = bytes.subarray(magic.byteLength, magic.byteLength + packNonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(magic)
      .setAuthTag(bytes.subarray(magic.byteLength + packNonceBytes, sealedFrom));
    const parts = splitPack(Buffer.concat([decipher.update(bytes.subarray(sealedFrom)), decipher.final()]));
    if (!parts) return undefined;
    const header = packHeaderSchema.parse(JSON.parse(Buffer.from(parts.header).toString()));
    return { header, html: parts.html, pdf: parts.pdf };
  } catch {
    return undefined;
  }
};

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** The newest pack that opens. Throws what the disk throws but for a missing directory, which holds none. */
export const newestPack = (directory: string, key: Uint8Array): FoundPack => {
  let unreadable = 0;
  for (const name of packFilesIn(namesIn(directory))) {
    const path = join(directory, name);
    const pack = statSync(path).size <= MOST_PACK_BYTES ? openPack(readFileSync(path), key) : undefined;
    if (pack) return { state: 'found', pack, unreadable };
    unreadable += 1;
  }
  return unreadable === 0 ? { state: 'none' } : { state: 'unreadable', unreadable };
};
