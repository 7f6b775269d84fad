import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { buildIncident, buildTriageAssessment, buildUnit, testId } from '#domain/testing/builders.ts';
import { area, assignInput, bed, encounter, facility, patient, type TestHospital } from '../testing/hospital.ts';
import { type ServedHospital, serveHospital } from '../testing/served.ts';
import { helloOf } from '../testing/station.ts';
import { developmentTokens } from './device-tokens.ts';
import type { BackendServer } from './server.ts';

let hospital: TestHospital;
let server: BackendServer;
let connect: ServedHospital['connect'];
let end: ServedHospital['end'];
beforeEach(async () => {
  ({ hospital, server, connect, end } = await serveHospital());
});
afterEach(() => end());

const desk = async (from: { epoch: string; cursor: number } | null = null, stationId = randomUUID()) => {
  const station = connect();
  station.send(helloOf(stationId, from));
  return { station, stationId, welcome: await station.next('welcome') };
};

describe('hello', () => {
  test('O22 a snapshot comes with what became of the commands of this station after its cursor', async () => {
    const { core, envelope } = hospital;
    const stationId = randomUUID();
    const answers = [0, 1, 2].map(() => core.apply(stationId, envelope('assignBed', assignInput), 0).settlement);
    core.apply(randomUUID(), envelope('assignBed', assignInput), 0);
    for (let count = 0; count < 3; count += 1)
      core.commit(Array.from({ length: 1_000 }, (_, index) => buildUnit({ id: testId('c', count * 1_000 + index) })));
    const settledFrom = async (epoch: string, cursor: number) => (await desk({ epoch, cursor }, stationId)).welcome.settled;
    expect(await settledFrom(core.epoch, 2)).toEqual(answers.slice(1));
    expect(await settledFrom(randomUUID(), 2)).toBeUndefined();
    expect((await desk()).welcome.settled).toBeUndefined();
  });

  test('without a cursor: a snapshot, in pages, with the size said before', async () => {
    const { station, welcome } = await desk();
    expect(welcome).toEqual({
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      epoch: hospital.core.epoch,
      rev: 1,
      serverTime: hospital.now(),
      facilityName: facility.name,
      grantKey: hospital.grants.publicKey,
      projection: 'desk',
      start: { mode: 'snapshot', snapshotId: expect.any(String), total: 5 },
      spread: { slotMs: 0, periodMs: 100 },
    });
    const snapshotId = welcome.start.mode === 'snapshot' ? welcome.start.snapshotId : '';
    station.send({ type: 'page', snapshotId, after: null });
    const page = await station.next('page');
    expect({ count: page.rows.length, next: page.next }).toEqual({ count: 5, next: null });
    station.send({ type: 'page', snapshotId: randomUUID(), after: null });
    expect((await station.next('refused')).error.code).toBe('snapshotGone');
  });

  test('live pokes flow from the snapshot’s revision on while pages are still asked for', async () => {
    const { station, welcome } = await desk();
    hospital.core.commit([buildUnit()]);
    expect(await station.next('poke')).toMatchObject({ base: 1, rev: 2, puts: [{ rev: 2, record: { kind: 'unit' } }] });
    const snapshotId = welcome.start.mode === 'snapshot' ? welcome.start.snapshotId : '';
    station.send({ type: 'page', snapshotId, after: null });
    expect((await station.next('page')).rows.map(({ record }) => record.kind)).toEqual([
      'area',
      'bed',
      'encounter',
      'facility',
      'patient',
      'unit',
    ]);
  });

  test('from a cursor: one poke with all that was missed, removals included', async () => {
    hospital.core.commit([buildUnit()]);
    hospital.core.commit([], [{ kind: 'area', id: area.id }]);
    const { station, welcome } = await desk({ epoch: hospital.core.epoch, cursor: 1 });
    expect(welcome.start).toEqual({ mode: 'resume' });
    expect(await station.next('poke')).toEqual({
      type: 'poke',
      base: 1,
      rev: 3,
      puts: [{ rev: 2, record: buildUnit() }],
      deletes: [{ kind: 'area', id: area.id, rev: 3 }],
      settled: [],
    });
  });

  test('another epoch or a cursor ahead of the log gets a snapshot', async () => {
    expect((await desk({ epoch: randomUUID(), cursor: 1 })).welcome.start.mode).toBe('snapshot');
    expect((await desk({ epoch: hospital.core.epoch, cursor: 99 })).welcome.start.mode).toBe('snapshot');
  });

  test('a station that connects again takes the place of its older connection', async () => {
    const first = await desk();
    await desk(null, first.stationId);
    expect((await first.station.next('refused')).error.code).toBe('busy');
    await first.station.closed;
  });
});

