import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildCall, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createView, viewWith } from '#domain/testing/view.ts';
import type { ReportServer } from '../listen.ts';
import { listenForCalls } from './call-server.ts';
import { createSwitchboard } from './switchboard.ts';

let now = testNow;
let view = createView([]);
const commit = (puts: readonly VigilRecord[]) => {
  view = viewWith(view, puts);
};
const clock = () => now;
let server: ReportServer;
beforeAll(async () => {
  const live = {
    get: (...given: Parameters<typeof view.get>) => view.get(...given),
    list: (...given: Parameters<typeof view.list>) => view.list(...given),
  };
  const switchboard = createSwitchboard({ view: live as typeof view, commit, clock });
  server = await listenForCalls({ host: '127.0.0.1', port: 0, token: 'line-1', switchboard, clock });
});
afterAll(() => server.stop());
beforeEach(() => {
  now += 3_600_000;
  view = createView([]);
});

const post = async (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer line-1' },
) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
};
const ring = async (fields: object = { phone: '+598 99 123 456' }) => (await post('/calls', JSON.stringify(fields))).text;
const aml = (changes: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({
    v: '1',
    device_number: '+59899123456',
    location_latitude: '-34.8901',
    location_longitude: '-56.1601',
    location_time: String(now),
    location_accuracy: '12.5',
    emergency_number: '911',
    ...changes,
  }).toString();
const located = { position: [-56.1601, -34.8901], uncertaintyMetres: 12.5, source: 'aml' };

describe('a call', () => {
  test('rings with its number, its line and where that ends', async () => {
    const line = { phone: '2900 1122', subscriber: 'Farmacia Sol', address: 'Rambla 1', position: [-56.1, -34.9] };
    const id = await ring(line);
    expect(view.get('call', id)).toEqual(
      buildCall({
        id,
        receivedAt: now,
        phone: '2900 1122',
        subscriber: 'Farmacia Sol',
        address: 'Rambla 1',
        location: { position: [-56.1, -34.9], uncertaintyMetres: null, source: 'ali' },
        locatedAt: now,
      }),
    );
  });

  test('that nobody took is abandoned; one that was taken stays with who took it', async () => {
    const [lost, taken] = [await ring(), await ring()];
    const call = view.get('call', taken);
    if (call) commit([{ ...call, status: 'answered' }]);
    expect([(await post(`/calls/${lost}/ended`, '')).status, (await post(`/calls/${taken}/ended`, '')).status]).toEqual([
      200, 200,
    ]);
    expect([view.get('call', lost), view.get('call', taken)]).toMatchObject([
      { status: 'abandoned', endedAt: now },
      { status: 'answered', endedAt: null },
    ]);
    expect(await post(`/calls/${testId('6', 9)}/ended`, '')).toEqual({ status: 404, text: 'No such call is known.' });
  });
});

describe('a telephone that says where it is', () => {
  test('is found by its number, however that is written, and a worse location changes nothing', async () => {
    const id = await ring({ phone: '099 123 456', position: [-56, -34] });
    expect(await post('/aml', aml())).toEqual({ status: 200, text: 'OK' });
    expect(view.get('call', id)).toMatchObject({ location: located, locatedAt: now });
    now += 5_000;
    expect((await post('/aml', aml({ location_accuracy: '900' }))).status).toBe(202);
    expect(view.get('call', id)?.location).toEqual(located);
  });

  test('before its call rings: the location waits for it, and only for it', async () => {
    expect((await post('/aml', aml())).status).toBe(202);
    now += 4_000;
    const [other, id] = [await ring({ phone: '098 000 000' }), await ring()];
    expect([view.get('call', other)?.location, view.get('call', id)?.location]).toEqual([null, located]);
  });

  test('with a clock that runs ahead is not from the future', async () => {
    const id = await ring();
    await post('/aml', aml({ location_time: String(now + 86_400_000) }));
    expect(view.get('call', id)?.locatedAt).toBe(now);
  });
});

describe('what is no call', () => {
  test.each([
    ['/calls', 'nonsense', 400],
    ['/calls', '{"phone":12}', 400],
    ['/calls', `{"phone":"${'1'.repeat(40)}"}`, 400],
    ['/calls', '{"position":[200,0]}', 400],
    ['/aml', '', 400],
    ['/aml', 'device_number=099123456&location_latitude=91&location_longitude=0&location_time=1', 400],
    ['/nowhere', '', 404],
    ['/calls/x/ended', '', 404],
    ['/calls', 'x'.repeat(100_000), 413],
  ])('%s %s', async (path, body, status) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^[A-Z].*\.$/);
    expect([...view.list('call')]).toEqual([]);
  });

  test('without the token of the telephone system', async () => {
    for (const headers of [{}, { authorization: 'Bearer line-2' }, { authorization: 'line-1' }])
      expect((await post('/calls', '{}', headers)).status).toBe(401);
    expect([...view.list('call')]).toEqual([]);
  });

  test('seeded nonsense is answered and never a record that cannot be read', async () => {
    const random = createRandom(3);
    const junk = () => random.pick(['', '-', '1e9', 'NaN', '🚑', '99999999999999999999', '%00', '-34.9', 'null']);
    for (let round = 0; round < 300; round += 1) {
      const form = aml({ [random.pick(['device_number', 'location_latitude', 'location_time', 'location_accuracy'])]: junk() });
      expect([200, 202, 400]).toContain((await post('/aml', form)).status);
      expect([201, 400]).toContain(
        (await post('/calls', JSON.stringify({ [random.pick(['phone', 'position', 'address'])]: junk() }))).status,
      );
    }
  });
});
