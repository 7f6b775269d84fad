import { describe, expect, test } from 'vitest';
import type { Assignment } from '../model/assignment.ts';
import type { Unit } from '../model/unit.ts';
import {
  buildArea,
  buildAssignment,
  buildBed,
  buildHospital,
  buildIncident,
  buildUnit,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { noTimes } from './assignment-times.ts';
import { holdUntil } from './bed-hold.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import {
  bedHeldFor,
  compareInbound,
  crewsAtDoor,
  etaOf,
  inboundSoon,
  inboundTo,
  isOurs,
  patientOf,
  suggestedBay,
} from './inbound.ts';

const minute = 60_000;
const prealert = (urgency: 'red' | 'amber', age: string | null = null): Assignment['prealert'] => ({
  at: testNow,
  by: { personId: ids.person, name: 'R. Ortiz' },
  urgency,
  age,
  time: null,
  mechanism: 'Fall',
  injuries: null,
  signs: null,
  treatment: null,
});
const away = buildHospital({ id: testId('5', 2), facilityId: null });
/** A crew and its mission of one number. */
const crew = (number: number, unit: Partial<Unit>, mission: Partial<Assignment>) => [
  buildUnit({ id: testId('2', number), callsign: `M${number}`, assignmentId: testId('3', number), ...unit }),
  buildAssignment({ id: testId('3', number), unitId: testId('2', number), hospitalId: ids.hospital, ...mission }),
];
const transporting = { status: 'transporting' } as const;

describe('who is on the way', () => {
  const view = createView([
    buildHospital(),
    away,
    buildIncident(),
    ...crew(1, transporting, {}),
    ...crew(2, { status: 'enRoute' }, { prealert: prealert('red') }),
    ...crew(3, { status: 'enRoute' }, { prealert: prealert('amber') }),
    ...crew(4, transporting, { hospitalId: null }),
    ...crew(5, transporting, { hospitalId: away.id }),
    ...crew(6, { status: 'offloading' }, { prealert: prealert('red'), times: { ...noTimes, atDestination: testNow } }),
    ...crew(7, { ...transporting, assignmentId: testId('3', 99) }, {}),
    buildUnit({ id: testId('2', 8) }),
  ]);
  test('those who transport, and those who come with a red pre-alert before that', () => {
    expect(inboundTo(view, isOurs)).toEqual(
      [1, 2].map((number) => ({
        assignment: view.get('assignment', testId('3', number)),
        unit: view.get('unit', testId('2', number)),
        incident: buildIncident(),
      })),
    );
  });
  test('at the door are those who bring somebody and those who have', () => {
    expect(crewsAtDoor(view).map(({ unit }) => unit.callsign)).toEqual(['M1', 'M6']);
  });
});

describe('when it arrives', () => {
  const inbound = (changes: Partial<Assignment> = {}) => ({
    assignment: buildAssignment(changes),
    unit: buildUnit(),
    incident: undefined,
  });
  const at = testNow + 6 * minute;
  const seen = (ageMs: number) => ({ observedAt: testNow - ageMs, receivedAt: testNow - ageMs });
  test('expected, due when it has passed, unknown when nobody said so', () => {
    expect([
      etaOf(inbound({ etaAt: at }), testNow),
      etaOf(inbound({ etaAt: testNow }), testNow),
      etaOf(inbound({ etaAt: testNow - minute }), testNow),
      etaOf(inbound(), testNow),
    ]).toEqual([
      { state: 'expected', at, spanMs: 6 * minute, asOf: null },
      { state: 'due', at: testNow, spanMs: 0, asOf: null },
      { state: 'due', at: testNow - minute, spanMs: minute, asOf: null },
      { state: 'unknown' },
    ]);
  });
  test('is as old as the position of the crew once that is stale', () => {
    expect([299_000, 301_000, 1_900_000].map((age) => etaOf(inbound({ etaAt: at }), testNow, seen(age)))).toEqual(
      [null, testNow - 301_000, testNow - 1_900_000].map((asOf) => ({ state: 'expected', at, spanMs: 6 * minute, asOf })),
    );
  });
  test('an estimate by the road stands in for what nobody reported, and not for what was', () => {
    const estimate = testNow + minute;
    expect([etaOf(inbound(), testNow, seen(0), estimate), etaOf(inbound({ etaAt: at }), testNow, seen(0), estimate)]).toEqual([
      { state: 'expected', at: testNow + minute, spanMs: minute, asOf: null },
      { state: 'expected', at, spanMs: 6 * minute, asOf: null },
    ]);
  });
  test('red ones first, then the next to come, unknown ones last', () => {
    const of = (number: number, changes: Partial<Assignment>) => {
      const one = inbound({ id: testId('3', number), ...changes });
      return { inbound: one, eta: etaOf(one, testNow) };
    };
    const rows = [
      of(1, {}),
      of(2, { etaAt: at }),
      of(3, { etaAt: testNow - minute, prealert: prealert('amber') }),
      of(4, { prealert: prealert('red') }),
      of(5, { etaAt: at, prealert: prealert('red') }),
      of(6, { etaAt: at }),
    ];
    expect(rows.toSorted(compareInbound).map(({ inbound: { assignment } }) => assignment.id)).toEqual(
      [5, 4, 3, 2, 6, 1].map((number) => testId('3', number)),
    );
  });
  test('who it is: what the crew said before what the caller said', () => {
    const incident = buildIncident({ patientSummary: 'Man, about 60' });
    expect([
      patientOf({ ...inbound({ prealert: prealert('red', '58 M') }), incident }),
      patientOf({ ...inbound({ prealert: prealert('red') }), incident }),
      patientOf(inbound()),
    ]).toEqual(['58 M', 'Man, about 60', null]);
  });
});

