import { expect, test } from 'vitest';
import type { ReplayChange, ReplayFix } from '#contracts/ipc/replay.ts';
import { buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { extended, isOn, type Moment, momentOn, positionsAt, readUntil, type Tape, tapeFrom } from './replay-tape.ts';
import { answerAt, answerPart, type InventedHistory } from './testing/invented-history.ts';

const minute = 60_000;
const begin = testNow - 30 * minute;

/** Half an hour of units that drive, change their status and leave, and incidents that come and end. */
const history = (seed: number): InventedHistory => {
  const random = createRandom(seed);
  const changes: ReplayChange[] = [];
  const fixes: ReplayFix[] = [];
  for (let at = begin; at <= testNow; at += random.int(0, 9) * 1_000) {
    const number = random.int(1, 12);
    const id = testId('1', number);
    const chance = random.next();
    if (chance < 0.15) changes.push({ at, record: buildUnit({ id, callsign: `M${number}`, statusSince: at }) });
    else if (chance < 0.2) changes.push({ at, removed: { kind: 'unit', id } });
    else if (chance < 0.3) changes.push({ at, record: buildIncident({ id: testId('3', number), callReceivedAt: at }) });
    else {
      const position = [-56.17 + random.next() * 0.01, -34.88 + random.next() * 0.01] as const;
      fixes.push({
        unitId: id,
        position: [...position],
        heading: null,
        speed: 20,
        observedAt: at - 400,
        receivedAt: at - 20,
        at,
      });
    }
    if (at >= testNow) break;
  }
  return { from: begin, to: testNow, gaps: [], marks: [], changes, fixes };
};

/** A tape from a moment on, read in parts of so many milliseconds. */
const played = (whole: InventedHistory, from: number, length: number): Tape => {
  let tape = tapeFrom(answerAt(whole, from));
  while (readUntil(tape) < whole.to) tape = extended(tape, answerPart(whole, readUntil(tape), readUntil(tape) + length));
  return tape;
};
/** What is drawn of a moment; the word before the last is for easing alone. */
const drawn = (moment: Moment | null) =>
  moment && {
    at: moment.at,
    recorded: moment.recorded,
    units: [...moment.records.unit.keys()].toSorted(),
    incidents: [...moment.records.incident.values()].map(({ record }) => [record.id, record.callReceivedAt]).toSorted(),
    since: [...moment.records.unit.values()].map(({ record }) => [record.id, record.statusSince]).toSorted(),
    positions: [...positionsAt(moment, 0).values()].toSorted((left, right) => left.unitId.localeCompare(right.unitId)),
  };

test('whoever plays to a moment sees what whoever goes there at once sees', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = createRandom(seed).fork('places');
    const whole = history(seed);
    const tape = played(whole, begin + random.int(0, 5) * minute, random.int(20, 200) * 1_000);
    let near: Moment | null = null;
    for (let step = 0; step < 40; step += 1) {
      const at = random.int(tape.moments[0].at, testNow);
      const direct = drawn(momentOn(tapeFrom(answerAt(whole, at)), at));
      expect(drawn(momentOn(tape, at)), `seed ${seed} at ${at}`).toEqual(direct);
      near = momentOn(tape, at, near);
      expect(drawn(near), `seed ${seed} at ${at}, from near`).toEqual(direct);
    }
  }
});

test('knows where it begins and ends', () => {
  const tape = played(history(3), testNow - 10 * minute, minute);
  expect([isOn(tape, testNow - 10 * minute), isOn(tape, testNow), isOn(tape, testNow - 11 * minute)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(momentOn(tape, testNow + 1)).toBeNull();
});

test('forgets what lies far behind', () => {
  const tape = played(history(4), begin, 20_000);
  expect([tape.stretches.length, tape.moments.length]).toEqual([40, 41]);
  expect(isOn(tape, testNow - 14 * minute)).toBe(false);
  const at = testNow - 5 * minute;
  expect(drawn(momentOn(tape, at))).toEqual(drawn(momentOn(tapeFrom(answerAt(history(4), at)), at)));
});

const heard = (at: number, longitude: number): ReplayFix => ({
  unitId: testId('1', 1),
  position: [longitude, -34.88],
  heading: 90,
  speed: 40,
  observedAt: at,
  receivedAt: at,
  at,
});
const momentWith = (at: number, fix: ReplayFix, before: ReplayFix | null): Moment => ({
  ...tapeFrom(answerAt(history(1), begin)).moments[0],
  at,
  heard: new Map([[fix.unitId, { fix, before }]]),
});
const longitudeOf = (moment: Moment, ease: number): number | undefined =>
  positionsAt(moment, ease).get(testId('1', 1))?.position[0];

test('a marker slides to where it was heard, and stands there when the slide is over', () => {
  const [before, fix] = [heard(begin, -56.2), heard(begin + 10_000, -56.19)];
  const half = momentWith(begin + 12_000, fix, before);
  expect(longitudeOf(half, 4_000)).toBeCloseTo(-56.195, 9);
  expect(longitudeOf(half, 1_000)).toBe(-56.19);
  expect(longitudeOf(half, 0)).toBe(-56.19);
});

test('a marker does not slide over what is no drive', () => {
  const at = begin + 200_500;
  expect(longitudeOf(momentWith(at, heard(at - 500, -56.19), heard(begin, -56.2)), 4_000)).toBe(-56.19);
  expect(longitudeOf(momentWith(at, heard(at - 500, -56.1), heard(at - 10_500, -56.2)), 4_000)).toBe(-56.1);
  expect(longitudeOf(momentWith(at, heard(at - 500, -56.1), null), 4_000)).toBe(-56.1);
});
