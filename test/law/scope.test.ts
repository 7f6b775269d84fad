import { readFileSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { projectForDisplay } from '#domain/rules/projection.ts';
import { buildBed, buildEncounter, buildFacility, buildPatient, testId } from '#domain/testing/builders.ts';
import { epochA, poke, rowsAt, settleTurn, startDesk, type TestDesk } from '#station/testing/peer.ts';

const canaries = ['Quintero-Canary', 'Zephyrine'];
const beds = Array.from({ length: 40 }, (_, index) => buildBed({ id: testId('b', index + 1), label: `B${index + 1}` }));
const [bed] = beds as [(typeof beds)[number]];
const patients = beds.map((_, index) =>
  buildPatient({ id: testId('c', index + 1), name: { family: 'Quintero-Canary', given: 'Zephyrine' }, mrn: `M-${index}` }),
);
const encounters = patients.map((patient, index) =>
  buildEncounter({ id: testId('e', index + 1), patientId: patient.id, complaint: 'Zephyrine fell', status: 'triaged' }),
);
const rows = [buildFacility(), ...beds, ...patients, ...encounters];

const desks: TestDesk[] = [];
afterEach(() => {
  for (const one of desks.splice(0)) one.end();
});
const say = async (made: TestDesk, ...messages: readonly unknown[]): Promise<void> => {
  for (const message of messages) made.peer.link().say(message);
  await settleTurn(made.clock);
};
const desk = async (): Promise<TestDesk> => {
  const made = await startDesk();
  desks.push(made);
  const snapshotId = testId('6', 77);
  await say(made, made.peer.welcome({ snapshotId, total: rows.length }, 10), {
    type: 'page',
    snapshotId,
    rows: rowsAt(9, ...rows),
    next: null,
  });
  return made;
};
const reconnect = async (made: TestDesk): Promise<void> => {
  made.peer.link().cut();
  await settleTurn(made.clock);
  const links = made.peer.links.length;
  while (made.peer.links.length === links) made.clock.advance(1000);
};
const asDisplay = async (made: TestDesk): Promise<void> => {
  const snapshotId = testId('6', 78);
  const projected = rows.flatMap((record) => projectForDisplay(record, 'initials') ?? []);
  await say(
    made,
    { ...made.peer.welcome({ snapshotId, total: projected.length }, 20, epochA), projection: 'display' },
    { type: 'page', snapshotId, rows: rowsAt(20, ...projected), next: null },
  );
};
/** Every page of the database as it lies in the file, decrypted, free ones and those of the log included. */
const pagesOf = (made: TestDesk): Buffer => {
  const connection = new BetterSqlite(made.databasePath);
  connection.pragma("cipher = 'aegis'");
  connection.pragma(`key = "x'${Buffer.from(made.key).toString('hex')}'"`);
  const pages = connection.serialize();
  connection.close();
  return pages;
};
const held = (made: TestDesk): readonly string[] => canaries.filter((name) => pagesOf(made).includes(name));

describe('a desk that becomes a display', () => {
  test('X1 X3 holds nothing of before, in its file or on its windows, from the moment the new rows come', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounters[0]?.id });
    await made.window().call('draftKey', {});
    await say(
      made,
      poke(10, 11, {
        settled: [{ commandId, rev: 11, outcome: { status: 'refused', code: 'conflict', message: 'Quintero-Canary waits.' } }],
      }),
    );
    expect([held(made), made.window().conflicts().length]).toEqual([canaries, 1]);
    await reconnect(made);
    await asDisplay(made);
    const { read } = made.database();
    const left = ['answered', 'conflict', 'draft_key', 'reading_history'].map(
      (table) => read.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count,
    );
    expect([left, held(made), statSync(`${made.databasePath}-wal`).size < 100_000]).toEqual([[0, 0, 0, 0], [], true]);
    expect(readFileSync(made.databasePath).includes('Quintero')).toBe(false);
    expect([made.window().conflicts(), made.window().record('patient', patients[0]?.id ?? '')]).toMatchObject([
      [],
      { name: null, mrn: null },
    ]);
    await made.restart();
    expect(JSON.stringify(made.window().posted)).not.toMatch(/Quintero|Zephyrine/);
  });

  test('X2 with unsent commands it stays what it was, says so, and changes when they have gone', async () => {
    const made = await desk();
    made.peer.reachable = false;
    made.peer.link().cut();
    await settleTurn(made.clock);
    const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounters[0]?.id });
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    await asDisplay(made);
    expect([made.window().unsent(), made.window().record('patient', patients[0]?.id ?? '')]).toEqual([[commandId], patients[0]]);
    expect(made.window().frame().troubles).toMatchObject([{ code: 'unsentBeforeDisplay', severity: 'degraded' }]);
    expect(made.peer.link().said.filter(({ type }) => type === 'commands')).toEqual([]);
  });
});
