import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { connect, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import type { UnitFix } from '#domain/model/telemetry.ts';
import { freshness } from '#domain/rules/freshness.ts';
import { buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createView } from '#domain/testing/view.ts';
import { parseDevices } from './devices.ts';
import { createPositionHub } from './hub.ts';
import { createIntake } from './intake.ts';
import { parseOwnTracks } from './owntracks.ts';
import { listenForOwnTracks } from './owntracks-client.ts';

const at = testNow / 1_000;
const location = {
  _type: 'location',
  tid: 'M2',
  lat: -34.89,
  lon: -56.16,
  tst: at,
  vel: 54,
  cog: 90,
  acc: 12,
  batt: 88,
  conn: 'm',
};
const parse = (payload: unknown, topic = 'owntracks/crew/m21') =>
  parseOwnTracks(topic, Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)));

describe('a message', () => {
  const report = {
    device: 'crew/m21',
    position: [-56.16, -34.89],
    heading: 90,
    speed: { value: 54, unit: 'km/h' },
    accuracy: 12,
    claimedAt: testNow,
  };

  test('of a location', () => {
    expect(parse(location)).toEqual({ ok: true, report });
    const bare = { _type: 'location', lat: -34.89, lon: -56.16, tst: at, cog: -1, acc: 0 };
    expect(parse(bare)).toEqual({ ok: true, report: { ...report, heading: null, speed: null, accuracy: null } });
  });

  test.each<[string, unknown, 'otherKind' | 'encrypted' | 'unreadable']>([
    ['of another kind', { _type: 'transition', event: 'enter' }, 'otherKind'],
    ['of the end of a connection', { _type: 'lwt', tst: at }, 'otherKind'],
    ['that takes back a kept one', '', 'otherKind'],
    ['that is encrypted', { _type: 'encrypted', data: 'AAAA' }, 'encrypted'],
    ['without a time', { ...location, tst: undefined }, 'unreadable'],
    ['from nowhere', { ...location, lat: 91 }, 'unreadable'],
    ['with a time beyond all time', { ...location, tst: 1e300 }, 'unreadable'],
    ['with a text for a number', { ...location, lon: '-56' }, 'unreadable'],
    ['without a kind', [1], 'unreadable'],
    ['that is no JSON', '{', 'unreadable'],
    ['that is too long', { ...location, more: 'x'.repeat(20_000) }, 'unreadable'],
  ])('%s', (_name, payload, because) => {
    expect(parse(payload)).toEqual({ ok: false, device: 'crew/m21', because });
  });

  test('5,000 pieces of nonsense are each told apart', () => {
    for (let seed = 0; seed < 5_000; seed++) {
      const random = createRandom(seed);
      const bytes = Buffer.from(JSON.stringify(location));
      for (let change = random.int(1, 6); change > 0; change--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
      const parsed = parseOwnTracks(random.pick(['owntracks/a/b', 'owntracks//', 'x', `owntracks/a/${'b'.repeat(200)}`]), bytes);
      if (parsed.ok) expect(parsed.report.position.every(Number.isFinite), `seed ${seed}`).toBe(true);
      else expect(['otherKind', 'encrypted', 'unreadable'], `seed ${seed}`).toContain(parsed.because);
    }
  });
});

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A real broker on a port, 0 for a free one; `stop` cuts everybody off. */
const startBroker = async (port = 0, password?: string) => {
  const broker = await Aedes.createBroker();
  if (password !== undefined)
    broker.authenticate = (_client, user, given, done) => done(null, user === 'vigil' && given?.toString() === password);
  const server = createServer(broker.handle);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => broker.close(resolve));
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, stop };
};

const publisher = async (port: number, login = {}): Promise<MqttClient> => {
  const client = connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...login });
  ends.push(() => client.endAsync(true));
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  return client;
};

