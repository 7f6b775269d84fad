import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readMessage } from '#backend/adapters/hl7v2/message.ts';
import { createFrameReader, framed } from '#backend/adapters/hl7v2/mllp.ts';
import { startBackend } from '#backend/backend.ts';
import { createCore } from '#backend/core/core.ts';
import { readOptions } from '#backend/options.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import { openLine } from '#backend/testing/adt-hospital.ts';
import { adtText, exactTime } from '#backend/testing/adt-messages.ts';
import type { DeskAnswer, DeskQuestion } from '#domain/model/message-desk.ts';
import { buildArea, buildBed, buildFacility, testId } from '#domain/testing/builders.ts';
import { keyOf, startStationProcess, until } from './station-process.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const beds = [1, 2, 3].map((index) =>
  buildBed({ id: testId('b', index), label: `B${index}`, status: 'available', encounterId: null, order: index }),
);
const [first, second, third] = beds.map(({ id }) => id) as [string, string, string];

/** A patient administration that takes everything and remembers its type and place. */
const startReceiver = async (): Promise<{ readonly port: number; readonly told: readonly string[] }> => {
  const told: string[] = [];
  const server = createServer((socket) => {
    const frames = createFrameReader(1_000_000);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const given of frames.push(chunk)) {
        if (given.kind !== 'message') continue;
        const message = readMessage(given.bytes.toString());
        told.push([message.text('MSH', 9, 2), message.text('NPU', 1, 1) || message.text('PV1', 3, 1)].join(' '));
        socket.write(framed(Buffer.from(`MSH|^~\\&|PAS|GH|||||ACK|1|P|2.5\rMSA|AA|${message.text('MSH', 10)}\r`)));
      }
    });
    ends.push(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, told };
};

