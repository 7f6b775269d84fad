import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { addressAt, readAddresses } from '#geo/addresses.ts';
import { startDesk } from '../testing/peer.ts';
import { createTroubles } from '../troubles.ts';
import { type CityPlace, createCityThread } from './city-thread.ts';
import { cityThreadSource, writeCityFiles } from './testing/city-files.ts';

const begin = (place: CityPlace | undefined) => {
  const clock = createFakeClock(1_000_000);
  const stationClock = { ...clock, wallNow: clock.now, monotonicNow: clock.now };
  const troubles = createTroubles(clock.now, () => undefined, clock.after);
  const thread = createCityThread({ place, clock: stationClock, troubles, log: () => undefined });
  onTestFinished(thread.stop);
  return { clock, thread, told: () => troubles.list().map(({ code, message }) => `${code}: ${message}`) };
};
const filesFor = (seed = 1) => {
  const { city, place } = writeCityFiles(seed);
  onTestFinished(() => rmSync(place.directory, { recursive: true, force: true }));
  return { city, place };
};

test('a thread answers searches and ways, and several at once', async () => {
  const { city, place } = filesFor();
  const { thread, told } = begin(place);
  const [house, ...ends] = [0, 100, 300].map((at) => addressAt(readAddresses(city.addresses), at));
  const [found, way, far] = await Promise.all([
    thread.ask('search', { text: `${house?.street} ${house?.number}`, most: 1 }),
    thread.ask('route', { from: ends[0]?.position ?? [0, 0], to: ends[1]?.position ?? [0, 0] }),
    thread.ask('route', { from: [0, 0], to: ends[1]?.position ?? [0, 0] }),
  ]);
  expect(found).toMatchObject({ state: 'found', matches: [{ kind: 'address', text: `${house?.street} ${house?.number}` }] });
  expect(way).toMatchObject({ state: 'found', seconds: expect.any(Number) });
  expect(far).toEqual({ state: 'none', reason: 'offRoad' });
  expect(told()).toEqual([]);
});

test('without files, and without a place for them, every question is answered, and so it stands on the strip', async () => {
  const message = 'The map data of the city are not on this desk: addresses are not found and driving times are not known.';
  for (const place of [undefined, { thread: cityThreadSource, directory: '/nowhere/at/all' }]) {
    const { thread, told } = begin(place);
    const answers = await Promise.all([thread.ask('search', { text: 'x' }), thread.ask('search', { text: 'y' })]);
    expect(answers).toEqual(Array(2).fill({ state: 'unavailable', reason: 'missing', message }));
    expect(told()).toEqual([`city: ${message}`]);
  }
});

test('a damaged file is said, and read again when it has been mended', async () => {
  const { city, place } = filesFor();
  truncateSync(join(place.directory, 'roads.bin'), 1_000);
  const { clock, thread, told } = begin(place);
  const message = 'The map data of the city cannot be read: addresses are not found and driving times are not known.';
  const unavailable = { state: 'unavailable', reason: 'damaged', message };
  expect(await thread.ask('search', { text: 'Street 1' })).toEqual(unavailable);
  writeFileSync(join(place.directory, 'roads.bin'), city.roadGraph);
  expect(await thread.ask('search', { text: 'Street 1' })).toEqual(unavailable);
  clock.advance(30_000);
  expect(await thread.ask('search', { text: 'Street 1' })).toMatchObject({ state: 'found' });
  expect(told()).toEqual([]);
});

test('places that are not JSON, or a graph with a changed byte, are damaged as well', async () => {
  const { city, place } = filesFor();
  writeFileSync(join(place.directory, 'places.json'), '{');
  expect(await begin(place).thread.ask('search', { text: '' })).toMatchObject({ reason: 'damaged' });
  writeFileSync(join(place.directory, 'places.json'), JSON.stringify(city.places));
  const bytes = city.roadGraph.slice();
  bytes[200] = (bytes[200] as number) ^ 1;
  writeFileSync(join(place.directory, 'roads.bin'), bytes);
  expect(await begin(place).thread.ask('search', { text: '' })).toMatchObject({ reason: 'damaged' });
});

test('a question that breaks is answered as such, and the others as ever', async () => {
  const { place } = filesFor();
  const { clock, thread, told } = begin(place);
  const unanswered = 'A question about the city could not be answered on this desk.';
  const [broken, other] = [thread.ask('search', null as never), thread.ask('search', { text: 'Street 1' })];
  expect(await broken).toEqual({ state: 'unavailable', reason: 'failed', message: unanswered });
  expect(await other).toMatchObject({ state: 'found' });
  expect(told()).toEqual([`cityQuestion: ${unanswered}`]);
  clock.advance(600_000);
  expect(told()).toEqual([]);
});

test('a thread that hangs or dies answers all that waited, and the next question starts another', async () => {
  const { place } = filesFor();
  const { clock, thread, told } = begin(place);
  const failed = { state: 'unavailable', reason: 'failed', message: expect.stringContaining('starts again by itself') };
  const hung = [thread.ask('search', { text: 'Street 2' }), thread.ask('search', { text: 'Street 1' })];
  clock.advance(10_000);
  expect(await Promise.all(hung)).toEqual([failed, failed]);
  expect(await thread.ask('search', { text: 'Street 1' })).toEqual(failed);
  expect(told()).toHaveLength(1);
  clock.advance(5_000);
  expect(await thread.ask('search', { text: 'Street 1' })).toMatchObject({ state: 'found' });
  expect(told()).toEqual([]);

  const source =
    'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { throw new Error("gone"); });';
  const dying = begin({ ...place, thread: new URL(`data:text/javascript,${encodeURIComponent(source)}`) });
  expect(await dying.thread.ask('search', { text: 'Street 1' })).toEqual(failed);
});

test('a stopped thread answers what waits, and everything after', async () => {
  const { place } = filesFor();
  const { thread } = begin(place);
  const waiting = thread.ask('search', { text: 'Street 1' });
  thread.stop();
  expect(await waiting).toMatchObject({ state: 'unavailable' });
  expect(await thread.ask('search', { text: 'Street 1' })).toMatchObject({ state: 'unavailable' });
});

test('a window searches over its port: only the newest of what it typed is searched for', async () => {
  const { city, place } = filesFor(2);
  const desk = await startDesk({ city: place });
  onTestFinished(desk.end);
  const window = desk.window();
  const house = addressAt(readAddresses(city.addresses), 40);
  const lines = ['S', 'St', 'Str', `${house?.street} ${house?.number}`];
  const answers = await Promise.all(lines.map((text) => window.call('searchAddress', { text })));
  expect(answers.map((answer) => (answer as { state: string }).state)).toEqual(['found', 'superseded', 'superseded', 'found']);
  expect(answers[3]).toMatchObject({ matches: [{ text: `${house?.street} ${house?.number}` }, ...Array(7).fill({})] });
  const to = house?.position;
  expect(await window.call('route', { from: to, to })).toMatchObject({ state: 'found', seconds: 0, metres: 0 });
});

test('a desk without a city serves its windows as before', async () => {
  const desk = await startDesk();
  onTestFinished(desk.end);
  expect(await desk.window().call('searchAddress', { text: 'x' })).toMatchObject({ state: 'unavailable', reason: 'missing' });
  desk.clock.advance(1_000);
  expect(
    desk
      .window()
      .frame()
      .troubles.map(({ code }) => code),
  ).toEqual(['city']);
});
