import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assignBed } from '#domain/commands/assign-bed.ts';
import { releaseBed } from '#domain/commands/release-bed.ts';
import { recordSchema, type VigilRecord } from '#domain/model/record.ts';
import { deviceReadingSchema, unitFixSchema } from '#domain/model/telemetry.ts';
import { orderBreaks } from '#domain/rules/assignment-times.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import { endsMission } from '#domain/rules/unit-status.ts';
import type { Core } from '../core/core.ts';
import { allRecords, simulateHospital } from '../testing/simulated.ts';
import { familyNames } from './names.ts';
import { readCalls } from './replay.ts';

const fingerprint = (core: Core) =>
  createHash('sha256')
    .update(
      JSON.stringify(
        allRecords(core)
          .map((record) => JSON.stringify(record))
          .sort(),
      ),
    )
    .digest('hex');
const count = <T>(items: Iterable<T>, holds: (item: T) => boolean) => [...items].filter(holds).length;

/** Everything that must never be, as sentences. */
const wrongs = (core: Core): string[] => {
  const found: string[] = [];
  for (const record of allRecords(core)) {
    const parsed = recordSchema.safeParse(record);
    if (!parsed.success)
      found.push(`${record.kind}: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`);
  }
  for (const bed of core.view.list('bed')) {
    if ((bed.status === 'occupied') !== (bed.encounterId !== null))
      found.push(`${bed.label} is ${bed.status} with encounter ${bed.encounterId}`);
    const encounter = bed.encounterId === null ? undefined : core.view.get('encounter', bed.encounterId);
    if (bed.encounterId !== null && encounter?.bedId !== bed.id)
      found.push(`${bed.label} holds a patient who does not lie there`);
    if (encounter && !isPresent(encounter)) found.push(`${bed.label} holds a patient who has left`);
  }
  for (const encounter of core.view.list('encounter')) {
    if (encounter.bedId !== null && core.view.get('bed', encounter.bedId)?.encounterId !== encounter.id)
      found.push('a patient lies in a bed that does not hold them');
    if (!core.view.get('patient', encounter.patientId)) found.push('a visit without a patient');
    if (encounter.complaint !== null && encounter.complaint.length > 22)
      found.push(`a complaint too long for a tile: ${encounter.complaint}`);
  }
  for (const device of core.view.list('device')) {
    if (device.encounterId !== (device.bedId === null ? null : core.view.get('bed', device.bedId)?.encounterId))
      found.push(`${device.label} watches somebody else`);
  }
  for (const unit of core.view.list('unit')) {
    if (endsMission(unit.status) !== (unit.assignmentId === null))
      found.push(`${unit.callsign} is ${unit.status} with mission ${unit.assignmentId}`);
  }
  for (const assignment of core.view.list('assignment')) {
    for (const { earlier, later } of orderBreaks(assignment.times)) found.push(`${later} before ${earlier}`);
  }
  return [...new Set(found)];
};

describe('the first screen', () => {
  test('is full: beds in every state, a queue with history, incidents under way, alarms', () => {
    const { core, now } = simulateHospital();
    const states = new Set([...core.view.list('bed')].map(({ status }) => status));
    const present = [...core.view.list('encounter')].filter(isPresent);
    const waiting = present.filter(({ bedId }) => bedId === null);
    const alarms = [...core.view.list('alarm')];
    expect(states).toEqual(new Set(['available', 'reserved', 'occupied', 'contaminated', 'cleaning', 'blocked', 'closed']));
    expect(count(core.view.list('bed'), ({ status }) => status === 'occupied')).toBe(37);
    expect([waiting.length, count(waiting, ({ status }) => status === 'arrived')]).toEqual([18, 3]);
    expect(count(core.view.list('incident'), ({ status }) => status === 'open')).toBe(14);
    expect([count(core.view.list('unit'), () => true), count(core.view.list('device'), () => true)]).toEqual([40, 24]);
    expect(alarms.length).toBeGreaterThanOrEqual(8);
    expect(alarms.length).toBeLessThanOrEqual(12);
    expect(new Set(alarms.map(({ state }) => state)).size).toBeGreaterThanOrEqual(3);
    expect(allRecords(core).filter((record) => record.kind === 'encounter' && record.arrivedAt > now())).toEqual([]);
    expect(wrongs(core)).toEqual([]);
  });

  test('scales to 2,000 units, 400 beds, 200 monitors', () => {
    const { core, pass } = simulateHospital({ units: 2_000, beds: 400, devices: 200 });
    pass(1, 5);
    expect([
      count(core.view.list('unit'), () => true),
      count(core.view.list('bed'), () => true),
      count(core.view.list('device'), () => true),
    ]).toEqual([2_000, 400, 200]);
    expect(new Set([...core.view.list('unit')].map(({ callsign }) => callsign)).size).toBe(2_000);
    expect(new Set([...core.view.list('bed')].map(({ label }) => label)).size).toBe(400);
    expect(wrongs(core)).toEqual([]);
  }, 30_000);
});

describe('determinism', () => {
  test('the same seed gives the same records, another seed others', () => {
    const [one, two, three] = [simulateHospital(), simulateHospital(), simulateHospital({ seed: 12 })];
    for (const run of [one, two, three]) run.pass(45);
    expect(fingerprint(two.core)).toBe(fingerprint(one.core));
    expect(fingerprint(three.core)).not.toBe(fingerprint(one.core));
  });

  test('asking for telemetry changes nothing that is simulated', () => {
    const [one, two] = [simulateHospital(), simulateHospital()];
    one.pass(10);
    for (let minute = 0; minute < 10; minute++) {
      two.simulator.telemetry();
      two.pass(1);
    }
    expect(fingerprint(two.core)).toBe(fingerprint(one.core));
  });
});

