import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testId } from '#domain/testing/builders.ts';
import { openHistory } from './file.ts';
import type { HistoryMark } from './messages.ts';
import { historyPlace, testKey, testMark } from './testing/recorded.ts';

const place = () => {
  const { file, end } = historyPlace();
  onTestFinished(end);
  return file;
};
/** Opens it, notes a unit in it when it has none, and says what it found and who was there before. */
const visit = async (file: string, mark: HistoryMark = testMark, key = testKey()) => {
  const { database, anew } = await openHistory({ file, key, mark });
  const units = database.read.all<{ name: string }>('SELECT name FROM unit').map(({ name }) => name);
  if (units.length === 0) database.transaction((handle) => handle.run("INSERT INTO unit (number, name) VALUES (0, 'Canary')"));
  database.close();
  return { anew, units };
};
const empty = { anew: null, units: [] };

test('what was recorded is there at the next start, and no name lies in clear', async () => {
  const file = place();
  expect([await visit(file), await visit(file)]).toEqual([empty, { anew: null, units: ['Canary'] }]);
  expect(readFileSync(file).includes('Canary')).toBe(false);
});

test('of another station, another history of the hospital or another scope nothing is left, also after a crash before the deletion', async () => {
  for (const other of [{ stationId: testId('6', 2) }, { epoch: testId('a', 2) }, { epoch: null }, { projection: 'display' }]) {
    const file = place();
    await visit(file);
    expect(await visit(file, { ...testMark, ...other })).toEqual(empty);
    // The first does not come back either.
    expect(await visit(file)).toEqual(empty);
  }
});

test('one that cannot be read begins anew and says why', async () => {
  const file = place();
  await visit(file);
  expect(await visit(file, testMark, new Uint8Array(32).fill(9))).toEqual({ anew: 'wrongKey', units: [] });
  writeFileSync(file, 'not a database at all');
  expect(await visit(file, testMark, new Uint8Array(32).fill(9))).toEqual({ anew: 'notADatabase', units: [] });
  expect(existsSync(file)).toBe(true);
});
