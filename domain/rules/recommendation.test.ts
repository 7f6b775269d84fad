import { describe, expect, test } from 'vitest';
import type { Incident } from '../model/incident.ts';
import { type Capability, type Unit, unitStatuses, unitTypes } from '../model/unit.ts';
import { buildIncident, buildUnit, testId, testNow } from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Drive } from './drive.ts';
import { isWorthAsking, recommendUnits, type UnitAtHand } from './recommendation.ts';

const incident = buildIncident();
const other = (priority: Incident['priority']) => buildIncident({ id: testId('1', 2), priority, address: 'Elsewhere 1' });
const near = [-56.17, -34.9] as const;

type Given = {
  readonly age?: number | null;
  readonly ahead?: number;
  readonly seconds?: number | null;
  readonly drive?: Drive;
  readonly position?: readonly [number, number];
  readonly mission?: Incident | null;
  readonly refused?: boolean;
};
const hand = (number: number, changes: Partial<Unit> = {}, given: Given = {}): UnitAtHand => {
  const { age = 5, ahead = 0, seconds = 300, mission = null, refused = false, position = near } = given;
  const unit = buildUnit({ id: testId('2', number), callsign: `M${number}`, status: 'availableMobile', ...changes });
  const receivedAt = testNow - (age ?? 0) * 1000;
  return {
    unit,
    fix:
      age === null
        ? null
        : {
            unitId: unit.id,
            position: [...position],
            heading: null,
            speed: null,
            observedAt: receivedAt + ahead * 1000,
            receivedAt,
          },
    mission,
    refused,
    drive:
      given.drive ?? (seconds === null ? { state: 'unknown' } : { state: 'reached', seconds, metres: seconds * 10, offRoad: 4 }),
  };
};
const card = (needs: Partial<Record<Capability, number>>) => ({
  needs: Object.entries(needs).map(([what, count]) => ({ what: what as Capability, count })),
});
const callsigns = (list: readonly { readonly callsign: string }[]) => list.map(({ callsign }) => callsign);
const leftOutOf = (hands: readonly UnitAtHand[]) =>
  recommendUnits(incident, card({ transport: 1 }), hands, testNow).leftOut.map(({ why, value }) => [why, value]);

test('the soonest comes first, with its reasons', () => {
  const { candidates, verdict } = recommendUnits(
    incident,
    card({ transport: 1, als: 1 }),
    [hand(1, { type: 'bls' }, { seconds: 400 }), hand(2, { status: 'availableAtStation' }, { seconds: 200, age: 90 })],
    testNow,
  );
  expect(verdict).toBe('found');
  expect(candidates).toEqual([
    {
      unitId: testId('2', 2),
      callsign: 'M2',
      type: 'als',
      status: 'availableAtStation',
      etaSeconds: 200,
      metres: 2000,
      straightMetres: 912,
      position: { state: 'late', ageSeconds: 90, skewed: false },
      covers: ['transport', 'als'],
      reasons: [
        { code: 'coversAll', speaks: 'for', value: null },
        { code: 'atStation', speaks: 'neither', value: null },
        { code: 'positionLate', speaks: 'against', value: 90 },
      ],
    },
    {
      unitId: testId('2', 1),
      callsign: 'M1',
      type: 'bls',
      status: 'availableMobile',
      etaSeconds: 400,
      metres: 4000,
      straightMetres: 912,
      position: { state: 'live', ageSeconds: 5, skewed: false },
      covers: ['transport'],
      reasons: [
        { code: 'coversSome', speaks: 'for', value: null },
        { code: 'mobile', speaks: 'for', value: null },
      ],
    },
  ]);
});

describe('who is left out', () => {
  test.each<[string, UnitAtHand, readonly [string, number | null]]>([
    ['on it', hand(1, { status: 'enRoute', assignmentId: testId('3', 1) }, { mission: incident }), ['alreadyOnIt', null]],
    ['its crew said no', hand(1, {}, { refused: true }), ['refusedIt', null]],
    ['its crew needs help', hand(1, { emergency: true, emergencySince: testNow - 1 }), ['crewEmergency', testNow - 1]],
    ['out of service', hand(1, { status: 'outOfService' }), ['outOfService', null]],
    ['at a patient', hand(1, { status: 'atPatient', statusSince: 7 }, { mission: other(5) }), ['notFree', 7]],
    ['on its way to something as urgent', hand(1, { status: 'enRoute', statusSince: 7 }, { mission: other(1) }), ['notFree', 7]],
    ['on a mission this desk does not know', hand(1, { status: 'enRoute', statusSince: 7 }), ['notFree', 7]],
    ['its shift has not begun', hand(1, { shiftStartedAt: testNow + 1 }), ['notStaffed', testNow + 1]],
    ['its shift is over', hand(1, { shiftEndsAt: testNow }), ['notStaffed', testNow]],
    ['resting', hand(1, { restingUntil: testNow + 60_000 }), ['resting', testNow + 60_000]],
    ['never heard of', hand(1, {}, { age: null }), ['noPosition', null]],
    ['lost for half an hour', hand(1, {}, { age: 1801 }), ['positionLost', 1801]],
    ['far from every road', hand(1, {}, { drive: { state: 'offRoad' } }), ['offRoad', null]],
    ['no way leads from it', hand(1, {}, { drive: { state: 'noWay' } }), ['noWay', null]],
    ['an hour away', hand(1, {}, { seconds: 3600 }), ['outsideRadius', 3600]],
    ['far away, with no drive known', hand(1, {}, { seconds: null, position: [-57.18, -34.9] }), ['outsideRadius', 91197]],
  ])('%s', (_, given, expected) => {
    expect(leftOutOf([given])).toEqual([expected]);
    expect(recommendUnits(incident, undefined, [given], testNow).candidates).toEqual([]);
  });

  test('rest that is over, and a shift that goes on, keep nobody out', () => {
    expect(leftOutOf([hand(1, { restingUntil: testNow, shiftEndsAt: testNow + 1 })])).toEqual([]);
  });
});

