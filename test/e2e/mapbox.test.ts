/** The online map engine in a build that carries it, on a desk that never reaches its service: every request stays on this machine. */
import { execFile } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page, Route } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Desk, openDesk, temporaryDirectory } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { startBackend } from '#tools/launch.ts';
import { projectDirectory } from '#tools/places.ts';
import { createProcessOwner } from '#tools/processes.ts';

const processes = createProcessOwner();
const token = 'pk.dummy';
const sentences = {
  token: "The online map refused this desk's token; the offline map is shown.",
  unreachable: 'The online map cannot be reached; the offline map is shown.',
  notBuilt: 'This build carries no online map; the offline map is shown.',
};
let electron: ElectronRuntime;
let display: string | undefined;
let backend: string;
/** An application directory like the checkout, whose `out` was built with the online engine. */
let application: Awaited<ReturnType<typeof temporaryDirectory>>;

const buildWithMapbox = async (directory: string): Promise<void> => {
  for (const shared of ['package.json', 'node_modules', 'resources'])
    symlinkSync(join(projectDirectory, shared), join(directory, shared));
  const builder = join(projectDirectory, 'node_modules/electron-vite/bin/electron-vite.js');
  await promisify(execFile)(process.execPath, [builder, 'build', '--outDir', join(directory, 'out'), '--logLevel', 'error'], {
    cwd: projectDirectory,
    env: { ...process.env, NODE_ENV: 'production', VIGIL_MAPBOX: '1' },
  });
};

beforeAll(async () => {
  [electron, application] = await Promise.all([resolveElectron(), temporaryDirectory()]);
  display = (await withDisplay(processes)).display;
  await buildWithMapbox(application.path);
  backend = (await startBackend(processes, { simulator: { seed: 7 }, data: join(application.path, 'hospital'), log: 'silent' }))
    .url;
});
afterAll(async () => {
  await processes.stopAll();
  await application?.remove();
});

type Service = (route: Route) => Promise<void>;
/** A desk with a token and its map alone. Requests to the service go to `service`; without one its names are not to be found. */
const openMapDesk = async (directory: string, service?: Service): Promise<{ desk: Desk; map: Page; asked: string[] }> => {
  const data = await temporaryDirectory();
  const desk = await openDesk({
    electron: { ...electron, argumentsFor: () => electron.argumentsFor(directory) },
    display,
    backend,
    data: data.path,
    arguments: ['--board=map', '--host-resolver-rules=MAP *.mapbox.com ~NOTFOUND'],
    env: { VIGIL_MAPBOX_TOKEN: token },
  });
  onTestFinished(async () => {
    await desk.close();
    await data.remove();
  });
  const asked: string[] = [];
  desk.app.context().on('request', (request) => {
    const { protocol, host, pathname } = new URL(request.url());
    if (protocol === 'https:') asked.push(`${host}${pathname}`);
  });
  if (service) await desk.app.context().route(/^https:/, service);
  return { desk, map: await desk.page('map'), asked };
};
const shows = (map: Page, engine: 'mapbox' | 'maplibre'): Promise<unknown> =>
  map.waitForSelector(`[data-map-board][data-engine="${engine}"]:not([data-units="0"])[data-units]`, { timeout: 15_000 });
/** A desk that fell back: its sentence, the offline engine, units that go on being painted, and a ground that draws. */
const fellBack = async (map: Page, sentence: string): Promise<void> => {
  await map.waitForFunction((wanted) => document.querySelector('.map-banners')?.textContent === wanted, sentence, {
    timeout: 15_000,
  });
  await shows(map, 'maplibre');
  const board = map.locator('[data-map-board]');
  const painted = Number(await board.getAttribute('data-painted-rev'));
  await map.waitForFunction(
    (before) => Number(document.querySelector<HTMLElement>('[data-map-board]')?.dataset['paintedRev']) > before,
    painted,
  );
  expect(await map.locator('.map-ground .maplibregl-canvas').count()).toBe(1);
  expect(await map.locator('.map-ground .mapboxgl-canvas').count()).toBe(0);
};

describe('a build with the online engine', () => {
  test('a token refused with 401: the sentence, the offline map, units all the while', async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const { map, asked } = await openMapDesk(application.path, async (route) => {
      await mayAnswer;
      await route.fulfill({ status: 401, json: { message: 'Not Authorized - Invalid Token' } });
    });
    await shows(map, 'mapbox');
    expect(await map.locator('.map-ground .mapboxgl-canvas').count()).toBe(1);
    answer();
    await fellBack(map, sentences.token);
    expect(asked).toContain('api.mapbox.com/styles/v1/mapbox/dark-v11');
  });

  test('a style that loads is drawn by the online engine; a session refused afterwards takes it away', async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const { map } = await openMapDesk(application.path, async (route) => {
      if (route.request().url().includes('/styles/')) {
        const ground = { id: 'ground', type: 'background', paint: { 'background-color': '#123456' } };
        return route.fulfill({ json: { version: 8, sources: {}, layers: [ground] } });
      }
      await mayAnswer;
      await route.fulfill({ status: 401, json: { message: 'Not Authorized - Invalid Token' } });
    });
    await shows(map, 'mapbox');
    answer();
    await fellBack(map, sentences.token);
  });

  test('a service that never answers is given up after 8 s; the units are on the map before', async () => {
    const { map } = await openMapDesk(application.path, () => new Promise(() => undefined));
    await shows(map, 'mapbox');
    await fellBack(map, sentences.unreachable);
  });

  test('no network: the sentence and the offline map', async () => {
    const { map, asked } = await openMapDesk(application.path);
    await fellBack(map, sentences.unreachable);
    expect(asked).toContain('api.mapbox.com/styles/v1/mapbox/dark-v11');
  });
});

test('a default build carries no code of it, says so when there is a token, and asks nobody', async (context) => {
  if (process.env['VIGIL_MAPBOX'] === '1') return context.skip('this checkout was built with the online engine');
  const { map, asked } = await openMapDesk(projectDirectory);
  await fellBack(map, sentences.notBuilt);
  expect(asked).toEqual([]);
  const mapbox = (directory: string): readonly string[] =>
    readdirSync(join(directory, 'out/renderer/assets')).filter((file) => file.startsWith('mapbox'));
  expect({ carried: mapbox(application.path).length, carriedByDefault: mapbox(projectDirectory) }).toEqual({
    carried: 2,
    carriedByDefault: [],
  });
});