describe('commands', () => {
  test('the settlement rides in the poke of the rows it caused; other stations get the rows alone', async () => {
    const mine = await desk();
    const other = await desk();
    const envelope = hospital.envelope('assignBed', assignInput);
    mine.station.send({ type: 'commands', commands: [{ envelope, ageMs: 12 }] });
    const [poke, others] = await Promise.all([mine.station.next('poke'), other.station.next('poke')]);
    expect(poke.puts.map(({ rev, record }) => [rev, record.kind])).toEqual([
      [2, 'bed'],
      [2, 'encounter'],
    ]);
    expect(poke.settled).toEqual([{ commandId: envelope.commandId, rev: 2, outcome: { status: 'applied' } }]);
    expect(others).toEqual({ ...poke, settled: [] });
  });

  test('sent twice, done once: the second answer is the first settlement on a poke that does not move', async () => {
    const { station } = await desk();
    const envelope = hospital.envelope('assignBed', assignInput);
    station.send({
      type: 'commands',
      commands: [
        { envelope, ageMs: 0 },
        { envelope, ageMs: 0 },
      ],
    });
    const first = await station.next('poke');
    expect(await station.next('poke')).toEqual({ type: 'poke', base: 2, rev: 2, puts: [], deletes: [], settled: first.settled });
    expect(hospital.core.rev()).toBe(2);
  });

  test('a settlement that was lost on the way comes with the resume', async () => {
    const { station, stationId } = await desk();
    const envelope = hospital.envelope('assignBed', assignInput);
    station.close();
    hospital.core.apply(stationId, envelope, 0);
    const again = await desk({ epoch: hospital.core.epoch, cursor: 1 }, stationId);
    expect((await again.station.next('poke')).settled).toEqual([
      { commandId: envelope.commandId, rev: 2, outcome: { status: 'applied' } },
    ]);
  });
});

describe('what cannot be taken is refused by its code', () => {
  const hello = helloOf(randomUUID());
  test.each([
    ['malformed', { type: 'hello' }],
    ['malformed', 'not even an object'],
    ['unknownVersion', { ...(hello as object), protocol: 99 }],
    ['unauthorised', { ...(hello as object), deviceToken: 'guess' }],
    ['unauthorised', { type: 'pulse', sequence: 1 }],
  ])('%s before welcome, and the line is closed', async (code, message) => {
    const station = connect();
    station.send(message);
    expect((await station.next('refused')).error.code).toBe(code);
    await station.closed;
  });

  test('malformed and oversized after welcome, and the line stays', async () => {
    const { station } = await desk();
    station.send({ type: 'commands', commands: [] });
    expect((await station.next('refused')).error.code).toBe('malformed');
    station.send({ type: 'signIn', as: 'x'.repeat(5 * 1024 * 1024) });
    expect((await station.next('refused')).error.code).toBe('oversized');
    station.send({ type: 'pulse', sequence: 7 });
    expect(await station.next('pulse')).toEqual({ type: 'pulse', sequence: 7, serverTime: hospital.now() });
  });
});

describe('a display', () => {
  test('holds no name, can give no command and sign in as nobody else', async () => {
    hospital.core.commit([buildTriageAssessment({ encounterId: encounter.id })]);
    const station = connect();
    station.send(helloOf(randomUUID(), null, developmentTokens.display));
    const { start, projection } = await station.next('welcome');
    expect({ projection, total: start.mode === 'snapshot' && start.total }).toEqual({ projection: 'display', total: 6 });
    station.send({ type: 'page', snapshotId: start.mode === 'snapshot' ? start.snapshotId : '', after: null });
    await station.next('page');
    hospital.core.commit([patient, { ...encounter, complaint: 'Chest pain' }]);
    await station.next('poke');
    station.send({ type: 'commands', commands: [{ envelope: hospital.envelope('assignBed', assignInput), ageMs: 0 }] });
    expect((await station.next('refused')).error.code).toBe('wrongScope');
    station.send({ type: 'signIn', as: 'demo' });
    expect((await station.next('refused')).error.code).toBe('unauthorised');
    station.send({ type: 'signIn', as: 'display' });
    expect(hospital.grants.verify((await station.next('signedIn')).grant)).toMatchObject({ roles: ['display'] });
    const text = station.received();
    expect(
      [
        patient.name?.family ?? '-',
        patient.name?.given ?? '-',
        patient.mrn ?? '-',
        patient.birthDate ?? '-',
        'Chest pain',
      ].filter((secret) => text.includes(`"${secret}"`)),
    ).toEqual([]);
    expect(hospital.core.view.get('bed', bed.id)?.status).toBe('available');
  });
});