describe('the verdict without a candidate', () => {
  test.each<[string, readonly UnitAtHand[]]>([
    ['noCandidates', []],
    ['noCandidates', [hand(1, { status: 'outOfService' })]],
    ['noneFree', [hand(1, { status: 'onScene' }), hand(2, { status: 'outOfService' })]],
    ['locationsTooStale', [hand(1, {}, { age: 4000 }), hand(2, {}, { age: null }), hand(3, { restingUntil: testNow + 1 })]],
    ['outsideRadius', [hand(1, {}, { seconds: 9999 }), hand(2, {}, { drive: { state: 'offRoad' } })]],
    ['resting', [hand(1, { restingUntil: testNow + 1 }), hand(2, { status: 'onScene' })]],
    ['notStaffed', [hand(1, { shiftEndsAt: testNow - 1 })]],
  ])('%s', (verdict, hands) => {
    expect(recommendUnits(incident, card({ transport: 1 }), hands, testNow)).toMatchObject({ verdict, candidates: [] });
  });
});

describe('the order', () => {
  test('an arrival that is not known is null and stands behind those that are, the nearer first', () => {
    const { candidates } = recommendUnits(
      incident,
      undefined,
      [
        hand(1, {}, { seconds: null, position: [-56.1, -34.9] }),
        hand(2, {}, { seconds: null, position: [-56.17, -34.9] }),
        hand(3, {}, { seconds: 2000 }),
      ],
      testNow,
    );
    expect(candidates.map(({ callsign, etaSeconds }) => [callsign, etaSeconds])).toEqual([
      ['M3', 2000],
      ['M2', null],
      ['M1', null],
    ]);
    expect(candidates[1]?.reasons).toContainEqual({ code: 'arrivalUnknown', speaks: 'against', value: null });
  });

  test('a stale position, a late crew, an ending shift and an empty hand count against a unit, and are said', () => {
    const { candidates } = recommendUnits(
      incident,
      card({ transport: 1 }),
      [
        hand(1, {}, { seconds: 300, age: 400 }),
        hand(2, { delayed: true, shiftEndsAt: testNow + 600_000 }, { seconds: 300 }),
        hand(3, { type: 'car' }, { seconds: 100 }),
        hand(4, {}, { seconds: 310, ahead: 60 }),
      ],
      testNow,
    );
    const against = candidates.map(({ callsign, reasons }) => [
      callsign,
      ...reasons.filter(({ speaks }) => speaks === 'against').map(({ code, value }) => `${code} ${value}`),
    ]);
    expect(against).toEqual([
      ['M4', 'clockSkewed 60'],
      ['M1', 'positionStale 400'],
      ['M2', 'shiftEndsSoon 600', 'delayed null'],
      ['M3', 'coversNothing null'],
    ]);
  });

  test('a helicopter flies straight and needs no road', () => {
    const { candidates } = recommendUnits(
      incident,
      undefined,
      [hand(1, { type: 'helicopter' }, { drive: { state: 'offRoad' } })],
      testNow,
    );
    expect(candidates[0]).toMatchObject({ etaSeconds: 197, metres: null });
    expect(isWorthAsking(hand(1, { type: 'helicopter' }), testNow)).toBe(false);
  });
});

test('a unit on its way to something less urgent stands apart, and how much sooner it would be', () => {
  const { candidates, diversions } = recommendUnits(
    incident,
    card({ transport: 1 }),
    [
      hand(1, {}, { seconds: 500 }),
      hand(2, { status: 'enRoute', assignmentId: testId('3', 1) }, { seconds: 120, mission: other(3) }),
    ],
    testNow,
  );
  expect(callsigns(candidates)).toEqual(['M1']);
  expect(diversions).toMatchObject([
    { callsign: 'M2', soonerSeconds: 380, from: { incidentId: testId('1', 2), priority: 3, address: 'Elsewhere 1' } },
  ]);
});

