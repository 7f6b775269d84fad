import { describe, expect, test } from 'vitest';
import type { Position } from '#domain/model/values.ts';
import type { PositionSource } from '#domain/rules/position-fusion.ts';
import { buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { createPositionHub, type Report } from './hub.ts';
import { takeSimulated } from './simulated.ts';

const m21 = buildUnit({ id: testId('2', 21), callsign: 'M21', type: 'als' });
const home: Position = [-56.16, -34.89];
const vehicle: PositionSource = { name: 'vehicle', priority: 10, pace: 1, invented: false };
const phone: PositionSource = { name: 'phone', priority: 20, pace: 1, invented: false };

const hospital = () => {
  let now = testNow;
  let monotonic = 0;
  const hub = createPositionHub(
    createView([m21]),
    () => now,
    () => monotonic,
  );
  const report = (source: PositionSource, changes: Partial<Report> = {}): Report => ({
    source,
    position: home,
    heading: null,
    speed: null,
    accuracy: null,
    claimedAt: now,
    ...changes,
  });
  return {
    hub,
    report,
    now: () => now,
    pass: (seconds: number) => {
      now += seconds * 1_000;
      monotonic += seconds * 1_000;
    },
    /** Sets the hospital's wall clock. */
    step: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
};

describe('what a desk is shown', () => {
  test('when the vehicle falls silent the phone takes its place without saying anything again', () => {
    const { hub, report, pass } = hospital();
    hub.take(m21.id, report(vehicle));
    pass(50);
    expect(hub.take(m21.id, report(phone))).toEqual({ fix: null, unused: null });
    pass(10);
    expect(hub.sweep()).toEqual([]);
    pass(1);
    const fix = { unitId: m21.id, position: [...home], heading: null, speed: null, source: 'phone' };
    expect(hub.sweep()).toEqual([{ ...fix, observedAt: testNow + 50_000 }]);
    expect(hub.sweep()).toEqual([]);
  });

  test('a unit that something real reports on is not where the simulator has it', () => {
    const { hub, report, pass } = hospital();
    const simulated = takeSimulated(hub, 60);
    const invented = (observedAt: number) => [
      { unitId: m21.id, position: [...home] as [number, number], heading: null, speed: 30, observedAt },
    ];
    expect(simulated(invented(testNow)).map(({ source }) => source)).toEqual(['simulator']);
    pass(1);
    expect(hub.take(m21.id, report(vehicle)).fix?.source).toBe('vehicle');
    pass(400);
    expect(simulated(invented(testNow + 401_000))).toEqual([]);
    expect(hub.sources()).toMatchObject([
      {
        callsign: 'M21',
        shown: 'vehicle',
        sources: [
          { name: 'simulator', state: 'live' },
          { name: 'vehicle', state: 'stale' },
        ],
      },
    ]);
  });

  test('what is not used is counted by its reason', () => {
    const { hub, report } = hospital();
    hub.take(m21.id, report(vehicle));
    for (const position of [home, [0, 0], [0, 91]] as Position[]) hub.take(m21.id, report(vehicle, { position }));
    expect(hub.sources()[0]?.sources[0]).toEqual({
      name: 'vehicle',
      priority: 10,
      state: 'live',
      observedAt: testNow,
      receivedAt: testNow,
      clockAheadMs: 0,
      unused: { duplicate: 1, nullIsland: 1, outOfRange: 1 },
    });
  });

  test('a unit that does not exist has no place', () => {
    const { hub, report } = hospital();
    expect(hub.take(testId('2', 99), report(vehicle))).toEqual({ fix: null, unused: 'noSuchUnit' });
    expect([hub.unitCalled('M21'), hub.unitCalled('M22')]).toEqual([m21, undefined]);
  });
});

describe('when the wall clock of the hospital is set back', () => {
  const east = (metres: number): Position => [home[0] + metres / 91_000, home[1]];
  /** A unit that drives with 10 m/s; `ahead` is by how many seconds the source's clock is ahead of the hospital's. */
  const driving = (ahead: number) => {
    const { hub, report, pass, step, now } = hospital();
    let driven = 0;
    let set = 0;
    const drive = (seconds: number) =>
      Array.from({ length: seconds }, () => {
        pass(1);
        driven += 10;
        return hub.take(m21.id, report(vehicle, { position: east(driven), claimedAt: now() - set + ahead * 1_000 }));
      });
    return {
      hub,
      report,
      drive,
      step: (seconds: number) => {
        step(seconds);
        set += seconds * 1_000;
      },
    };
  };

  test.each([
    ['a source with a right clock', 0],
    ['a source that is late', -5],
    ['a source that runs ahead', 40],
  ])('every fix of %s is still shown, each later than the one before it', (_name, ahead) => {
    const { drive, step } = driving(ahead);
    const taken = [...drive(5)];
    for (const seconds of [-3_600, -2, 1_800, -86_400, -0.05]) {
      step(seconds);
      taken.push(...drive(5));
    }
    expect(taken.map(({ unused }) => unused)).toEqual(taken.map(() => null));
    const told = taken.map(({ fix }) => fix?.observedAt ?? Number.NaN);
    expect(told.slice(1).filter((at, index) => !(at > (told[index] ?? 0)))).toEqual([]);
    expect(new Set(taken.map(({ fix }) => fix?.position[0])).size).toBe(taken.length);
  });

  test('what was said twice, and what comes from before, is dropped as ever', () => {
    const { hub, report, drive, step } = driving(0);
    const [first, , third] = drive(3);
    step(-3_600);
    const again = (fix: NonNullable<typeof first>['fix']) =>
      hub.take(m21.id, report(vehicle, { position: fix?.position ?? home, claimedAt: fix?.observedAt ?? 0 }));
    expect([again(third?.fix ?? null), again(first?.fix ?? null)]).toEqual([
      { fix: null, unused: 'duplicate' },
      { fix: null, unused: 'outOfOrder' },
    ]);
    expect(hub.sweep()).toEqual([]);
    expect(drive(1)[0]?.unused).toBeNull();
  });
});
