import { afterEach, describe, expect, test } from 'vitest';
import {
  buildAlarm,
  buildBed,
  buildDevice,
  buildEncounter,
  buildIncident,
  buildPatient,
  buildUnit,
  ids,
  testId,
} from '#domain/testing/builders.ts';
import { createDesks, snapshotId } from '../testing/desks.ts';
import { epochA, poke, rowsAt, settleTurn, startDesk, type TestDesk, valuesOf } from '../testing/peer.ts';

const bed = buildBed({ id: ids.bed, status: 'available', encounterId: null, reservation: null });
const patient = buildPatient();
const encounter = buildEncounter({ bedId: null, status: 'triaged', departedAt: null });

const { emptyDesk, wholeDesk: deskWith, endDesks } = createDesks();
afterEach(endDesks);
const wholeDesk = (): Promise<TestDesk> => deskWith(bed, patient, encounter);

const assign = { bedId: bed.id, encounterId: encounter.id };
const hellos = ({ peer }: TestDesk) => peer.links.map(({ said }) => said.find(({ type }) => type === 'hello'));

describe('the copy', () => {
  test('S1 a first hello knows nothing and asks for the pages it is offered; the next one says where the copy ends', async () => {
    const made = await wholeDesk();
    const [first] = made.peer.links;
    first?.cut();
    made.clock.advance(1000);
    expect(hellos(made)[1]).toMatchObject({ type: 'hello', streams: { facility: { epoch: epochA, cursor: 10 } } });
    expect(made.window().frame().copy).toEqual({ state: 'whole', asOf: made.window().frame().serverTime - 1000 });
  });

  test('S2 a poke that does not begin where the copy ends is not taken; the second time everything is asked for', async () => {
    const made = await wholeDesk();
    made.peer.link().say(poke(12, 13, { puts: rowsAt(13, { ...bed, label: 'B99' }) }));
    await settleTurn(made.clock);
    made.peer.link().say(made.peer.welcome('resume', 13));
    made.peer.link().say(poke(11, 13));
    await settleTurn(made.clock);
    made.clock.advance(1000);
    expect(made.window().record('bed', bed.id)).toEqual(bed);
    expect(hellos(made).slice(1)).toMatchObject([
      { streams: { facility: { cursor: 10 } } },
      { streams: { facility: { cursor: null } } },
    ]);
  });

  test('W3 a desk that was never told anything sends no rows; the first page of the copy brings them', async () => {
    const made = await startDesk();
    const rowsSent = (): number => valuesOf(made.window(), 'records').length;
    made.clock.advance(5_000);
    await settleTurn(made.clock);
    expect({ copy: made.window().frame().copy, rowsSent: rowsSent() }).toEqual({ copy: { state: 'empty' }, rowsSent: 0 });
    made.end();
    const [first] = valuesOf((await wholeDesk()).window(), 'records');
    expect(first).toMatchObject({ reset: true, puts: { length: 3 } });
  });

  test('S3 what cannot be read is a trouble on the strip, and is asked for again', async () => {
    const made = await wholeDesk();
    made.peer
      .link()
      .say({ type: 'poke', base: 10, rev: 11, puts: [{ rev: 11, record: { kind: 'bed', id: 'no' } }], deletes: [], settled: [] });
    await settleTurn(made.clock);
    expect(hellos(made)[1]).toMatchObject({ streams: { facility: { cursor: 10 } } });
    made.peer.link().say(made.peer.welcome('resume', 11));
    made.peer.link().say(poke(10, 11, { puts: rowsAt(11, { ...bed, label: 'B02' }) }));
    await settleTurn(made.clock);
    expect(
      made
        .window()
        .frame()
        .troubles.map(({ code, count }) => ({ code, count })),
    ).toEqual([{ code: 'badMessage', count: 1 }]);
    expect(made.window().record('bed', bed.id)).toMatchObject({ label: 'B02' });
  });

  test('S4 rows, cursor and settlement survive together', async () => {
    const made = await wholeDesk();
    const answer = await made.window().submit('assignBed', assign);
    made.peer.link().say(
      poke(10, 11, {
        puts: rowsAt(11, { ...bed, label: 'B03' }),
        settled: [{ commandId: answer.commandId, rev: 11, outcome: { status: 'applied' } }],
      }),
    );
    await settleTurn(made.clock);
    await made.restart();
    expect([made.window().record('bed', bed.id), made.window().unsent(), hellos(made)[1]]).toMatchObject([
      { label: 'B03' },
      [],
      { streams: { facility: { cursor: 11 } } },
    ]);
  });

  test('S5 pokes flow between pages: a page neither overwrites a newer row nor brings back a removed one', async () => {
    const made = await emptyDesk();
    const link = made.peer.link();
    const second = buildBed({ ...bed, id: testId('b', 2), label: 'B02' });
    link.say(made.peer.welcome({ snapshotId, total: 3 }, 10));
    link.say(poke(10, 11, { puts: rowsAt(11, { ...bed, label: 'new' }), deletes: [{ kind: 'bed', id: second.id, rev: 11 }] }));
    link.say({ type: 'page', snapshotId, rows: rowsAt(9, { ...bed, label: 'old' }, second, patient), next: null });
    await settleTurn(made.clock);
    expect([
      made.window().record('bed', bed.id),
      made.window().record('bed', second.id),
      made.window().record('patient', patient.id),
    ]).toEqual([{ ...bed, label: 'new' }, undefined, patient]);
  });

  test('S6 S9 a snapshot goes on behind its last key after a restart, says loading meanwhile, and begins anew when it is gone', async () => {
    const made = await emptyDesk();
    const after = { kind: 'bed' as const, id: bed.id };
    made.peer.link().say(made.peer.welcome({ snapshotId, total: 3 }, 10));
    made.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, bed), next: after });
    await settleTurn(made.clock);
    await made.restart();
    expect(made.window().frame()).toMatchObject({
      copy: { state: 'loading', loaded: 1, total: 3 },
      alarms: null,
      monitors: null,
    });
    made.peer.link().say(made.peer.welcome('resume', 10));
    await settleTurn(made.clock);
    expect(made.peer.link().said.filter(({ type }) => type === 'page')).toEqual([{ type: 'page', snapshotId, after }]);
    made.peer.link().say({ type: 'refused', error: { code: 'snapshotGone', message: '' } });
    await settleTurn(made.clock);
    expect(made.peer.link().said[0]).toMatchObject({ type: 'hello', streams: { facility: { cursor: null } } });
  });

  test('S7 S8 a new epoch: any page stands over any row, what nobody named goes, the outbox stays', async () => {
    const made = await wholeDesk();
    await made.window().submit('assignBed', assign);
    made.peer.link().cut();
    made.clock.advance(1000);
    const other = testId('6', 78);
    made.peer.link().say(made.peer.welcome({ snapshotId: other, total: 2 }, 2, testId('a', 902)));
    made.peer.link().say({ type: 'page', snapshotId: other, rows: rowsAt(1, { ...bed, label: 'B77' }, encounter), next: null });
    await settleTurn(made.clock);
    expect([
      made.window().record('bed', bed.id),
      made.window().record('patient', patient.id),
      made.window().unsent().length,
    ]).toMatchObject([{ label: 'B77', status: 'occupied' }, undefined, 1]);
    expect([...made.window().pending()].sort()).toEqual([`bed/${bed.id}`, `encounter/${encounter.id}`]);
  });
});

