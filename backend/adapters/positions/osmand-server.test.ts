import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UnitFix } from '#domain/model/telemetry.ts';
import { buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { createView } from '#domain/testing/view.ts';
import type { ReportServer } from '../listen.ts';
import { parseDevices } from './devices.ts';
import { createPositionHub } from './hub.ts';
import { createIntake } from './intake.ts';
import { listenForOsmand } from './osmand-server.ts';

const m21 = buildUnit({ id: testId('2', 21), callsign: 'M21' });
const list = {
  sources: { vehicle: { priority: 10 }, phone: { priority: 20 } },
  devices: [
    { device: '123456', callsign: 'M21', source: 'vehicle' },
    { device: 'phone-21', callsign: 'M21', source: 'phone' },
    { device: 'ghost', callsign: 'M99', source: 'vehicle' },
  ],
};

let now = testNow;
let server: ReportServer;
const fixes: UnitFix[] = [];
const said: string[] = [];
beforeAll(async () => {
  const clock = () => now;
  const hub = createPositionHub(createView([m21]), clock, clock);
  const devices = parseDevices(JSON.stringify(list), 'units.json');
  const offer = (given: readonly UnitFix[]) => void fixes.push(...given);
  const intake = createIntake({ hub, devices: () => devices, clock, offer, log: (line) => void said.push(line) });
  server = await listenForOsmand({ host: '127.0.0.1', port: 0, intake, sources: hub.sources });
});
afterAll(() => server.stop());
beforeEach(() => {
  now += 60_000;
  fixes.length = 0;
  said.length = 0;
});

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { status: response.status, text: await response.text() };
};
const place = 'lat=-34.89&lon=-56.16';
const fix = () => ({
  unitId: m21.id,
  position: [-56.16, -34.89],
  heading: null,
  speed: null,
  observedAt: now,
  source: 'vehicle',
});

describe('a report', () => {
  test('by GET, by a form, by a form in the address, and as an object', async () => {
    const ok = { status: 200, text: 'OK' };
    const full = `id=123456&${place}&speed=20&bearing=90`;
    const moving = () => ({ ...fix(), heading: 90, speed: 37 });
    expect(await ask(`/?${full}&timestamp=${now}`)).toEqual(ok);
    expect(fixes.splice(0)).toEqual([moving()]);
    now += 1_000;
    expect(await ask('/', { method: 'POST', body: new URLSearchParams(full) })).toEqual(ok);
    expect(fixes.splice(0)).toEqual([moving()]);
    now += 1_000;
    expect(await ask(`/?${full}`, { method: 'POST' })).toEqual(ok);
    expect(fixes.splice(0)).toEqual([moving()]);
    now += 1_000;
    const coords = { latitude: -34.89, longitude: -56.16, accuracy: 5 };
    const object = { device_id: '123456', location: { timestamp: new Date(now).toISOString(), coords } };
    expect(await ask('/', { method: 'POST', body: JSON.stringify(object) })).toEqual(ok);
    expect(fixes.splice(0)).toEqual([{ ...fix(), accuracy: 5 }]);
  });

  test('that is not used is taken off the device all the same', async () => {
    await ask(`/?id=123456&${place}&timestamp=${now}`);
    const again = await ask(`/?id=123456&${place}&timestamp=${now}`);
    const nowhere = await ask('/?id=123456&lat=0&lon=0');
    const blind = await ask('/?id=123456&lat=0&lon=0&valid=false');
    expect([again, nowhere, blind]).toEqual([
      { status: 200, text: 'Not used: it was said before.' },
      { status: 200, text: 'Not used: the device has no signal (0, 0).' },
      { status: 200, text: 'The device has no signal.' },
    ]);
    expect(fixes).toEqual([fix()]);
  });

  test('of a clock that is an hour ahead', async () => {
    await ask(`/?id=123456&${place}&timestamp=${now + 3_600_000}`);
    expect(fixes).toEqual([{ ...fix(), skewMs: 3_600_000 }]);
  });

  test('of a device that nobody knows is kept until somebody lists it', async () => {
    expect(await ask(`/?id=new%0Aone&${place}`)).toEqual({
      status: 404,
      text: 'Not used: this device is not in the list of devices.',
    });
    expect(await ask(`/?id=ghost&${place}`)).toEqual({ status: 404, text: 'Not used: the unit of this device does not exist.' });
    now += 1_000;
    await ask(`/?id=new%0Aone&${place}`);
    const { status, text } = await ask('/positions/unknown');
    expect([status, JSON.parse(text)]).toEqual([
      200,
      [
        { device: 'new\none', by: 'HTTP', because: 'notListed', firstAt: now - 1_000, lastAt: now, reports: 2 },
        { device: 'ghost', by: 'HTTP', because: 'noSuchUnit', firstAt: now - 1_000, lastAt: now - 1_000, reports: 1 },
      ],
    ]);
    expect(said).toEqual([
      'the device "new\\none" reports by HTTP and is not in the list of devices',
      'the device "ghost" reports by HTTP for the unit M99, which does not exist',
    ]);
    for (let index = 0; index < 250; index++) await ask(`/?id=invented-${index}&${place}`);
    const many = JSON.parse((await ask('/positions/unknown')).text) as { device: string }[];
    expect([many.length, many[0]?.device, many.at(-1)?.device]).toEqual([200, 'invented-249', 'invented-50']);
  });

  test('the sources of each unit can be asked for', async () => {
    await ask(`/?id=phone-21&${place}`);
    await ask(`/?id=123456&${place}`);
    expect(JSON.parse((await ask('/positions/sources')).text)).toMatchObject([
      {
        callsign: 'M21',
        shown: 'vehicle',
        sources: [
          { name: 'vehicle', state: 'live' },
          { name: 'phone', state: 'live' },
        ],
      },
    ]);
  });
});