describe('who goes together', () => {
  const suggest = (needs: Partial<Record<Capability, number>>, hands: readonly UnitAtHand[]) =>
    recommendUnits(incident, card(needs), hands, testNow);

  test('one unit that brings everything, though another is there a little sooner', () => {
    const { suggestion, needs } = suggest({ transport: 1, als: 1 }, [
      hand(1, { type: 'bls' }, { seconds: 240 }),
      hand(2, { type: 'als' }, { seconds: 300 }),
    ]);
    expect(suggestion).toEqual([{ unitId: testId('2', 2), callsign: 'M2', brings: ['transport', 'als'] }]);
    expect(needs).toEqual([
      { what: 'transport', count: 1, onIt: 0, suggested: 1, missing: 0 },
      { what: 'als', count: 1, onIt: 0, suggested: 1, missing: 0 },
    ]);
  });

  test('two units where the one that brings everything is far away', () => {
    const { suggestion } = suggest({ transport: 1, als: 1 }, [
      hand(1, { type: 'bls' }, { seconds: 100 }),
      hand(2, { type: 'als' }, { seconds: 1_500 }),
      hand(3, { type: 'car' }, { seconds: 120 }),
    ]);
    expect(callsigns(suggestion)).toEqual(['M1', 'M3']);
  });

  test('what is on the way already counts, and what nobody can bring is missing', () => {
    const { suggestion, needs } = suggest({ transport: 1, als: 2, physician: 1 }, [
      hand(1, { type: 'als', status: 'enRoute', assignmentId: testId('3', 1) }, { mission: incident }),
      hand(2, { type: 'als' }),
      hand(3, { type: 'bls' }, { seconds: 10 }),
    ]);
    expect(callsigns(suggestion)).toEqual(['M2']);
    expect(needs).toEqual([
      { what: 'transport', count: 1, onIt: 1, suggested: 1, missing: 0 },
      { what: 'als', count: 2, onIt: 1, suggested: 1, missing: 0 },
      { what: 'physician', count: 1, onIt: 0, suggested: 0, missing: 1 },
    ]);
  });

  test('nobody for an incident that needs nothing more', () => {
    expect(suggest({}, [hand(1)]).suggestion).toEqual([]);
  });
});

test.each([1, 2, 3, 4, 5, 6])(
  'any fleet: everyone stands in one list, none with an unknown time counts as quick (seed %i)',
  (seed) => {
    const random = createRandom(seed);
    const drives: readonly Drive[] = [{ state: 'unknown' }, { state: 'offRoad' }, { state: 'noWay' }];
    const hands = Array.from({ length: 120 }, (_, i) =>
      hand(
        i + 1,
        {
          type: random.pick(unitTypes),
          status: random.pick(unitStatuses),
          restingUntil: random.chance(0.1) ? testNow + 1 : null,
          delayed: random.chance(0.1),
        },
        {
          age: random.chance(0.1) ? null : random.int(0, 2_500),
          drive: random.chance(0.2)
            ? random.pick(drives)
            : { state: 'reached', seconds: random.int(0, 4_000), metres: 1, offRoad: 0 },
          mission: random.chance(0.3) ? other(random.pick([1, 2, 3, 4, 5])) : null,
        },
      ),
    );
    const needs = { transport: 2, als: 2, physician: 1 };
    const { candidates, diversions, leftOut, suggestion, needs: counts } = recommendUnits(incident, card(needs), hands, testNow);
    const listed = [...candidates, ...diversions, ...leftOut].map(({ unitId }) => unitId);
    expect([...listed].sort()).toEqual(hands.map(({ unit }) => unit.id).sort());
    for (const one of [...candidates, ...diversions]) {
      expect(one.position.state).not.toBe('lost');
      expect(one.etaSeconds === null || one.etaSeconds <= 45 * 60).toBe(true);
    }
    const known = candidates.map(({ etaSeconds }) => etaSeconds !== null);
    expect(known).toEqual([...known].sort().reverse());
    const chosen = suggestion.map(({ unitId }) => hands.find(({ unit }) => unit.id === unitId) as UnitAtHand);
    for (const { what, count, suggested, missing } of counts) {
      const bring = chosen.filter(({ unit }) => capabilitiesOf(unit).has(what)).length;
      const could = candidates.filter(({ unitId }) =>
        capabilitiesOf((hands.find(({ unit }) => unit.id === unitId) as UnitAtHand).unit).has(what),
      );
      expect([suggested, missing]).toEqual([bring, Math.max(0, count - bring)]);
      expect(missing).toBe(Math.max(0, count - could.length));
    }
    // Nobody in it is superfluous.
    for (const one of chosen) {
      const rest = chosen.filter((each) => each !== one);
      const isShort = counts.some(
        ({ what, count, missing }) => rest.filter(({ unit }) => capabilitiesOf(unit).has(what)).length < count - missing,
      );
      expect(isShort).toBe(true);
    }
  },
);
