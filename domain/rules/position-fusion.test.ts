import { describe, expect, test } from 'vitest';
import type { UnitFix } from '../model/telemetry.ts';
import type { Position } from '../model/values.ts';
import { testId, testNow } from '../testing/builders.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { freshness, skewTolerance } from './freshness.ts';
import {
  bestSighting,
  fusionLimits,
  nextFix,
  nowhere,
  type PositionSource,
  type Sighting,
  takeSighting,
  type UnitPositions,
  type UnusedReason,
} from './position-fusion.ts';

const unitId = testId('2', 1);
const home: Position = [-56.16, -34.89];
const SECOND = 1_000;
const vehicle: PositionSource = { name: 'vehicle', priority: 10, pace: 1, invented: false };
const phone: PositionSource = { name: 'phone', priority: 20, pace: 1, invented: false };
const simulator: PositionSource = { name: 'simulator', priority: 90, pace: 1, invented: true };

/** A place so many metres to the north of another. */
const north = ([longitude, latitude]: Position, metres: number): Position => [longitude, latitude + metres / 111_195];

const seen = (source: PositionSource, atSeconds: number, changes: Partial<Sighting> = {}): Sighting => ({
  source,
  position: home,
  heading: null,
  speed: null,
  accuracy: null,
  claimedAt: testNow + atSeconds * SECOND,
  receivedAt: testNow + atSeconds * SECOND,
  ...changes,
});

/** Takes one after the other, shows what there is to show after each, and tells what became of them. */
const run = (sightings: readonly Sighting[], type: 'als' | 'helicopter' = 'als') => {
  let known: UnitPositions = nowhere;
  const reasons: (UnusedReason | null)[] = [];
  const fixes: UnitFix[] = [];
  for (const sighting of sightings) {
    const taken = takeSighting(known, sighting, type);
    reasons.push(taken.unused);
    const next = nextFix(taken.known, unitId, sighting.receivedAt);
    known = next?.known ?? taken.known;
    if (next) fixes.push(next.fix);
  }
  return { known, reasons, fixes };
};

describe('what cannot be true', () => {
  test.each<[UnusedReason, Partial<Sighting>]>([
    ['outOfRange', { position: [181, 0] }],
    ['outOfRange', { position: [0, -90.01] }],
    ['outOfRange', { position: [Number.NaN, 10] }],
    ['nullIsland', { position: [0, 0] }],
    ['nullIsland', { position: [0.004, -0.009] }],
    ['tooOld', { claimedAt: testNow - 1_024 * 7 * 86_400_000 }],
  ])('%s', (reason, changes) => {
    expect(run([seen(vehicle, 0, changes)])).toEqual({ known: nowhere, reasons: [reason], fixes: [] });
  });

  test('the meridian, the equator and both poles are places', () => {
    const places: Position[] = [
      [0, 51.48],
      [-78.5, 0],
      [0, 90],
      [180, -90],
    ];
    expect(places.map((position) => run([seen(vehicle, 0, { position })]).reasons)).toEqual(places.map(() => [null]));
  });
});

