import { rmSync } from 'node:fs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { isochrone, recommend, recommendHospital } from '#contracts/ipc/dispatch-desk.ts';
import type { RoutingService } from '#contracts/ipc/main-station.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Position } from '#domain/model/values.ts';
import { buildAssignment, buildHospital, buildIncident, buildUnit, ids, testId, testNow } from '#domain/testing/builders.ts';
import { nodePosition, readRoadGraph } from '#geo/road-graph.ts';
import { createRouter } from '#geo/routing.ts';
import { rowsAt, settleTurn, startDesk, type TestDesk } from '../testing/peer.ts';
import { writeCityFiles } from './testing/city-files.ts';
import { startRoutingServer } from './testing/routing-server.ts';

const { city, place } = writeCityFiles();
afterAll(() => rmSync(place.directory, { recursive: true, force: true }));
const graph = readRoadGraph(city.roadGraph);
const at = (node: number): [number, number] => [...nodePosition(graph, node)];
const away: [number, number] = [-56.35, -34.95];

const incident = buildIncident({ position: at(0), category: 'Chest pain' });
const units = [
  buildUnit({ id: testId('2', 1), callsign: 'M1', status: 'availableMobile' }),
  buildUnit({ id: testId('2', 2), callsign: 'M2', status: 'availableAtStation', type: 'bls' }),
  buildUnit({ id: testId('2', 3), callsign: 'M3', status: 'availableMobile' }),
  buildUnit({ id: testId('2', 4), callsign: 'M4', status: 'enRoute', assignmentId: testId('3', 4) }),
  buildUnit({ id: testId('2', 5), callsign: 'M5', status: 'availableMobile' }),
  buildUnit({ id: testId('2', 6), callsign: 'M6', status: 'availableMobile' }),
];
const rows: readonly VigilRecord[] = [
  incident,
  buildIncident({ id: testId('1', 2), priority: 4, position: at(50), address: 'Street 3 310' }),
  ...units,
  buildAssignment({ id: testId('3', 4), unitId: testId('2', 4), incidentId: testId('1', 2) }),
  // Its crew said no to this very incident.
  buildAssignment({ id: testId('3', 6), unitId: testId('2', 6), refusal: { at: testNow, reason: 'Vehicle fault' } }),
  buildHospital({ id: testId('5', 1), name: 'North', position: at(90), services: ['cardiac'] }),
  buildHospital({ id: testId('5', 2), name: 'South', position: at(5) }),
];
const places: Readonly<Record<string, Position>> = { M1: at(60), M2: at(20), M3: away, M4: at(3), M6: at(2) };

const begin = async (withCity = true, routing?: RoutingService): Promise<TestDesk> => {
  const desk = await startDesk({ ...(withCity && { city: place }), ...(routing && { routing }) });
  onTestFinished(desk.end);
  const snapshotId = testId('6', 77);
  desk.peer.link().say(desk.peer.welcome({ snapshotId, total: rows.length }, 10));
  desk.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, ...rows), next: null });
  await settleTurn(desk.clock);
  const fixes = units.flatMap(({ id, callsign }) => {
    const position = places[callsign];
    return position
      ? [{ unitId: id, position: [...position] as [number, number], heading: null, speed: null, observedAt: testNow }]
      : [];
  });
  desk.peer.link().say({ type: 'telemetry', fixes, readings: [] });
  await settleTurn(desk.clock);
  return desk;
};
const ranked = async (desk: TestDesk) => {
  const answer = recommend.out.parse(await desk.window().call('recommend', { incidentId: incident.id }));
  if (answer.state !== 'ranked') throw new Error(answer.state);
  return answer;
};