test('sign-in gives grants that the core accepts, good for 12 hours', async () => {
  const { station } = await desk();
  station.send({ type: 'signIn', as: 'demo' });
  const { grant } = await station.next('signedIn');
  expect(hospital.grants.verify(grant)).toMatchObject({
    name: 'Ines Okafor',
    roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
    expiresAt: hospital.now() + 12 * 3_600_000,
  });
});

test('A2 A5 a sign-in, granted or refused, is a row; the head a station shows comes back signed with the first settlement', async () => {
  const { station, stationId } = await desk();
  const wall = { station: connect(), stationId: randomUUID() };
  wall.station.send(helloOf(wall.stationId, null, developmentTokens.display));
  wall.station.send({ type: 'signIn', as: 'demo' });
  await wall.station.next('refused');
  station.send({ type: 'signIn', as: 'demo' });
  await station.next('signedIn');
  const commands = () => [{ envelope: hospital.envelope('assignBed', assignInput), ageMs: 0 }];
  const shown = { sequence: 3, hash: 'a'.repeat(64) };
  station.send({ type: 'commands', commands: commands(), audit: shown });
  const first = await station.next('poke');
  station.send({ type: 'commands', commands: commands() });
  const second = await station.next('poke');
  const rows = [...hospital.store.audit.rows()];
  expect(rows.map((row) => [row.stationId, row.action, row.outcome])).toEqual([
    [wall.stationId, 'signIn', 'notAllowed'],
    [stationId, 'signIn', 'granted'],
    [stationId, 'command.assignBed', 'applied'],
    [stationId, 'command.assignBed', 'alreadyDone'],
  ]);
  expect([first.audit, second.audit]).toEqual([
    {
      hospital: { sequence: 3, hash: rows[2]?.hash },
      station: { ...shown, at: hospital.now(), signature: expect.stringMatching(/^[\w-]{86}$/) },
    },
    undefined,
  ]);
});

test('A6 a station that greets with fewer rows than it showed has lost some', async () => {
  const { station, stationId } = await desk();
  const head = (sequence: number) => ({ sequence, hash: 'a'.repeat(64) });
  station.send({
    type: 'commands',
    commands: [{ envelope: hospital.envelope('assignBed', assignInput), ageMs: 0 }],
    audit: head(3),
  });
  await station.next('poke');
  const again = connect();
  again.send({ ...helloOf(stationId, null), audit: head(2) });
  await again.next('welcome');
  expect(hospital.store.audit.anchors()).toEqual([{ stationId, ...head(3), at: hospital.now(), brokenAt: hospital.now() }]);
});

test('telemetry is the latest of each source, once', async () => {
  const { station } = await desk();
  const fix = {
    unitId: buildUnit().id,
    position: [-56.2, -34.9] as [number, number],
    heading: 90,
    speed: 40,
    observedAt: hospital.now(),
  };
  server.offerTelemetry([fix], []);
  server.offerTelemetry([{ ...fix, speed: 50 }], []);
  expect(await station.next('telemetry')).toEqual({ type: 'telemetry', fixes: [{ ...fix, speed: 50 }], readings: [] });
});

test('a station that does not read gets no more pokes, and one that leads on without a gap when it reads again', async () => {
  const { station } = await desk();
  const note = { at: 0, by: { personId: facility.id, name: 'A' }, text: 'x'.repeat(4_000) };
  const long = (index: number) => buildIncident({ number: `2611-${index}`, notes: Array.from({ length: 40 }, () => note) });
  station.pause();
  const commits = 150;
  for (let index = 0; index < commits; index++) {
    hospital.core.commit([long(index)]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  station.resume();
  await expect.poll(() => station.pokes().at(-1)?.rev, { timeout: 8_000 }).toBe(1 + commits);
  const pokes = station.pokes();
  expect(pokes.map(({ base }, index) => base === (pokes[index - 1]?.rev ?? 1))).toEqual(pokes.map(() => true));
  expect(pokes.length).toBeLessThan(commits);
  expect(pokes.at(-1)?.puts.at(-1)?.record).toEqual(long(commits - 1));
}, 20_000);

test('health and state over HTTP', async () => {
  await desk();
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, body: await response.json() };
  };
  expect(await get('/health')).toEqual({
    status: 200,
    body: { rev: 1, epoch: hospital.core.epoch, stations: 1, recovery: null, serverTime: hospital.now() },
  });
  expect(await get('/state?kinds=bed,area')).toEqual({ status: 200, body: { rev: 1, records: { bed: [bed], area: [area] } } });
  expect((await get('/state?kinds=spaceship')).status).toBe(400);
  expect((await get('/')).status).toBe(404);
});

test('what is not an address is answered and does not end the server', async () => {
  const socket = createConnection(server.port, '127.0.0.1');
  socket.end('GET // HTTP/1.1\r\nHost: hospital\r\nConnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString().split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
});