/** The hospital's end, with a clock moved by hand. */
const listen = (port: number, password: string | null = null) => {
  let now = testNow;
  const fixes: UnitFix[] = [];
  const said: string[] = [];
  const m21 = buildUnit({ id: testId('2', 21), callsign: 'M21' });
  const clock = () => now;
  const hub = createPositionHub(createView([m21]), clock, clock);
  const list = { sources: { phone: { priority: 20 } }, devices: [{ device: 'crew/m21', callsign: 'M21', source: 'phone' }] };
  const log = (line: string) => void said.push(line.replace(`127.0.0.1:${port}`, 'BROKER'));
  const devices = parseDevices(JSON.stringify(list), 'units.json');
  const intake = createIntake({
    hub,
    devices: () => devices,
    clock,
    offer: (given) => void fixes.push(...given),
    log,
  });
  const broker = { url: `mqtt://127.0.0.1:${port}`, user: password === null ? null : 'vigil', password };
  const listener = listenForOwnTracks(broker, { intake, log, reconnectMs: 50 });
  ends.push(listener.stop);
  return {
    fixes,
    said,
    intake,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
};

const fix = {
  unitId: testId('2', 21),
  position: [-56.16, -34.89],
  heading: 90,
  speed: 54,
  accuracy: 12,
  observedAt: testNow,
  source: 'phone',
};
const hearing = 'listening for phones at the broker mqtt://BROKER';

describe('at a real broker', () => {
  test('phones are heard, the broker is cut off and comes back, and they are heard again', async () => {
    const first = await startBroker();
    const desk = listen(first.port);
    await expect.poll(() => desk.said).toEqual([hearing]);
    await (await publisher(first.port)).publishAsync('owntracks/crew/m21', JSON.stringify(location), { qos: 1 });
    await expect.poll(() => desk.fixes).toEqual([fix]);
    await first.stop();
    await expect.poll(() => desk.said.at(-1)).toMatch(/cannot be reached|ECONNREFUSED/);
    const again = await startBroker(first.port);
    ends.push(again.stop);
    await expect.poll(() => desk.said.at(-1)).toBe(hearing);
    desk.pass(30);
    await (await publisher(again.port)).publishAsync('owntracks/crew/m21', JSON.stringify({ ...location, tst: at + 30 }), {
      qos: 1,
    });
    await expect.poll(() => desk.fixes.at(-1)).toEqual({ ...fix, observedAt: testNow + 30_000 });
  }, 20_000);

  test('what the broker kept is as old as the phone says, not as new as its arrival', async () => {
    const broker = await startBroker();
    ends.push(broker.stop);
    const kept = { ...location, tst: at - 900 };
    await (await publisher(broker.port)).publishAsync('owntracks/crew/m21', JSON.stringify(kept), { qos: 1, retain: true });
    const desk = listen(broker.port);
    await expect.poll(() => desk.fixes).toEqual([{ ...fix, observedAt: testNow - 900_000 }]);
    const received = { observedAt: testNow - 900_000, receivedAt: testNow };
    expect(freshness('unitFix', received, testNow)).toEqual({ state: 'stale', ageMs: 900_000, skewed: false });
  });

  test('what cannot be read, or is of nobody, is kept by name; other messages are passed over', async () => {
    const broker = await startBroker();
    ends.push(broker.stop);
    const desk = listen(broker.port);
    await expect.poll(() => desk.said).toEqual([hearing]);
    const phone = await publisher(broker.port);
    const say = (topic: string, payload: unknown) => phone.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
    await say('owntracks/crew/m21', { _type: 'encrypted', data: 'AAAA' });
    await say('owntracks/crew/m21', { _type: 'status' });
    await say('owntracks/crew/m21/event', { _type: 'transition' });
    await say('owntracks/other/phone', location);
    await expect
      .poll(() => desk.intake.unknown().map(({ device, because }) => [device, because]))
      .toEqual([
        ['other/phone', 'notListed'],
        ['crew/m21', 'encrypted'],
      ]);
    expect(desk.said.slice(1)).toEqual([
      'the device "crew/m21" reports by MQTT with a key of its own, which cannot be read: take the encryption key out of its settings and use TLS',
      'the device "other/phone" reports by MQTT and is not in the list of devices',
    ]);
    expect(desk.fixes).toEqual([]);
  });

  test('a password is asked for, and a wrong one is said once and never shown', async () => {
    const broker = await startBroker(0, 'right');
    ends.push(broker.stop);
    const wrong = listen(broker.port, 'wrong-secret');
    const right = listen(broker.port, 'right');
    await expect.poll(() => right.said).toEqual([hearing]);
    await expect.poll(() => wrong.said.some((line) => line.includes('Not authorized'))).toBe(true);
    expect(wrong.said.join()).not.toContain('secret');
  });
});