describe('the link', () => {
  test('L1 L4 live, late at 3 s, stale at 5 s, alarms unknown at 10 s, offline at 15 s', async () => {
    const made = await wholeDesk();
    made.peer
      .link()
      .say(poke(10, 11, { puts: rowsAt(11, buildDevice(), buildAlarm({ state: 'unacknowledged', priority: 'high' })) }));
    await settleTurn(made.clock);
    const heardAt = made.clock.now();
    made.peer.link().mute = true;
    const seen = [];
    for (let second = 0; second <= 15; second += 1) {
      const { link, alarms } = made.window().frame();
      seen.push(`${second} ${link.state} ${alarms === null ? 'unknown' : alarms.high}`);
      expect(link.lastHeardAt).toBe(heardAt);
      made.clock.advance(1000);
    }
    expect(seen).toEqual([
      ...['0', '1', '2'].map((second) => `${second} live 1`),
      ...['3', '4'].map((second) => `${second} late 1`),
      ...['5', '6', '7', '8', '9'].map((second) => `${second} stale 1`),
      ...['10', '11', '12', '13', '14'].map((second) => `${second} stale unknown`),
      '15 offline unknown',
    ]);
  });

  test('L1 a cut connection is offline at once, and live again with the first answered heartbeat', async () => {
    const made = await wholeDesk();
    made.peer.link().cut();
    await settleTurn(made.clock);
    expect(made.window().frame().link.state).toBe('offline');
    made.clock.advance(1000);
    made.peer.link().say(made.peer.welcome('resume', 10));
    await settleTurn(made.clock);
    expect(made.window().frame().link.state).toBe('live');
  });

  test('L3 attempts wait longer and longer, up to 15 s', async () => {
    const made = await emptyDesk();
    made.peer.reachable = false;
    made.peer.link().cut();
    made.clock.advance(60_000);
    made.peer.reachable = true;
    const before = made.clock.now();
    while (made.peer.links.length < 2) made.clock.advance(100);
    // Half of the ceiling, since chance is 0.5 here.
    expect(made.clock.now() - before).toBeLessThanOrEqual(7_500);
    made.peer.link().cut();
    await settleTurn(made.clock);
    made.clock.advance(7_400);
    expect(made.peer.links.length).toBe(2);
    made.clock.advance(200);
    expect(made.peer.links.length).toBe(3);
  });

  test('L5 a connection that has not answered for 5 s is given up', async () => {
    const made = await wholeDesk();
    const link = made.peer.link();
    link.mute = true;
    made.clock.advance(4_900);
    expect([link.open(), made.peer.links.length]).toEqual([true, 1]);
    made.clock.advance(200);
    expect([link.open(), made.peer.links.length]).toEqual([false, 2]);
  });

  test('started without a backend, a desk shows its copy with its age and an unknown error of its clock', async () => {
    const made = await wholeDesk();
    const { copy } = made.window().frame();
    made.peer.reachable = false;
    await made.restart();
    made.clock.advance(20_000);
    expect(made.window().frame()).toMatchObject({
      copy,
      serverTimeError: null,
      link: { state: 'offline', lastHeardAt: copy.state === 'whole' ? copy.asOf : 0, roundTripMs: null },
      alarms: null,
      facilityName: 'Test Hospital',
      person: { name: 'Ada Test' },
    });
    expect(made.window().record('bed', bed.id)).toEqual(bed);
  });
});