describe('a bay for a red one', () => {
  const areas = [
    buildArea({ id: testId('a', 1), name: 'Majors', order: 1 }),
    buildArea({ id: testId('a', 2), name: 'Resus', order: 2 }),
  ];
  const inResus = (number: number, changes: Parameters<typeof buildBed>[0] = {}) =>
    buildBed({ id: testId('b', number), areaId: testId('a', 2), order: number, ...changes });
  const held = (until: number) => ({ encounterId: null, assignmentId: ids.assignment, reason: 'M21', until });
  const over = inResus(2, { status: 'reserved', reservation: held(testNow) });
  test('is the first that is free where the site resuscitates, one whose hold has ended included', () => {
    const beds = [inResus(4), buildBed(), over, inResus(1, { status: 'occupied' }), inResus(3)];
    expect(suggestedBay(areas, beds, testNow)).toEqual(over);
    expect(
      suggestedBay(
        areas,
        beds.filter(({ id }) => id !== over.id),
        testNow,
      ),
    ).toEqual(inResus(3));
    expect(suggestedBay(areas, [buildBed(), inResus(1, { status: 'cleaning' })], testNow)).toBe(undefined);
  });
  test('without an area of that name it is in the first of the department', () => {
    const zones = areas.map((area) => ({ ...area, name: `Zone ${area.order}` }));
    expect(suggestedBay(zones, [inResus(1), buildBed()], testNow)).toEqual(buildBed());
    expect(suggestedBay([], [buildBed()], testNow)).toBe(undefined);
  });
  test('stays held until half an hour after its patient was expected, or as long as the site says', () => {
    const bed = inResus(2, { status: 'reserved', reservation: held(testNow + 1) });
    expect(bedHeldFor([buildBed(), bed], ids.assignment, testNow)).toEqual(bed);
    expect(bedHeldFor([over], ids.assignment, testNow)).toBe(undefined);
    const heldFor = (settings: typeof shippedBoardSettings) =>
      [testNow + minute, testNow - minute, null].map((at) => (holdUntil(at, testNow, settings) - testNow) / minute);
    expect([shippedBoardSettings, { ...shippedBoardSettings, holdGraceMinutes: 10 }].map(heldFor)).toEqual([
      [31, 30, 60],
      [11, 10, 20],
    ]);
  });
});

test('arrivals of the next hour, later ones, and those of whom no time is known are counted apart', () => {
  const minute = 60_000;
  const eta = (state: 'expected' | 'due', spanMs: number) => ({ state, at: testNow, spanMs, asOf: null });
  expect(
    inboundSoon([
      eta('expected', 60 * minute),
      eta('expected', 61 * minute),
      eta('due', 90 * minute),
      { state: 'unknown' },
      { state: 'unknown' },
    ]),
  ).toEqual({ soon: 2, later: 1, unknown: 2 });
});