describe('one source', () => {
  test('a duplicate and an older fix that comes later add nothing', () => {
    const first = seen(vehicle, 0);
    const later = seen(vehicle, 30, { position: north(home, 100) });
    const again = seen(vehicle, 31, { position: later.position, claimedAt: later.claimedAt });
    const older = seen(vehicle, 32, { position: north(home, 50), claimedAt: testNow + 15 * SECOND });
    expect(run([first, later, again, older])).toMatchObject({
      reasons: [null, null, 'duplicate', 'outOfOrder'],
      fixes: [{ observedAt: testNow }, { observedAt: testNow + 30 * SECOND }],
    });
  });

  test('a fix carries its source, its course and how good it is', () => {
    const sighting = seen(vehicle, 0, { heading: 90, speed: 54, accuracy: 12 });
    expect(run([sighting]).fixes).toEqual([
      { unitId, position: [...home], heading: 90, speed: 54, accuracy: 12, observedAt: testNow, source: 'vehicle' },
    ]);
  });

  test('a place that cannot be reached is held back until a second fix is near it', () => {
    const far = north(home, 40_000);
    const jump = seen(vehicle, 10, { position: far });
    const copy = seen(vehicle, 11, { position: far, claimedAt: jump.claimedAt });
    const back = run([seen(vehicle, 0), jump, copy, seen(vehicle, 20, { position: north(home, 60) })]);
    expect([back.reasons, back.fixes.map(({ position }) => position)]).toEqual([
      [null, 'jump', 'duplicate', null],
      [[...home], [...north(home, 60)]],
    ]);
    const confirmed = run([seen(vehicle, 0), jump, seen(vehicle, 20, { position: north(far, 100) })]);
    expect([confirmed.reasons, confirmed.fixes.at(-1)?.position]).toEqual([[null, 'jump', null], [...north(far, 100)]]);
  });

  test('a helicopter may do what an ambulance may not, and a signal that doubts itself is given room', () => {
    const way = (changes: Partial<Sighting> = {}) => [
      seen(vehicle, 0),
      seen(vehicle, 30, { position: north(home, 3_000), ...changes }),
    ];
    expect(run(way(), 'als').reasons).toEqual([null, 'jump']);
    expect(run(way(), 'helicopter').reasons).toEqual([null, null]);
    expect(run(way({ accuracy: 5_000 }), 'als').reasons).toEqual([null, 'inaccurate']);
    const doubting = [seen(vehicle, 0, { accuracy: 400 }), seen(vehicle, 30, { position: north(home, 3_000), accuracy: 450 })];
    expect(run(doubting, 'als').reasons).toEqual([null, null]);
  });

  test('a day that is played faster is not a chain of jumps', () => {
    const replay: PositionSource = { name: 'replay', priority: 80, pace: 60, invented: false };
    expect(run([seen(replay, 0), seen(replay, 1, { position: north(home, 900) })]).reasons).toEqual([null, null]);
  });

  test('an inaccurate fix counts only where there is nothing better', () => {
    const vague = (at: number) => seen(vehicle, at, { accuracy: 900, position: north(home, 300) });
    expect(run([vague(0), seen(vehicle, 5), vague(10), vague(66)]).reasons).toEqual([null, null, 'inaccurate', null]);
  });
});

describe('a clock that runs ahead', () => {
  const ahead = (at: number, by: number, metres = at) =>
    seen(vehicle, at, { claimedAt: testNow + (at + by) * SECOND, position: north(home, metres) });

  test('is noted, counts as observed on arrival, and freezes nothing when it is put right', () => {
    const { reasons, fixes } = run([ahead(0, 3_600), ahead(30, 3_600), ahead(60, 0), ahead(90, 0)]);
    expect(reasons).toEqual([null, null, null, null]);
    expect(fixes.map(({ observedAt, skewMs }) => [observedAt - testNow, skewMs])).toEqual([
      [0, 3_600_000],
      [30_000, 3_600_000],
      [60_000, undefined],
      [90_000, undefined],
    ]);
    expect(
      fixes.map((fix) => freshness('unitFix', { ...fix, receivedAt: fix.observedAt + 40 }, fix.observedAt + 50).skewed),
    ).toEqual([true, true, false, false]);
  });

  test('within the tolerance it is not worth a word', () => {
    expect(run([ahead(0, skewTolerance / SECOND)]).fixes[0]?.skewMs).toBeUndefined();
  });

  test('that steps back by an hour, or stands still, costs the unit half a minute at most', () => {
    const stepped = run([ahead(0, 7_200), ahead(10, 3_600), ahead(20, 3_600), ahead(31, 3_600)]);
    expect(stepped.reasons).toEqual([null, 'outOfOrder', 'outOfOrder', null]);
    const still = [0, 10, 20, 30, 40].map((at) => ahead(at, 7_200 - at));
    expect(run(still).reasons).toEqual([null, 'outOfOrder', 'outOfOrder', null, 'outOfOrder']);
  });
});

describe('several sources', () => {
  test('fresh before old, then by priority; what is shown never goes back in time', () => {
    const { fixes } = run([
      seen(phone, 0),
      seen(vehicle, 1),
      seen(phone, 10),
      seen(phone, 55),
      // The vehicle is late since 61 s.
      seen(phone, 65),
      // It reports again, but what it says is older than what is shown.
      seen(vehicle, 66, { claimedAt: testNow + 64 * SECOND }),
      seen(phone, 70),
      seen(vehicle, 71),
    ]);
    expect(fixes.map(({ source, observedAt }) => [source, (observedAt - testNow) / SECOND])).toEqual([
      ['phone', 0],
      ['vehicle', 1],
      ['phone', 65],
      ['vehicle', 71],
    ]);
  });

  test('a fix that was kept on its way is as old as it is, and yields to one that was not', () => {
    const kept = seen(vehicle, 0, { claimedAt: testNow - 400 * SECOND });
    const { known, fixes } = run([kept, seen(phone, 1)]);
    expect(bestSighting(known, testNow + SECOND)?.source).toBe(phone);
    expect(fixes.map(({ source }) => source)).toEqual(['vehicle', 'phone']);
    expect(freshness('unitFix', { observedAt: kept.claimedAt, receivedAt: testNow }, testNow)).toEqual({
      state: 'stale',
      ageMs: 400_000,
      skewed: false,
    });
  });

  test('a made-up place counts only once everything real is lost', () => {
    const last = (at: number) => run([seen(simulator, 0), seen(vehicle, 1), seen(simulator, at)]).fixes.at(-1)?.source;
    expect([30, 70, 1_000, 1_801, 1_802].map(last)).toEqual(['vehicle', 'vehicle', 'vehicle', 'vehicle', 'simulator']);
  });
});

