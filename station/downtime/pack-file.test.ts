import { createDecipheriv, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packFileName, packFilesIn, packMagic, splitPack } from '#contracts/ipc/downtime-pack.ts';
import { testId, testNow } from '#domain/testing/builders.ts';
import { packOf } from './content.ts';
import { createPackMaker } from './make-pack.ts';
import { keepPack, PLAIN_KEPT_FOR, removeOldPlain, removeOldPrints } from './pack-file.ts';
import { largeDepartment } from './testing/large-department.ts';

const key = randomBytes(32);
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-packs-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const header = (madeAt: number) => ({ madeAt, asOf: madeAt, pages: 1, facility: 'Test Hospital', desk: 'desk' });
const keep = (madeAt: number) =>
  keepPack(directory, key, header(madeAt), Buffer.from('<html>Canary'), Buffer.from('%PDF Canary'));
const names = (): readonly string[] => readdirSync(directory).sort();

test('D4 a pack is sealed and opens under its key, whole', () => {
  keep(testNow);
  const [name = ''] = names();
  const bytes = readFileSync(join(directory, name));
  expect(bytes.includes('Canary')).toBe(false);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(8, 20))
    .setAAD(Buffer.from(packMagic))
    .setAuthTag(bytes.subarray(20, 36));
  const parts = splitPack(Buffer.concat([decipher.update(bytes.subarray(36)), decipher.final()]));
  expect(Object.values(parts ?? {}).map((part) => Buffer.from(part).toString())).toEqual([
    JSON.stringify(header(testNow)),
    '<html>Canary',
    '%PDF Canary',
  ]);
  if (process.platform !== 'win32') expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
});

test('what is printed and what is packed leave one another alone; what nobody fetched goes after ten minutes', () => {
  const wallNow = Date.now();
  const print = (count: number, ending = ''): string => `print-${testId('8', count)}.vigilpack${ending}`;
  const being = [print(1), print(2, '.part')];
  for (const name of [...being, print(3), print(4, '.part')]) writeFileSync(join(directory, name), 'x');
  for (const name of [print(3), print(4, '.part')])
    utimesSync(join(directory, name), new Date(wallNow - 700_000), new Date(wallNow - 700_000));
  keep(testNow);
  removeOldPrints(directory, wallNow);
  expect(names()).toEqual([packFileName(testNow), ...being]);
});

test('D4 the last three are kept, in the order of writing even when the clock steps back', () => {
  writeFileSync(join(directory, 'downtime-x.vigilpack.part'), 'cut short');
  for (const madeAt of [testNow, testNow + 300_000, testNow - 86_400_000, testNow - 86_399_000]) keep(madeAt);
  expect(packFilesIn(names())).toHaveLength(3);
  expect(names()).toEqual(packFilesIn(names()).toReversed());
  const [newest = ''] = packFilesIn(names());
  const numbers = packFilesIn(names()).map((name) => Number(/\d+/.exec(name)?.[0]));
  expect(numbers).toEqual([testNow + 300_002, testNow + 300_001, testNow + 300_000]);
  expect(existsSync(join(directory, newest))).toBe(true);
});

test('D4 a disk that refuses leaves the packs that were there', () => {
  for (const madeAt of [1, 2, 3]) keep(testNow + madeAt);
  const before = packFilesIn(names());
  mkdirSync(join(directory, `${packFileName(testNow + 4)}.part`));
  expect(() => keep(testNow + 4)).toThrow('EISDIR');
  expect(packFilesIn(names())).toEqual(before);
});

test('D6 plain copies are removed after a day, and nothing else in the folder is', () => {
  const old = (testNow - PLAIN_KEPT_FOR - 1_000) / 1_000;
  for (const name of ['vigil-downtime-desk-1.html', 'vigil-downtime-desk-1.pdf', 'letter.pdf']) {
    writeFileSync(join(directory, name), '');
    utimesSync(join(directory, name), old, old);
  }
  writeFileSync(join(directory, 'vigil-downtime-desk-2.html'), '');
  utimesSync(join(directory, 'vigil-downtime-desk-2.html'), testNow / 1_000, testNow / 1_000);
  removeOldPlain(directory, testNow);
  expect(names()).toEqual(['letter.pdf', 'vigil-downtime-desk-2.html']);
});

const thread = new URL('./worker.ts', import.meta.url);

test('D6 the thread writes a pack in clear only where policy names a folder', async () => {
  const packs = join(directory, 'packs');
  const plainDirectory = join(directory, 'plain');
  mkdirSync(plainDirectory);
  const source = largeDepartment({ beds: 46, units: 40, alarms: 12 });
  const pack = packOf(source);
  const made = { madeAt: testNow, asOf: testNow, facility: pack.facility, desk: source.desk };
  for (const plain of [null, plainDirectory]) {
    const maker = createPackMaker(thread, { directory: packs, key: new Uint8Array(key), plainDirectory: plain });
    expect(await maker.make(pack, made, testNow)).toEqual({
      state: 'kept',
      pages: 9,
      bytes: expect.any(Number),
      kept: plain === null ? 1 : 2,
      plainError: null,
    });
    maker.stop();
    expect(readdirSync(plainDirectory)).toHaveLength(plain === null ? 0 : 2);
  }
  expect(packFilesIn(readdirSync(packs))).toHaveLength(2);
  const html = readdirSync(plainDirectory).find((name) => name.endsWith('.html')) ?? '';
  expect(readFileSync(join(plainDirectory, html), 'utf8')).toContain('Łukasiewicz');
});

test('D6 a plain folder that is not there is said, and the sealed pack is kept all the same', async () => {
  const maker = createPackMaker(thread, { directory, key: new Uint8Array(key), plainDirectory: join(directory, 'nowhere') });
  const source = largeDepartment({ beds: 4, units: 4, alarms: 1 });
  const made = { madeAt: testNow, asOf: testNow, facility: 'x', desk: source.desk };
  expect(await maker.make(packOf(source), made, testNow)).toMatchObject({ state: 'kept', plainError: 'ENOENT' });
  maker.stop();
  expect(packFilesIn(names())).toHaveLength(1);
});

test('D7 a directory that cannot be written is a failure with its code and nothing of the pack', async () => {
  writeFileSync(join(directory, 'file'), '');
  const maker = createPackMaker(thread, { directory: join(directory, 'file'), key: new Uint8Array(key), plainDirectory: null });
  const source = largeDepartment({ beds: 4, units: 4, alarms: 1 });
  const made = { madeAt: testNow, asOf: testNow, facility: 'x', desk: source.desk };
  expect(await maker.make(packOf(source), made, testNow)).toEqual({ state: 'failed', error: 'EEXIST' });
  maker.stop();
});