describe('the lossy lane', () => {
  const fix = { unitId: ids.unit, position: [-56.1, -34.9] as [number, number], heading: null, speed: null };
  const reading = {
    deviceId: ids.device,
    respiratoryRate: null,
    systolic: null,
    diastolic: null,
    temperature: null,
    pressureAt: null,
  };

  test('T1 the newest value wins and an older one is dropped', async () => {
    const made = await wholeDesk();
    made.peer.link().say({ type: 'telemetry', fixes: [{ ...fix, observedAt: 2000 }], readings: [] });
    made.peer.link().say({ type: 'telemetry', fixes: [{ ...fix, observedAt: 1000 }], readings: [] });
    await settleTurn(made.clock);
    const positions = valuesOf(made.window(), 'positions');
    expect(positions.at(-1)).toEqual({ fixes: [{ ...fix, observedAt: 2000, receivedAt: made.clock.now() }] });
  });

  test('L9 a monitor that died before this desk came is not shown as alive', async () => {
    const made = await wholeDesk();
    const now = made.clock.now();
    made.peer.link().say({
      type: 'telemetry',
      fixes: [{ ...fix, observedAt: now - 90_000 }],
      readings: [{ ...reading, observedAt: now - 70_000, heartRate: 60, spo2: 97 }],
      ages: { fixes: [90_000], readings: [70_000] },
    });
    made.peer.link().say(poke(10, 11, { puts: rowsAt(11, buildDevice()) }));
    await settleTurn(made.clock);
    expect(made.window().frame().monitors).toEqual({ reporting: 0, total: 1 });
    expect(valuesOf(made.window(), 'positions').at(-1)).toMatchObject({ fixes: [{ receivedAt: now - 90_000 }] });
  });

  test('T2 one point a minute, and the last value over a restart with the moment it was received', async () => {
    const made = await wholeDesk();
    const start = made.clock.now();
    for (let second = 0; second < 150; second += 1) {
      made.peer.link().say({
        type: 'telemetry',
        fixes: [],
        readings: [{ ...reading, observedAt: made.clock.now(), heartRate: 60 + second, spo2: 97 }],
      });
      made.clock.advance(1000);
    }
    made.peer.reachable = false;
    await made.restart();
    const [first] = valuesOf(made.window(), 'readings');
    expect(first).toEqual({
      readings: [
        {
          ...reading,
          observedAt: start + 149_000,
          heartRate: 209,
          spo2: 97,
          receivedAt: start + 149_000,
          trend: [
            [start, 119, 97],
            [start + 60_000, 179, 97],
            [start + 120_000, 209, 97],
          ],
        },
      ],
    });
  });
});

test('a restored unit and incident are shown as they were kept', async () => {
  const made = await wholeDesk();
  const [unit, incident] = [buildUnit(), buildIncident()];
  made.peer.link().say(poke(10, 11, { puts: rowsAt(11, unit, incident) }));
  await settleTurn(made.clock);
  await made.restart();
  expect([made.window().record('unit', unit.id), made.window().record('incident', incident.id)]).toEqual([unit, incident]);
});