/** Reports of three sources with every fault that was ever seen in one, in the order of their arrival. */
const drive = (random: Random): Sighting[] => {
  const sources = [vehicle, phone, simulator].filter(() => random.chance(0.8));
  const sent = sources.flatMap((source) => {
    let claimed = testNow;
    const skew = random.chance(0.3) ? random.int(-200, 7_200) * SECOND : 0;
    return Array.from({ length: random.int(1, 60) }, (_, index): Sighting => {
      claimed += random.int(0, 40_000);
      const delay = random.chance(0.1) ? random.int(0, 600_000) : random.int(0, 3_000);
      const place = random.chance(0.05) ? 500_000 : index * 20;
      return seen(source, 0, {
        position: random.chance(0.03) ? [0, 0] : north(home, random.chance(0.02) ? Number.NaN : place),
        accuracy: random.chance(0.3) ? random.int(1, 2_000) : null,
        claimedAt: claimed + skew * (random.chance(0.02) ? -1 : 1),
        receivedAt: claimed + delay,
      });
    }).flatMap((sighting) =>
      random.chance(0.1) ? [sighting, { ...sighting, receivedAt: sighting.receivedAt + 700 }] : [sighting],
    );
  });
  return sent.sort((a, b) => a.receivedAt - b.receivedAt);
};

describe('whatever sources say', () => {
  const seeds = Array.from({ length: 400 }, (_, seed) => seed);

  test('what is shown goes forward in time, is nowhere impossible and never from the future', () => {
    for (const seed of seeds) {
      let known: UnitPositions = nowhere;
      let shown = Number.NEGATIVE_INFINITY;
      for (const sighting of drive(createRandom(seed))) {
        known = takeSighting(known, sighting, 'als').known;
        const next = nextFix(known, unitId, sighting.receivedAt);
        if (!next) continue;
        known = next.known;
        const { observedAt, position, source } = next.fix;
        const about = `seed ${seed}, ${source} at ${observedAt - testNow}`;
        expect(observedAt, about).toBeGreaterThan(shown);
        expect(observedAt, about).toBeLessThanOrEqual(sighting.receivedAt);
        expect(Math.abs(position[1] - home[1]), about).toBeLessThan(6);
        shown = observedAt;
      }
    }
  });

  test('an accurate, honest source that is not alone is never silenced by the others', () => {
    for (const seed of seeds) {
      const random = createRandom(seed);
      const others = drive(random.fork('others')).filter(({ source }) => source !== vehicle);
      const own = Array.from({ length: 40 }, (_, index) => seen(vehicle, index * 30, { position: north(home, index * 100) }));
      const all = [...others, ...own].sort((a, b) => a.receivedAt - b.receivedAt);
      const until = all.filter(({ receivedAt }) => receivedAt <= testNow + 39 * 30 * SECOND);
      let known: UnitPositions = nowhere;
      for (const sighting of until) {
        const taken = takeSighting(known, sighting, 'als');
        if (sighting.source === vehicle) expect(taken.unused, `seed ${seed}`).toBeNull();
        known = nextFix(taken.known, unitId, sighting.receivedAt)?.known ?? taken.known;
      }
      expect(bestSighting(known, testNow + 39 * 30 * SECOND, fusionLimits)?.source, `seed ${seed}`).toBe(vehicle);
    }
  });

  test('the order in which two sources are asked does not matter', () => {
    for (const seed of seeds) {
      const all = drive(createRandom(seed));
      const kept = (list: readonly Sighting[]) => bestSighting(run(list).known, testNow + 3_600_000);
      const bySource = (first: PositionSource) =>
        [...all].sort((a, b) => a.receivedAt - b.receivedAt || (a.source === first ? -1 : 1));
      expect(kept(bySource(vehicle)), `seed ${seed}`).toEqual(kept(bySource(phone)));
    }
  });
});
