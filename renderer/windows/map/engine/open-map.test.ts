import { expect, test } from 'vitest';
import { mapboxRefusal } from './mapbox-refusal.ts';
import { openMap } from './open-map.ts';
import type { MapEvents, MapPort } from './port.ts';

/** An engine that draws nothing and says what it was asked. */
const engine = (name: MapPort['engine'], said: string[]) => {
  const refusals: ((value: MapEvents['refused']) => void)[] = [];
  const port = {
    engine: name,
    on: (event: string, take: (value: MapEvents['refused']) => void) => {
      if (event === 'refused') refusals.push(take);
      return () => undefined;
    },
    destroy: () => said.push(`${name} destroyed`),
  } as unknown as MapPort;
  return { port, refuse: (value: MapEvents['refused']) => refusals.forEach((take) => void take(value)) };
};
const open = (token: string | null, online: 'absent' | 'works' | 'fails') => {
  const said: string[] = [];
  const box = engine('mapbox', said);
  const close = openMap(
    {
      offline: () => engine('maplibre', said).port,
      online:
        online === 'absent'
          ? null
          : () => (online === 'works' ? Promise.resolve(box.port) : Promise.reject(new TypeError('Failed to fetch'))),
    },
    {
      container: { replaceChildren: () => said.push('emptied') } as unknown as HTMLElement,
      basemap: { offline: { version: 8, sources: {}, layers: [] }, places: null, online: 'mapbox://styles/mapbox/dark-v11' },
      centre: [0, 0],
      zoom: 10,
      inSoftware: false,
      token,
      onPort: (port) => said.push(port.engine),
      onLost: () => said.push('lost'),
      onRefused: (reason) => said.push(`refused: ${reason}`),
    },
  );
  return { said, box, close };
};
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('without a token nothing but the offline engine is opened', async () => {
  const { said } = open(null, 'works');
  await settle();
  expect(said).toEqual(['maplibre']);
});
test('a build without the online engine says so and draws the offline map', () => {
  expect(open('pk.any', 'absent').said).toEqual(['emptied', 'refused: notBuilt', 'maplibre']);
});
test('an engine that cannot be loaded is replaced', async () => {
  const { said } = open('pk.any', 'fails');
  await settle();
  expect(said).toEqual(['emptied', 'refused: unreachable', 'maplibre']);
});
test('a token refused by the service takes the online map away once, however often it is refused', async () => {
  const { said, box } = open('pk.dummy', 'works');
  await settle();
  const refusal = mapboxRefusal({ status: 401, message: 'Unauthorized' }, false);
  if (!refusal) throw new Error('not a refusal');
  box.refuse(refusal);
  box.refuse(refusal);
  await settle();
  expect(said).toEqual(['mapbox', 'lost', 'mapbox destroyed', 'emptied', 'refused: token', 'maplibre']);
});
test('a map closed while its engine was loading never opens', async () => {
  const { said, close } = open('pk.any', 'works');
  close();
  await settle();
  expect(said).toEqual(['mapbox destroyed']);
});
