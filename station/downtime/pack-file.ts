/**
 * Keeps packs on disk. What is written is sealed before it touches the disk, appears under its name only when it is whole and
 * synced, and older ones go only after that: at every moment there is a pack that opens. A plain copy is written only into a
 * folder that site policy names.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  joinPack,
  type PackHeader,
  packFileName,
  packFilesIn,
  packMagic,
  packNonceBytes,
  packNumber,
  packsKept,
} from '#contracts/ipc/downtime-pack.ts';

/** What nobody printed or saved is removed after this, milliseconds. */
export const PRINT_KEPT_FOR = 600_000;

/** Plain copies are removed after this, milliseconds. */
export const PLAIN_KEPT_FOR = 24 * 3_600_000;

const writeWhole = (directory: string, name: string, bytes: Uint8Array): void => {
  const path = join(directory, name);
  const file = openSync(`${path}.part`, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
  // A directory cannot be opened for this on Windows, where the rename itself is journalled.
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** The bytes of a pack file under a key of 32 bytes. */
export const sealPack = (key: Uint8Array, header: PackHeader, html: Uint8Array, pdf: Uint8Array): Uint8Array => {
  const nonce = randomBytes(packNonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(packMagic));
  const sealed = [cipher.update(joinPack([Buffer.from(JSON.stringify(header)), html, pdf])), cipher.final()];
  return Buffer.concat([Buffer.from(packMagic), nonce, cipher.getAuthTag(), ...sealed]);
};

/** Writes a sealed pack and removes what is older than the last three; its size in bytes and how many there are now. Throws what the disk throws. */
export const keepPack = (
  directory: string,
  key: Uint8Array,
  header: PackHeader,
  html: Uint8Array,
  pdf: Uint8Array,
): { readonly bytes: number; readonly kept: number } => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const before = readdirSync(directory);
  // Names sort as packs were written, whatever the clocks did meanwhile: the newest name is the newest pack.
  const [last] = packFilesIn(before);
  const name = packFileName(Math.max(header.madeAt, last === undefined ? 0 : packNumber(last) + 1));
  const bytes = sealPack(key, header, html, pdf);
  writeWhole(directory, name, bytes);
  const unfinished = before.filter((other) => /^downtime-.*\.part$/.test(other));
  for (const old of [...packFilesIn(before).slice(packsKept - 1), ...unfinished]) unlinkSync(join(directory, old));
  return { bytes: bytes.byteLength, kept: Math.min(packFilesIn(before).length + 1, packsKept) };
};

/** Writes what is to be printed, sealed; its size in bytes. Throws what the disk throws. */
export const keepPrint = (
  directory: string,
  name: string,
  key: Uint8Array,
  header: PackHeader,
  html: Uint8Array,
  pdf: Uint8Array,
): number => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const bytes = sealPack(key, header, html, pdf);
  writeWhole(directory, name, bytes);
  return bytes.byteLength;
};

const printName = /^print-.*\.vigilpack(?:\.part)?$/;

/** Removes what was kept for a printing that nobody fetched, whole or cut short. Throws what the disk throws. */
export const removeOldPrints = (directory: string, wallNow: number): void => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    // Main removes what it fetched while this looks.
    const found = printName.test(name) ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (found && wallNow - found.mtimeMs > PRINT_KEPT_FOR) rmSync(path, { force: true });
  }
};

const plainName = /^vigil-downtime-.*\.(?:html|pdf)(?:\.part)?$/;

/** Removes the plain copies of a folder that are older than a day. Throws what the disk throws. */
export const removeOldPlain = (folder: string, wallNow: number): void => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (plainName.test(name) && wallNow - statSync(path).mtimeMs > PLAIN_KEPT_FOR) unlinkSync(path);
  }
};

/** Writes a pack in clear where policy asked for it, under the desk's name, replacing nothing. Throws what the disk throws. */
export const keepPlain = (folder: string, header: PackHeader, html: Uint8Array, pdf: Uint8Array): void => {
  const stamp = new Date(header.madeAt).toISOString().slice(0, 19).replaceAll(':', '');
  const base = `vigil-downtime-${header.desk.replace(/[^\w-]+/g, '-')}-${stamp}Z`;
  writeWhole(folder, `${base}.html`, html);
  writeWhole(folder, `${base}.pdf`, pdf);
};
