import { expect, test } from 'vitest';
import type { LinkState } from '#domain/rules/link-state.ts';
import { buildAlarm, buildDevice, ids, testNow } from '#domain/testing/builders.ts';
import type { ReceivedReading } from '../../state/store.ts';
import { createDrawnMonitors, monitorOf, onsetsPerStep } from './monitor.ts';

const reading: ReceivedReading = {
  deviceId: ids.device,
  observedAt: testNow,
  receivedAt: testNow,
  heartRate: 118.4,
  spo2: 84,
  respiratoryRate: 24,
  systolic: 104,
  diastolic: null,
  temperature: 38.64,
  pressureAt: testNow - 540_000,
  trend: [],
};

test('the number that alarms carries its alarm', () => {
  const alarm = buildAlarm();
  const device = buildDevice();
  expect(
    monitorOf(
      device,
      reading,
      [alarm, buildAlarm({ id: ids.bed, priority: 'low', parameter: null, label: 'Lead off' })],
      testNow,
      'live',
    ),
  ).toEqual({
    device,
    freshness: { state: 'live', ageMs: 0, skewed: false },
    alarm,
    numbers: {
      heartRate: { text: '118', alarm: null },
      spo2: { text: '84', alarm },
      respiratoryRate: { text: '24', alarm: null },
      temperature: { text: '38.6', alarm: null },
      pressure: { text: '104/–', alarm: null },
    },
    pressureAt: testNow - 540_000,
  });
});

test('a lost monitor and one that never spoke show no number', () => {
  const texts = (monitor: ReturnType<typeof monitorOf>) => Object.values(monitor.numbers).map((number) => number.text);
  expect(texts(monitorOf(buildDevice(), reading, [], testNow + 61_000, 'live'))).toEqual(['–', '–', '–', '–', '–']);
  expect(texts(monitorOf(buildDevice(), undefined, [], testNow, 'live'))).toEqual(['–', '–', '–', '–', '–']);
  expect(monitorOf(buildDevice(), reading, [buildAlarm({ state: 'normal' })], testNow + 20_000, 'live').freshness?.state).toBe(
    'stale',
  );
});

test('a reading just taken is old at once when the link is', () => {
  const over = (link: LinkState) => monitorOf(buildDevice(), reading, [], testNow, link).freshness?.state;
  expect([over('live'), over('late'), over('stale'), over('offline')]).toEqual(['live', 'live', 'stale', 'stale']);
});

test('onsets by step', () => {
  const at = (minutes: number) => buildAlarm({ onsetAt: testNow - minutes * 60_000 });
  expect(onsetsPerStep([at(0), at(5), at(12), at(40)], testNow, 600_000, 3)).toEqual([0, 1, 2]);
});

test('a monitor of which nothing has changed stays the same object; whatever it shows makes another', () => {
  const drawn = createDrawnMonitors();
  // What was measured before the binding is no part of it: the reading that is drawn is not the one that was received.
  const device = buildDevice({ boundAt: testNow - 60_000 });
  const alarm = buildAlarm();
  type Asked = Parameters<typeof monitorOf>;
  const first = drawn(device, reading, [alarm], testNow, 'live');
  expect(first.reading?.pressureAt).toBeNull();
  expect(drawn(device, reading, [alarm], testNow, 'live')).toBe(first);
  expect(drawn({ ...device, id: ids.bed }, undefined, [], testNow, 'live').monitor.device.id).toBe(ids.bed);
  expect(drawn(device, reading, [alarm], testNow, 'live')).toBe(first);
  const others: readonly Asked[] = [
    [{ ...device, boundAt: null }, reading, [alarm], testNow, 'live'],
    [device, { ...reading, heartRate: 90 }, [alarm], testNow, 'live'],
    [device, undefined, [alarm], testNow, 'live'],
    [device, reading, [], testNow, 'live'],
    [device, reading, [{ ...alarm, state: 'acknowledged' }], testNow, 'live'],
    [device, reading, [alarm], testNow + 60_000, 'live'],
    [device, reading, [alarm], testNow, 'offline'],
  ];
  for (const other of others) {
    drawn(device, reading, [alarm], testNow, 'live');
    expect(drawn(...other)).toEqual(createDrawnMonitors()(...other));
  }
});
