import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseKey, type KeyStore } from './key-provider.ts';

const noKeyStore: KeyStore = {
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.alloc(0),
  decryptString: () => '',
};
/** A key store that turns bytes around: enough to tell sealed from clear. */
const keyStore: KeyStore = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(text).reverse(),
  decryptString: (sealed) => Buffer.from(sealed).reverse().toString(),
  getSelectedStorageBackend: () => 'gnome_libsecret',
};
const basicText: KeyStore = { ...keyStore, getSelectedStorageBackend: () => 'basic_text' };

describe('the database key', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vigil-key-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('sealed by the key store, the same at the next start, never in clear', () => {
    const first = databaseKey(directory, keyStore, true);
    expect(first).toEqual({ key: expect.any(Uint8Array), protection: 'osKeyStore' });
    expect(databaseKey(directory, keyStore, true)).toEqual(first);
    expect(readFileSync(join(directory, 'database.key.sealed')).includes(Buffer.from(first.key))).toBe(false);
  });

  test('in development without a key store: a file of its owner', () => {
    const first = databaseKey(directory, noKeyStore, false);
    expect(first.protection).toBe('developmentFile');
    expect(databaseKey(directory, basicText, false)).toEqual(first);
    expect(statSync(join(directory, 'database.key.development')).mode & 0o777).toBe(0o600);
  });

  test('a release refuses a key store that is none', () => {
    expect(() => databaseKey(directory, noKeyStore, true)).toThrow(/no key store/);
    expect(() => databaseKey(directory, basicText, true)).toThrow(/no key store/);
  });

  test('a key that cannot be opened is never replaced', () => {
    databaseKey(directory, keyStore, true);
    expect(() => databaseKey(directory, noKeyStore, false)).toThrow(/is not available/);
    writeFileSync(join(directory, 'database.key.sealed'), 'x');
    expect(() => databaseKey(directory, keyStore, false)).toThrow(/is damaged/);
  });

  test('a development key that others can read is refused', () => {
    databaseKey(directory, noKeyStore, false);
    chmodSync(join(directory, 'database.key.development'), 0o644);
    expect(() => databaseKey(directory, noKeyStore, false)).toThrow(/chmod 600/);
  });
});
