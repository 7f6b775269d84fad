import { describe, expect, onTestFinished, test } from 'vitest';
import type { Position } from '#domain/model/values.ts';
import { createSystemClock } from '../clock.ts';
import { createExternalRouter } from './external-router.ts';
import { readPolyline } from './polyline.ts';
import { startRoutingServer } from './testing/routing-server.ts';

const begin = async (
  kind: 'osrm' | 'valhalla' | 'mapbox',
  given: { readonly path?: string; readonly query?: string; readonly timeoutMs?: number } = {},
) => {
  const server = await startRoutingServer(kind, given.path);
  onTestFinished(server.stop);
  const logged: string[] = [];
  const moved = { by: 0 };
  const clock = createSystemClock();
  const service = {
    kind,
    url: `${server.url}${given.query ?? ''}`,
    ...(given.timeoutMs !== undefined && { timeoutMs: given.timeoutMs }),
  };
  const router = createExternalRouter(service, {
    clock: { ...clock, monotonicNow: () => clock.monotonicNow() + moved.by },
    log: (line) => void logged.push(line),
  });
  onTestFinished(router.stop);
  return { server, router, logged, moved };
};
const incident: Position = [-56.18, -34.9];
const units: readonly Position[] = [
  [-56.17, -34.9],
  [-56.18, -34.9],
  [-50, -34.9],
];
const driven = [
  { state: 'reached', seconds: 100, metres: 1000, offRoad: expect.any(Number) },
  { state: 'reached', seconds: 0, metres: 0, offRoad: expect.any(Number) },
  { state: 'noWay' },
];

describe.each(['osrm', 'valhalla', 'mapbox'] as const)('%s', (kind) => {
  test('gives the drives to one place and from it, in their order', async () => {
    const { router } = await begin(kind);
    expect(await router.drives({ one: incident, many: units, way: 'toOne' })).toEqual(driven);
    expect(await router.drives({ one: incident, many: units, way: 'fromOne' })).toEqual(driven);
    expect(await router.drives({ one: incident, many: [], way: 'toOne' })).toEqual([]);
  });

  test('is asked in parts where there are more places than it allows', async () => {
    const { router, server } = await begin(kind);
    const many = Array.from({ length: 230 }, (_, i): Position => [-56.18 + i / 10_000, -34.9]);
    const drives = await router.drives({ one: incident, many, way: 'toOne' });
    expect(drives?.map((drive) => (drive.state === 'reached' ? drive.seconds : null))).toEqual(many.map((_, i) => i));
    expect(server.asked).toHaveLength({ osrm: 3, valhalla: 5, mapbox: 10 }[kind]);
  });

  test.each(['error', 'nonsense', 'short'] as const)('that answers with %s is left alone for half a minute', async (trouble) => {
    const { router, server, logged, moved } = await begin(kind);
    server.trouble = trouble;
    expect(await router.drives({ one: incident, many: units, way: 'toOne' })).toBeNull();
    server.trouble = 'none';
    const before = server.asked.length;
    expect(await router.drives({ one: incident, many: units, way: 'toOne' })).toBeNull();
    expect(await router.route(incident, [-56.17, -34.9])).toBeNull();
    expect(server.asked).toHaveLength(before);
    expect(logged).toEqual([expect.stringMatching(new RegExp(`^routing service ${kind} left alone: `))]);
    moved.by = 30_000;
    expect(await router.drives({ one: incident, many: units, way: 'toOne' })).toEqual(driven);
  });

  test('that is silent is waited for no longer than said', async () => {
    const { router, server } = await begin(kind, { timeoutMs: 80 });
    server.trouble = 'silent';
    const startedAt = performance.now();
    expect(await router.drives({ one: incident, many: units, way: 'toOne' })).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('that is not there at all gives nothing, and ends when it is stopped', async () => {
    const { router, server } = await begin(kind);
    server.trouble = 'silent';
    const waiting = router.route(incident, units[0] as Position);
    router.stop();
    expect(await waiting).toBeNull();
    await server.stop();
    expect(await (await begin(kind, { query: '' })).router.drives({ one: incident, many: [], way: 'toOne' })).toEqual([]);
  });
});

test('a way of OSRM comes with its path, and none is none', async () => {
  const { router, server } = await begin('osrm', { path: '/routing/behind' });
  const to: Position = [-56.17, -34.9];
  expect(await router.route(incident, to)).toEqual({ seconds: 100, metres: 1000, path: [incident, to] });
  expect(await router.route(incident, [-50, -34.9])).toBe('none');
  expect(server.asked[0]).toBe(
    'GET /routing/behind/route/v1/driving/-56.180000,-34.900000;-56.170000,-34.900000?overview=full&geometries=geojson',
  );
});

test('a way of Valhalla is decoded from its line', async () => {
  const { router } = await begin('valhalla');
  expect(await router.route(incident, units[0] as Position)).toEqual({
    seconds: 60,
    metres: 1500,
    path: [
      [-120.2, 38.5],
      [-120.95, 40.7],
      [-126.453, 43.252],
    ],
  });
  expect(readPolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@', 5)).toEqual([
    [-120.2, 38.5],
    [-120.95, 40.7],
    [-126.453, 43.252],
  ]);
  expect(() => readPolyline('_p~iF~ps|U_', 5)).toThrow(RangeError);
});

test('a token in the URL goes with every question', async () => {
  const { router, server } = await begin('mapbox', { query: '/?access_token=pk.test' });
  await router.drives({ one: incident, many: units, way: 'fromOne' });
  expect(server.asked).toEqual([
    expect.stringMatching(
      /^GET \/directions-matrix\/v1\/mapbox\/driving\/.*\?access_token=pk\.test&sources=0&destinations=1%3B2%3B3&annotations=/,
    ),
  ]);
});

test('a place that the service put far away on a road is off every road', async () => {
  const { router } = await begin('osrm');
  expect(await router.drives({ one: incident, many: [[-56.17, 81]], way: 'toOne' })).toEqual([{ state: 'offRoad' }]);
});