test('a window is told who comes soonest by road, who could be diverted, and who is left out', async () => {
  const desk = await begin();
  const { routed, verdict, candidates, diversions, leftOut, suggestion, needs } = await ranked(desk);
  const router = createRouter(graph);
  const seconds = (from: Position): number => Math.round(router.route(from, incident.position)?.seconds ?? Number.NaN);
  expect({ routed, verdict }).toEqual({ routed: { by: 'offline', fellBack: false, message: null }, verdict: 'found' });
  expect(candidates.map(({ callsign, etaSeconds, covers }) => [callsign, etaSeconds, covers])).toEqual([
    ['M2', seconds(at(20)), ['transport']],
    ['M1', seconds(at(60)), ['transport', 'als']],
  ]);
  expect(diversions).toMatchObject([
    { callsign: 'M4', etaSeconds: seconds(at(3)), from: { priority: 4, address: 'Street 3 310' } },
  ]);
  expect(leftOut.map(({ callsign, why }) => [callsign, why])).toEqual([
    ['M6', 'refusedIt'],
    ['M5', 'noPosition'],
    ['M3', 'offRoad'],
  ]);
  expect(suggestion.map(({ callsign }) => callsign)).toEqual(['M1']);
  expect(needs.map(({ what, missing }) => [what, missing])).toEqual([
    ['transport', 0],
    ['als', 0],
  ]);

  const hospitals = recommendHospital.out.parse(await desk.window().call('recommendHospital', { incidentId: incident.id }));
  expect(hospitals).toMatchObject({
    state: 'ranked',
    routed: { by: 'offline' },
    services: ['cardiac'],
    candidates: [{ name: 'North', etaSeconds: Math.round(router.route(incident.position, at(90))?.seconds ?? -1) }],
    leftOut: [{ name: 'South', why: 'lacksService', lacks: ['cardiac'] }],
  });
  const anywhere = recommendHospital.out.parse(
    await desk.window().call('recommendHospital', { incidentId: incident.id, from: at(5), services: [] }),
  );
  expect(anywhere).toMatchObject({ candidates: [{ name: 'South', etaSeconds: 0 }, { name: 'North' }], leftOut: [] });

  const covered = await desk.window().call('isochrone', { from: 'freeUnits', minutes: [1, 2] });
  // M3 is free and far from every road: it covers nothing, and is one of the four that stand somewhere.
  expect(isochrone.out.parse(covered)).toMatchObject({ state: 'found', starts: 4, areas: [{ minutes: 1 }, { minutes: 2 }] });

  // Half an hour without a word from any of them.
  desk.clock.advance(1_801_000);
  expect(await ranked(desk)).toMatchObject({ verdict: 'locationsTooStale', candidates: [], suggestion: [] });
});

test('without a city units are ranked all the same, their arrivals not known and why', async () => {
  const desk = await begin(false);
  const { routed, candidates } = await ranked(desk);
  expect(routed).toEqual({ by: 'none', fellBack: false, message: expect.stringContaining('driving times are not known') });
  expect(candidates.map(({ callsign, etaSeconds }) => [callsign, etaSeconds])).toEqual([
    ['M1', null],
    ['M2', null],
    ['M3', null],
  ]);
  expect(await desk.window().call('recommendHospital', { incidentId: incident.id })).toMatchObject({
    state: 'ranked',
    routed: { by: 'none' },
    candidates: [{ name: 'North', etaSeconds: null, freeAgainSeconds: null }],
  });
  expect(await desk.window().call('isochrone', { from: [at(0)], minutes: [5] })).toMatchObject({ state: 'unavailable' });
});

test('an incident that this desk does not know is said to be unknown', async () => {
  const desk = await begin(false);
  for (const call of ['recommend', 'recommendHospital'] as const) {
    expect(await desk.window().call(call, { incidentId: ids.bed })).toEqual({ state: 'unknownIncident' });
  }
});

test('a routing service is asked first, and the roads of the desk when it does not answer, which is said', async () => {
  const server = await startRoutingServer('osrm');
  onTestFinished(server.stop);
  const desk = await begin(true, { kind: 'osrm', url: server.url });
  const etas = ({ candidates }: Awaited<ReturnType<typeof ranked>>) =>
    candidates.map(({ callsign, etaSeconds }) => [callsign, etaSeconds]);
  const offline = etas(await ranked(await begin()));
  const ends = { from: at(20), to: at(60) };

  const served = await ranked(desk);
  expect(served.routed).toEqual({ by: 'osrm', fellBack: false, message: null });
  expect(etas(served)).not.toEqual(offline);
  expect(await desk.window().call('route', ends)).toMatchObject({
    state: 'found',
    routed: { by: 'osrm' },
    path: [at(20), at(60)].map((end) => end.map((degrees) => Number(degrees.toFixed(6)))),
  });

  server.trouble = 'error';
  const fallen = { by: 'offline', fellBack: true, message: expect.stringContaining('routed offline') };
  const back = await ranked(desk);
  expect(back.routed).toEqual(fallen);
  expect(etas(back)).toEqual(offline);
  expect(await desk.window().call('route', ends)).toMatchObject({ state: 'found', routed: fallen });
});
