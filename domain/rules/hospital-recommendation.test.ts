import { describe, expect, test } from 'vitest';
import type { Hospital } from '../model/hospital.ts';
import { buildAssignment, buildHospital, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import type { Drive } from './drive.ts';
import { type HospitalLoad, loadOf, recommendHospitals } from './hospital-recommendation.ts';

const from = [-56.18, -34.9] as const;
const by = { personId: ids.person, name: 'R. Ortiz' };
const at = (seconds: number): Drive => ({ state: 'reached', seconds, metres: seconds * 10, offRoad: 0 });
const hospital = (number: number, changes: Partial<Hospital> = {}): Hospital =>
  buildHospital({ id: testId('5', number), name: `H${number}`, clinicalStatus: 'normal', ...changes });
const rank = (
  hospitals: readonly (readonly [hospital: Hospital, drive: Drive])[],
  services: Parameters<typeof recommendHospitals>[1] = [],
  load: ReadonlyMap<string, HospitalLoad> = new Map(),
) =>
  recommendHospitals(
    from,
    services,
    hospitals.map(([each, drive]) => ({ hospital: each, drive })),
    load,
    testNow,
  );

test('the hospital where the crew is free soonest comes first, with what counts', () => {
  const load = new Map([[testId('5', 1), { inbound: 2, offloading: 1 }]]);
  const { candidates } = rank(
    [
      [hospital(1), at(300)],
      [hospital(2, { emsOffload: 'delayed', offloadDelayMinutes: 20 }), at(200)],
      [hospital(3, { services: ['trauma'] }), at(600)],
    ],
    [],
    load,
  );
  expect(
    candidates.map(({ name, etaSeconds, freeAgainSeconds, reasons }) => [
      name,
      etaSeconds,
      freeAgainSeconds,
      reasons.map(({ code }) => code),
    ]),
  ).toEqual([
    ['H3', 600, 600, []],
    ['H1', 300, 720, ['inbound', 'offloading']],
    ['H2', 200, 1400, ['offloadDelay']],
  ]);
});

describe('who is left out', () => {
  test.each<[string, Hospital, Drive, readonly [string, number | null]]>([
    [
      'closed to ambulances',
      hospital(1, { emsTrafficStatus: 'closed', divert: { reason: 'CT down', by, until: testNow + 1 } }),
      at(1),
      ['closedToAmbulances', testNow + 1],
    ],
    ['closed without an end', hospital(1, { emsTrafficStatus: 'closed' }), at(1), ['closedToAmbulances', null]],
    ['evacuating', hospital(1, { facilityStatus: 'evacuating' }), at(1), ['facilityClosed', null]],
    ['full', hospital(1, { clinicalStatus: 'full' }), at(1), ['full', null]],
    ['without what is needed', hospital(1, { services: ['burn'] }), at(1), ['lacksService', null]],
    ['no way leads there', hospital(1, { services: ['stroke', 'burn'] }), { state: 'noWay' }, ['noWay', null]],
    ['two hours away', hospital(1, { services: ['stroke', 'burn'] }), at(7200), ['outsideRadius', 7200]],
  ])('%s', (_, given, drive, [why, value]) => {
    const { candidates, leftOut } = rank([[given, drive]], ['stroke', 'burn']);
    expect(candidates).toEqual([]);
    expect(leftOut).toEqual([{ hospitalId: given.id, name: 'H1', why, value, lacks: why === 'lacksService' ? ['stroke'] : [] }]);
  });
});

test('what is advised against, compromised, busy or not known still stands, and says so', () => {
  const until = testNow + 600_000;
  const { candidates } = rank([
    [hospital(1, { emsTrafficStatus: 'advisory', divert: { reason: 'Staff', by, until } }), at(100)],
    [hospital(2, { emsTrafficStatus: 'closed', divert: { reason: 'Over', by, until: testNow } }), at(150)],
    [hospital(3, { facilityStatus: 'compromised', clinicalStatus: 'level2' }), at(100)],
    [hospital(4, { emsOffload: 'delayed', clinicalStatus: null }), { state: 'unknown' }],
  ]);
  expect(
    candidates.map(({ name, freeAgainSeconds, reasons }) => [
      name,
      freeAgainSeconds,
      ...reasons.map(({ code, value }) => `${code} ${value}`),
    ]),
  ).toEqual([
    ['H2', 150, `divertOver ${testNow}`],
    ['H1', 400, `advisory ${until}`],
    ['H3', 700, 'compromised null', 'busy 2'],
    ['H4', null, 'arrivalUnknown null', 'offloadDelay null', 'statusUnknown null'],
  ]);
});

test('a hospital bears the crews that come and those that wait there', () => {
  const crew = (number: number, status: Parameters<typeof buildUnit>[0]) => ({
    unit: buildUnit({ id: testId('2', number), ...status }),
    assignment: buildAssignment({ id: testId('3', number), hospitalId: number === 5 ? null : ids.hospital }),
  });
  const missions = [
    crew(1, { status: 'transporting' }),
    crew(2, { status: 'transporting' }),
    crew(3, { status: 'offloading' }),
    crew(4, { status: 'enRoute' }),
    crew(5, { status: 'transporting' }),
  ];
  expect(loadOf(missions)).toEqual(new Map([[ids.hospital, { inbound: 2, offloading: 1 }]]));
});
