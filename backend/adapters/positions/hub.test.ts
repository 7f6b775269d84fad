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
  const hub = createPositionHub(createView([m21]), () => now);
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
    pass: (seconds: number) => {
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