test('a day passes and everything holds', () => {
  const { core, pass } = simulateHospital();
  const occupied: number[] = [];
  const alarms: number[] = [];
  const found = new Set<string>();
  for (let hour = 0; hour < 24; hour++) {
    pass(60, 10);
    occupied.push(count(core.view.list('bed'), ({ status }) => status === 'occupied') / 48);
    alarms.push(count(core.view.list('alarm'), ({ state }) => state !== 'normal'));
    for (const wrong of wrongs(core)) found.add(wrong);
  }
  expect([...found]).toEqual([]);
  expect(Math.min(...occupied)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...alarms)).toBeLessThanOrEqual(30);
  expect(count(core.view.list('encounter'), () => true)).toBeLessThan(250);
  expect(count(core.view.list('incident'), () => true)).toBeLessThan(150);
}, 60_000);

test('telemetry is plausible, moves, and speaks of occupied beds only', () => {
  const { core, simulator, pass } = simulateHospital();
  simulator.telemetry();
  pass(0.5, 1);
  const { fixes, readings } = simulator.telemetry();
  for (const fix of fixes) unitFixSchema.parse(fix);
  for (const reading of readings) deviceReadingSchema.parse(reading);
  expect(fixes.some(({ speed, heading }) => speed !== null && speed > 0 && heading !== null)).toBe(true);
  expect(readings.length).toBe(count(core.view.list('device'), ({ encounterId }) => encounterId !== null));
  const rates = readings.flatMap(({ heartRate }) => heartRate ?? []);
  expect([Math.min(...rates) > 25, Math.max(...rates) < 190]).toEqual([true, true]);
});

test('people come first: what they do stands, and the follow-ups go on', () => {
  const { core, pass, now } = simulateHospital();
  const by = { personId: '00000009-0000-4000-8000-000000000000', name: 'Ines' };
  const context = () => ({
    commandId: crypto.randomUUID(),
    issuedAt: now(),
    author: by,
    newId: () => '',
    grant: { grantId: by.personId, personId: by.personId, name: 'Ines', roles: [], facilityId: by.personId, expiresAt: 0 },
  });
  const free = [...core.view.list('bed')].find(({ status }) => status === 'available');
  const waiting = [...core.view.list('encounter')].find(({ status }) => status === 'triaged');
  const taken = [...core.view.list('bed')].find(({ status }) => status === 'occupied');
  if (!free || !waiting || !taken?.encounterId) throw new Error('The first screen is not full.');
  const did = [
    assignBed.apply(core.view, { bedId: free.id, encounterId: waiting.id }, context()),
    releaseBed.apply(core.view, { bedId: taken.id, encounterId: taken.encounterId, disposition: 'discharged' }, context()),
  ];
  for (const puts of did) core.commit(puts as readonly VigilRecord[]);
  pass(1);
  expect(core.view.get('bed', free.id)?.encounterId).toBe(waiting.id);
  pass(45);
  expect(core.view.get('bed', taken.id)?.encounterId).not.toBe(taken.encounterId);
  expect(core.view.get('bed', taken.id)?.status).not.toBe('contaminated');
  expect(wrongs(core)).toEqual([]);
});

test('a restart goes on from the records', () => {
  const first = simulateHospital();
  first.pass(30);
  const beds = count(first.core.view.list('bed'), () => true);
  const second = simulateHospital({ core: first.core }, first.now());
  second.pass(60);
  expect(count(first.core.view.list('bed'), () => true)).toBe(beds);
  expect(wrongs(first.core)).toEqual([]);
});

test('a world that nobody was in for hours is laid to rest and another begins', () => {
  const first = simulateHospital();
  const [before] = first.core.view.list('facility');
  simulateHospital({ core: first.core }, first.now() + 3 * 3_600_000);
  const facilities = [...first.core.view.list('facility')];
  expect([facilities.length, facilities[0]?.id === before?.id]).toEqual([1, false]);
  expect(wrongs(first.core)).toEqual([]);
  expect(count(first.core.view.list('bed'), () => true)).toBe(48);
});

test('a display holds the name of no patient', () => {
  const { core } = simulateHospital();
  const text = JSON.stringify(allRecords(core).map((record) => projectForDisplay(record, 'initials')));
  const patients = [...core.view.list('patient')]
    .flatMap(({ name, mrn, birthDate }) => [name?.family, mrn, birthDate])
    .filter((secret): secret is string => typeof secret === 'string');
  expect(patients.length).toBeGreaterThan(100);
  expect([...new Set([...familyNames, ...patients])].filter((secret) => text.includes(`"${secret}"`))).toEqual([]);
});

test('a replay brings its calls in place of the curve', () => {
  const calls = readCalls(
    'incident_date,call_type,dispatch_time\n2015-03-01,17D1,09:00:30\n2015-03-01,17D1,09:00:30\n2015-03-01,GRASFIRE,09:40:00\n',
  );
  const { core, pass } = simulateHospital({ replay: calls });
  pass(60);
  const replayed = [...core.view.list('incident')].filter(({ category }) => category.startsWith('Call '));
  expect(
    replayed.map(({ category, determinant, priority, patientSummary }) => [category, determinant, priority, patientSummary]),
  ).toEqual([
    ['Call 17D1', '17D1', 1, '2 units answered'],
    ['Call GRASFIRE', 'GRASFIRE', 4, 'One unit answered'],
  ]);
});
