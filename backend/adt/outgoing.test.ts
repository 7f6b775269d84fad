import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hl7Server } from '@medplum/hl7';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildBed, buildEncounter, buildPatient, testId } from '#domain/testing/builders.ts';
import { type AdtHospital, adtHospital, openLine } from '../testing/adt-hospital.ts';
import { adtText } from '../testing/adt-messages.ts';
import { assignInput, bed, encounter } from '../testing/hospital.ts';
import { isNewerOf, orderKey, subjectOf, touchedBy } from './outgoing-order.ts';

const other = { bedId: bed.id, encounterId: testId('e', 7) };
const second = testId('b', 2);
let directory = '';
let here: AdtHospital;
let receiver: Hl7Server;
let refusals = 0;
const received: string[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-adt-out-'));
  received.length = 0;
  receiver = new Hl7Server((connection) => {
    connection.addEventListener('message', ({ message }) => {
      const place = message.getSegment('PV1')?.getField(3)?.toString() ?? message.getSegment('NPU')?.toString();
      const from = message.getSegment('PV1')?.getField(6)?.toString() ?? '';
      const isRefused = refusals > 0;
      refusals -= isRefused ? 1 : 0;
      received.push(
        `${message.getSegment('MSH')?.getComponent(9, 2)} ${place} ${from} ${isRefused ? 'AE' : ''}`
          .trim()
          .replaceAll(/ +/g, ' '),
      );
      connection.send(message.buildAck({ ackCode: isRefused ? 'AE' : 'AA' }));
    });
  });
  await receiver.start(0);
});
afterEach(async () => {
  await here.end();
  await receiver.stop({ forceDrainTimeoutMs: 1 });
  rmSync(directory, { recursive: true, force: true });
});

const start = async (locations: object, others: readonly object[] = []): Promise<void> => {
  const site = join(directory, 'adt.json');
  writeFileSync(
    site,
    JSON.stringify({
      senders: [{ application: 'PAS', facility: 'GH', name: 'PAS', locations }, ...others],
      receiver: { application: 'PAS', facility: 'GH' },
    }),
  );
  const address = receiver.server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('Nobody listens.');
  here = await adtHospital(join(directory, 'hospital.db'), { site, send: { host: '127.0.0.1', port: address.port } });
  const patient = buildPatient({ id: testId('c', 7), mrn: 'M7' });
  const visit = buildEncounter({ id: other.encounterId, patientId: patient.id, bedId: null, visitNumber: 'V7' });
  here.core.together((write) => write([patient, visit, buildBed({ id: second, label: 'B2' })]));
};
const apply = (name: Parameters<typeof here.envelope>[0], input: object): void => {
  const { settlement } = here.core.apply(testId('8', 1), here.envelope(name, input), 0);
  expect(settlement.outcome).toMatchObject({ status: 'applied' });
  here.pass(1_500);
};
const allSent = async (): Promise<void> => {
  const deadline = Date.now() + 8_000;
  while (here.store.messages.queuedCount() > 0) {
    if (Date.now() > deadline) throw new Error(`Not within 8 s; received ${received.join(', ')}.`);
    here.adt.alsoKeep([]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (received.length > 0 && refusals === 0) here.pass(500);
  }
};

test('what is refused once is not overtaken by anything of the same bed or the same patient', async () => {
  await start({ ED: { bedsByLabel: true } });
  refusals = 1;
  apply('assignBed', assignInput);
  apply('assignBed', { ...assignInput, bedId: second });
  apply('cleanBed', { bedId: bed.id, stage: 'start', expectedMinutes: null });
  apply('cleanBed', { bedId: bed.id, stage: 'done', expectedMinutes: null });
  apply('assignBed', other);
  await allSent();
  expect(received).toEqual([
    'A02 ED^^B1 AE',
    'A02 ED^^B1',
    'A02 ED^^B2 ED^^B1',
    'A20 NPU|ED^^B1|K',
    'A20 NPU|ED^^B1|H',
    'A20 NPU|ED^^B1|U',
    'A02 ED^^B1',
  ]);
});

test('a receiver hears that a patient is in no bed any more, by the point of care where it has no name for the place', async () => {
  await start({ 'EMER^R1^1': { bed: 'B1' }, 'EMER^R1^2': { bed: 'B2' } });
  apply('assignBed', assignInput);
  apply('unassignBed', { bedId: bed.id, encounterId: encounter.id, place: 'Corridor' });
  apply('assignBed', assignInput);
  apply('releaseBed', { bedId: bed.id, encounterId: encounter.id, disposition: 'waiting' });
  await allSent();
  expect(received).toEqual([
    'A02 EMER^R1^1',
    'A12 EMER EMER^R1^1',
    'A20 NPU|EMER^R1^1|U',
    'A02 EMER^R1^1',
    'A02 EMER EMER^R1^1',
    'A20 NPU|EMER^R1^1|K',
  ]);
  // Told to us again it is no other place.
  const line = openLine(here.port);
  const { at = 0 } = here.core.view.get('encounter', encounter.id)?.moves.at(-1) ?? {};
  const [code, , reason] = await line.ask(adtText({ trigger: 'A02', controlId: 'E', at, mrn: 'M000001', location: 'EMER' }));
  line.close();
  expect([code, reason, here.core.view.get('encounter', encounter.id)?.place]).toEqual([
    'AA',
    'It was kept and moved nobody: it tells of a move that was made here.',
    'Waiting room',
  ]);
});

test('a receiver is told the name it knows, not the one that another sender has for the same bed', async () => {
  await start({ ED: { bedsByLabel: true } }, [{ application: 'LAB', facility: 'GH', name: 'LAB' }]);
  const by = { personId: testId('9', 1), name: 'A. Bianchi', stationId: null };
  here.adt.desk.mapBed(by, 'LAB|GH', 'X^^1', bed.id);
  apply('assignBed', assignInput);
  here.adt.desk.mapBed(by, 'PAS|GH', 'NEW^^2', second);
  apply('assignBed', { ...assignInput, bedId: second });
  await allSent();
  expect(received).toEqual(['A02 ED^^B1', 'A02 NEW^^2 ED^^B1', 'A20 NPU|ED^^B1|K']);
});

test('a key names the visit, the bed it ends in and the bed it began in', async () => {
  await start({});
  const [visit, to, from] = [testId('e', 1), testId('b', 1), testId('b', 2)];
  const moved = orderKey({ encounterId: visit, bedId: to, leftBedId: from });
  const [cleaned, given] = [orderKey({ bedId: from }), orderKey({ encounterId: testId('e', 2), bedId: to })];
  expect([moved, touchedBy(moved), subjectOf({ key: moved }), subjectOf({ key: cleaned })]).toEqual([
    `visit ${visit} bed ${to} left ${from}`,
    [visit, to, from],
    { encounterId: visit, bedId: null },
    { encounterId: null, bedId: from },
  ]);
  // That the old bed is clean by now does not make the move untrue; that somebody else has the new one does.
  expect([isNewerOf(moved, cleaned), isNewerOf(moved, given)]).toEqual([false, true]);
});