test('what comes and goes over the interfaces is seen, mapped, decided and given up at a desk, with who did it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-message-desk-'));
  ends.push(() => rmSync(directory, { recursive: true, force: true }));
  const [data, site] = [join(directory, 'hospital.db'), join(directory, 'adt.json')];
  const pas = { application: 'PAS', facility: 'GH', name: 'PAS', locations: {} };
  writeFileSync(site, JSON.stringify({ senders: [pas], receiver: { application: 'PAS', facility: 'GH', names: 'PAS' } }));
  const store = openStore(data);
  createCore({ store, clock: Date.now, verifyGrant: () => undefined }).commit([buildFacility(), buildArea(), ...beds]);
  store.close();
  const receiver = await startReceiver();
  const adt = ['--adt-port', '0', '--adt-site', site, '--adt-send', `127.0.0.1:${receiver.port}`];
  const backend = await startBackend(readOptions(['--data', data, '--no-simulator', ...adt]), () => undefined);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= backend.stop();
    return stopped;
  };
  ends.push(stop);
  const desk = startStationProcess({ directory: join(directory, 'desk'), key: randomBytes(32), backendPort: backend.port });
  ends.push(desk.stop);
  const line = openLine(backend.adtPort ?? 0);
  ends.push(line.close);

  const ask = (question: DeskQuestion) => desk.call('askMessageDesk', question) as Promise<DeskAnswer>;
  const records = () => [...desk.records.values()].map(({ record }) => record);
  const lies = (bedId: string) => {
    const record = desk.records.get(keyOf('bed', bedId))?.record;
    return record?.kind === 'bed' && record.status === 'occupied';
  };
  const unresolved = (direction: 'in' | 'out') => {
    const link = records().find((record) => record.kind === 'interfaceLink' && record.direction === direction);
    return link?.kind === 'interfaceLink' ? link.unresolved : undefined;
  };
  const tell = (trigger: string, controlId: string, location: string, at = Date.now()) =>
    line.ask(adtText({ trigger, controlId, at, visit: 'V1', mrn: 'M1', location, timestamp: exactTime }));

  // A place that nobody knows: it waits, is mapped to a bed at the desk, and the patient lies in it.
  const arrivedAt = Date.now() - 60_000;
  expect((await tell('A01', 'W1', 'EMER^4^1', arrivedAt)).slice(0, 2)).toEqual(['AE', 'W1']);
  await until('the desk hears that a message waits', () => unresolved('in') === 1 && desk.frame()?.person !== null);
  const listed = await ask({ about: 'messages', states: ['waiting'], sender: null, before: null });
  expect(listed).toMatchObject({ messages: [{ controlId: 'W1', location: 'EMER^4^1', sender: 'PAS|GH', state: 'waiting' }] });
  const map = (location: string, bedId: string) => ask({ about: 'mapBed', sender: 'PAS|GH', location, bedId });
  expect(await map('EMER^4^1', first)).toEqual({ about: 'mapBed', done: 1 });
  expect(await ask({ about: 'replay', sequence: 1 })).toMatchObject({ state: 'confirmed', code: 'AA' });
  expect(await ask({ about: 'message', sequence: 1 })).toMatchObject({ received: { cut: false }, answered: { cut: false } });
  await until('the patient lies in the bed', () => lies(first));

  // Moved here into a bed that has no name there: seen at the desk and given up; what has a name goes out.
  // The desk's clock is an estimate of the hospital's: no moment of this test is nearer to the move than that.
  const before = arrivedAt + 30_000;
  const encounterId = records().find(({ kind }) => kind === 'encounter')?.id ?? '';
  expect(await desk.submit('assignBed', { bedId: second, encounterId })).toMatchObject({ status: 'saved' });
  await until('the desk hears what the receiver does not take', () => unresolved('out') === 1);
  const dead = await ask({ about: 'outgoing', states: ['dead'], before: null });
  expect(dead).toMatchObject({
    messages: [{ trigger: 'A02', encounterId, reason: 'The receiver has no name for this bed: map it.' }],
  });
  const sequence = dead.about === 'outgoing' ? (dead.messages[0]?.sequence ?? 0) : 0;
  expect(await ask({ about: 'giveUp', sequence, why: 'Told by telephone' })).toEqual({ about: 'giveUp' });
  await until('nothing is left to decide', () => unresolved('out') === 0);
  await until('the status of the bed that was left is told', () => receiver.told.length === 1);

  // What they say of a moment before the move is a disagreement with both sides, and is decided here. It is not sent back.
  expect(await map('EMER^4^3', third)).toEqual({ about: 'mapBed', done: 0 });
  expect((await tell('A02', 'W2', 'EMER^4^3', before))[0]).toBe('AA');
  const open = () => records().find((record) => record.kind === 'disagreement' && record.ended === null);
  await until('the disagreement stands at the desk', () => open() !== undefined);
  expect(open()).toMatchObject({
    about: 'placement',
    source: 'PAS',
    theirs: { bedId: third, text: 'B3' },
    ours: { bedId: second, text: 'B2' },
  });
  const decision = { disagreementId: open()?.id, choice: 'theirs', reason: 'Seen there' };
  expect(await desk.submit('resolveDisagreement', decision)).toMatchObject({ status: 'saved' });
  await until('the patient lies where they say', () => lies(third) && desk.unsent().length === 0 && open() === undefined);
  const outgoing = await ask({ about: 'outgoing', states: ['queued', 'sent', 'dead', 'dropped'], before: null });
  expect(outgoing.about === 'outgoing' && outgoing.messages.map(({ trigger, state, bedId }) => [trigger, state, bedId])).toEqual([
    ['A20', 'dead', second],
    ['A20', 'sent', first],
    ['A02', 'dropped', null],
  ]);
  // What comes back of what was sent from here is a confirmation.
  const back = adtText({
    trigger: 'A20',
    controlId: 'W3',
    at: Date.now(),
    location: 'EMER^4^1',
    detail: 'K',
    timestamp: exactTime,
  });
  expect(await line.ask(back)).toEqual(['AA', 'W3', 'B1 is contaminated already.']);
  expect(receiver.told).toEqual(['A20 EMER']);

  await stop();
  const kept = openStore(data);
  ends.push(() => kept.close());
  expect(
    [...kept.audit.rows()].filter(({ action }) => action === 'export' || /^adt\.[a-z]/.test(action)).map(({ action }) => action),
  ).toEqual(['adt.mapBed', 'adt.replay', 'export', 'adt.giveUp', 'adt.mapBed']);
});
