/**
 * The database key: 32 random bytes, kept sealed by the operating system's key store. Where there is none, development keeps it
 * in a file only its owner may read, and the station says so on every screen; a release refuses to start instead. A key that is
 * there but cannot be opened is never replaced: the database it belongs to would be lost with it.
 */
import { webcrypto as crypto, hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StationStart } from '#contracts/ipc/main-station.ts';

/** As much of Electron's safeStorage as is used; the backend is known on Linux only. */
export type KeyStore = {
  readonly isEncryptionAvailable: () => boolean;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  readonly getSelectedStorageBackend?: () => string;
};

export type DatabaseKey = { readonly key: Uint8Array<ArrayBuffer>; readonly protection: StationStart['keyProtection'] };

const keyBytes = 32;

/** basic_text seals with a password that everybody knows: it is no key store. */
const isRealKeyStore = (store: KeyStore): boolean =>
  store.isEncryptionAvailable() && !['basic_text', 'unknown'].includes(store.getSelectedStorageBackend?.() ?? 'system');

const keep = (file: string, bytes: Uint8Array): void => {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** A copy in memory of its own: a small Buffer shares its memory with others, and would travel and be wiped with them. */
const checkedKey = (key: Uint8Array, file: string): Uint8Array<ArrayBuffer> => {
  if (key.byteLength !== keyBytes)
    throw new Error(`The database key in ${file} is damaged. Nothing was changed; restore the file.`);
  return new Uint8Array(key);
};

const openSealed = (store: KeyStore, file: string): Uint8Array<ArrayBuffer> => {
  if (!isRealKeyStore(store))
    throw new Error(
      "The operating system's key store, which holds the database key, is not available. Unlock it and start again.",
    );
  try {
    return checkedKey(Buffer.from(store.decryptString(readFileSync(file)), 'base64'), file);
  } catch (error) {
    throw new Error(`The key store could not open the database key: ${(error as Error).message}`);
  }
};

const openDevelopmentFile = (file: string): Uint8Array<ArrayBuffer> => {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error(`The database key in ${file} can be read by others. Make it readable by its owner only (chmod 600).`);
  }
  return checkedKey(readFileSync(file), file);
};

/** The key of the database in `directory`, made at the first call; the caller wipes the bytes. Throws a sentence when there can be none. */
export const databaseKey = (directory: string, store: KeyStore, isRelease: boolean): DatabaseKey => {
  const sealedFile = join(directory, 'database.key.sealed');
  const developmentFile = join(directory, 'database.key.development');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (existsSync(sealedFile)) return { key: openSealed(store, sealedFile), protection: 'osKeyStore' };
  if (!isRelease && existsSync(developmentFile))
    return { key: openDevelopmentFile(developmentFile), protection: 'developmentFile' };
  const key = crypto.getRandomValues(new Uint8Array(keyBytes));
  if (isRealKeyStore(store)) {
    keep(sealedFile, store.encryptString(Buffer.from(key).toString('base64')));
    return { key, protection: 'osKeyStore' };
  }
  if (isRelease)
    throw new Error('This computer has no key store to keep the database key in. Vigil does not store patients without one.');
  keep(developmentFile, key);
  return { key, protection: 'developmentFile' };
};

/** The key of the downtime packs, 32 bytes that follow from the database key and tell nothing of it; the caller wipes them. */
export const packKeyOf = (key: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), 'vigil downtime pack 1', keyBytes));
