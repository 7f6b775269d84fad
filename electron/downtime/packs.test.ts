import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { joinPack, type PackHeader, packFileName, packMagic } from '#contracts/ipc/downtime-pack.ts';
import { packKeyOf } from '../broker/key-provider.ts';
import { newestPack, openPack } from './packs.ts';

const key = packKeyOf(randomBytes(32));
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-packs-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const headerOf = (madeAt: number): PackHeader => ({
  madeAt,
  asOf: madeAt - 5,
  pages: 3,
  facility: 'Test Hospital',
  desk: 'desk',
});
const seal = (header: unknown, withKey: Uint8Array = key): Buffer => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', withKey, nonce).setAAD(Buffer.from(packMagic));
  const parts = joinPack([Buffer.from(JSON.stringify(header)), Buffer.from('<html>'), Buffer.from('%PDF')]);
  const sealed = Buffer.concat([cipher.update(parts), cipher.final()]);
  return Buffer.concat([Buffer.from(packMagic), nonce, cipher.getAuthTag(), sealed]);
};
const put = (madeAt: number, bytes: Buffer): void => writeFileSync(join(directory, packFileName(madeAt)), bytes);
const found = (madeAt: number, unreadable = 0) => ({
  state: 'found',
  pack: { header: headerOf(madeAt), html: Buffer.from('<html>'), pdf: Buffer.from('%PDF') },
  unreadable,
});

test('D5 the newest pack is found with nothing but its directory and the key', () => {
  for (const madeAt of [100, 300, 200]) put(madeAt, seal(headerOf(madeAt)));
  writeFileSync(join(directory, 'downtime-9.vigilpack'), 'no name of ours');
  expect(newestPack(directory, key)).toEqual(found(300));
});

test('D5 one that was changed, cut, or sealed under another key gives way to the one before it', () => {
  put(100, seal(headerOf(100)));
  const changed = seal(headerOf(200));
  changed[60] = (changed[60] ?? 0) ^ 1;
  put(200, changed);
  put(300, seal(headerOf(300)).subarray(0, 50));
  put(400, seal(headerOf(400), randomBytes(32)));
  put(500, seal({ madeAt: 'yesterday' }));
  put(600, Buffer.alloc(0));
  expect(newestPack(directory, key)).toEqual(found(100, 5));
});

test('D5 no pack, and none that opens, are told apart', () => {
  expect(newestPack(join(directory, 'nowhere'), key)).toEqual({ state: 'none' });
  expect(newestPack(directory, key)).toEqual({ state: 'none' });
  put(100, Buffer.from('noise'));
  expect(newestPack(directory, key)).toEqual({ state: 'unreadable', unreadable: 1 });
});

test('lengths that lead beyond the pack are refused', () => {
  const header = seal(headerOf(1));
  expect(openPack(header.subarray(0, header.length - 1), key)).toBeUndefined();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(packMagic));
  const lying = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]);
  const sealed = Buffer.concat([cipher.update(lying), cipher.final()]);
  expect(openPack(Buffer.concat([Buffer.from(packMagic), nonce, cipher.getAuthTag(), sealed]), key)).toBeUndefined();
});

test('D4 the key of the packs follows from the database key and is not it', () => {
  const database = randomBytes(32);
  expect([packKeyOf(database), packKeyOf(database).byteLength]).toEqual([packKeyOf(database), 32]);
  expect(Buffer.from(packKeyOf(database)).equals(database)).toBe(false);
  expect(Buffer.from(packKeyOf(database)).equals(packKeyOf(randomBytes(32)))).toBe(false);
});