describe('what is no report', () => {
  test.each([
    ['/?id=123456', { method: 'GET' }, 400],
    ['/?id=123456&lat=200&lon=0', { method: 'GET' }, 400],
    ['/', { method: 'POST', body: '{"device_id":' }, 400],
    ['/', { method: 'POST', body: '' }, 400],
    ['/', { method: 'DELETE' }, 405],
    ['/../../etc/passwd', { method: 'GET' }, 404],
    ['/positions/constructor', { method: 'GET' }, 404],
    ['/', { method: 'POST', body: 'x'.repeat(100_000) }, 413],
  ] as const)('%s %j is answered with a sentence', async (path, init, status) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^[A-Z"].*\.$/);
  });

  const raw = async (text: string): Promise<string> => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', () => undefined);
    socket.end(text);
    await once(socket, 'close');
    return answer;
  };

  test('what is not even HTTP', async () => {
    expect(await raw('hello\r\n\r\n')).toContain('400 Bad Request');
    expect(await raw(`GET / HTTP/1.1\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`)).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    expect(await raw('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nid=1')).toMatch(/^(HTTP\/1.1 400|$)/);
  });

  const junk = (random: Random): string => {
    const texts = [
      '',
      '0',
      '-1',
      'NaN',
      'Infinity',
      '1e999',
      '9'.repeat(40),
      '%',
      '%00',
      '\u0000',
      'null',
      '[]',
      '{}',
      '🚑',
      '\ud800',
      '-34.89',
      '123456',
      'true',
    ];
    return random.chance(0.7)
      ? random.pick(texts)
      : String.fromCharCode(...Array.from({ length: random.int(0, 30) }, () => random.int(0, 0xffff)));
  };
  const names = [
    'id',
    'deviceid',
    'lat',
    'lon',
    'location',
    'timestamp',
    'speed',
    'bearing',
    'accuracy',
    'hdop',
    'valid',
    '__proto__',
  ];
  const value = (random: Random, depth = 0): unknown => {
    const keys = ['device_id', 'location', 'coords', 'latitude', 'longitude', 'timestamp', 'speed', '__proto__'];
    const kind = random.int(0, depth > 3 ? 2 : 4);
    if (kind === 0) return random.pick([null, true, 0, -1, 1e308, 45.5]);
    if (kind <= 2) return junk(random);
    if (kind === 3) return Array.from({ length: random.int(0, 4) }, () => value(random, depth + 1));
    return Object.fromEntries(Array.from({ length: random.int(0, 6) }, () => [random.pick(keys), value(random, depth + 1)]));
  };

  test('2,000 requests of nonsense are each answered, and the next honest one is heard', async () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const random = createRandom(seed);
      const pairs = () => Array.from({ length: random.int(0, 8) }, () => [random.pick(names), junk(random)]);
      const form = new URLSearchParams(pairs() as [string, string][]);
      const init = random.pick<RequestInit & { readonly query?: string }>([
        { query: `?${form}` },
        { query: `?${[...form].map(([name, text]) => `${name}=${encodeURI(text.toWellFormed())}`).join('&')}` },
        { method: 'POST', body: form },
        { method: 'POST', body: JSON.stringify(value(random)) },
        { method: 'POST', body: junk(random), headers: { 'content-type': 'application/json' } },
        { method: 'POST', body: Uint8Array.from({ length: random.int(0, 200) }, () => random.int(0, 255)) },
        { method: random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS']) },
      ]);
      const { status, text } = await ask(`/${init.query ?? ''}`, init);
      expect([200, 400, 404, 405], `seed ${seed}: ${status} ${text}`).toContain(status);
      expect(text, `seed ${seed}`).not.toBe('');
    }
    now += 3_600_000;
    fixes.length = 0;
    expect(await ask(`/?id=123456&${place}`)).toEqual({ status: 200, text: 'OK' });
    expect(fixes).toEqual([fix()]);
  }, 30_000);
});
