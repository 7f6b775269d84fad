import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startBackend } from '#backend/backend.ts';
import { createCore } from '#backend/core/core.ts';
import { readOptions } from '#backend/options.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import { openLine } from '#backend/testing/adt-hospital.ts';
import { adtText } from '#backend/testing/adt-messages.ts';
import type { DeskAnswer } from '#domain/model/message-desk.ts';
import { buildArea, buildBed, buildFacility } from '#domain/testing/builders.ts';
import { keyOf, startStationProcess, until } from './station-process.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const bed = buildBed({ status: 'available', encounterId: null });

test('a message about a place that nobody knows waits, is seen at a desk, mapped to a bed there, and the patient lies in it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-message-desk-'));
  ends.push(() => rmSync(directory, { recursive: true, force: true }));
  const [data, site] = [join(directory, 'hospital.db'), join(directory, 'adt.json')];
  writeFileSync(site, JSON.stringify({ senders: [{ application: 'PAS', facility: 'GH', name: 'PAS', locations: {} }] }));
  const store = openStore(data);
  createCore({ store, clock: Date.now, verifyGrant: () => undefined }).commit([buildFacility(), buildArea(), bed]);
  store.close();
  const backend = await startBackend(
    readOptions(['--data', data, '--no-simulator', '--adt-port', '0', '--adt-site', site]),
    () => undefined,
  );
  ends.push(backend.stop);
  const desk = startStationProcess({ directory: join(directory, 'desk'), key: randomBytes(32), backendPort: backend.port });
  ends.push(async () => {
    desk.child.kill('SIGKILL');
    await desk.exited;
  });
  const line = openLine(backend.adtPort ?? 0);
  ends.push(line.close);

  const said = adtText({ trigger: 'A01', controlId: 'W1', at: Date.now(), visit: 'V1', mrn: 'M1', location: 'EMER^4^1' });
  expect((await line.ask(said)).slice(0, 2)).toEqual(['AE', 'W1']);
  const link = () => [...desk.records.values()].map(({ record }) => record).find(({ kind }) => kind === 'interfaceLink');
  await until('the desk hears that a message waits', () => {
    const record = link();
    return record?.kind === 'interfaceLink' && record.unresolved === 1 && desk.frame()?.person !== null;
  });
  const ask = (question: object) => desk.call('askMessageDesk', question) as Promise<DeskAnswer>;
  const listed = await ask({ about: 'messages', states: ['waiting'], sender: null, before: null });
  expect(listed).toMatchObject({ messages: [{ controlId: 'W1', location: 'EMER^4^1', sender: 'PAS|GH', state: 'waiting' }] });
  expect(await ask({ about: 'mapBed', sender: 'PAS|GH', location: 'EMER^4^1', bedId: bed.id })).toEqual({
    about: 'mapBed',
    done: 1,
  });
  expect(await ask({ about: 'replay', sequence: 1 })).toMatchObject({ state: 'confirmed', code: 'AA' });
  await until('the patient lies in the bed', () => {
    const record = desk.records.get(keyOf('bed', bed.id))?.record;
    return record?.kind === 'bed' && record.status === 'occupied';
  });
});
