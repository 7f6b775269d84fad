/** The map board over an invented fleet, for looking at. `?units=40&incidents=12&theme=dark&link=live&locale=en&token=&hz=1&ringing=2&history=none` */
import { createRoot } from 'react-dom/client';
import type { Position } from '#domain/model/values.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import { WindowContext } from '../../../renderer/state/hooks.ts';
import { createWindowStore } from '../../../renderer/state/store.ts';
import { Shell } from '../../../renderer/ui/shell.tsx';
import { MapBoard } from '../../../renderer/windows/map/board.tsx';
import { frameOf, inventTables, moveFixes } from '../../../renderer/windows/map/testing/invented.ts';
import { pretendClient, ring } from './pretend-client.ts';
import { pretendHistory } from './pretend-history.ts';

const asked = new URLSearchParams(location.search);
const units = Number(asked.get('units') ?? 40);
const link = asked.get('link') === 'offline' ? 'offline' : 'live';
const store = createWindowStore({
  board: 'map',
  theme: asked.get('theme') === 'light' ? 'light' : 'dark',
  locale: asked.get('locale') ?? 'en',
  mapboxToken: asked.get('token'),
  wall: { diagonalInches: 55, distanceMetres: 6, assumed: true },
  versions: {},
});
const roads = (await (await fetch('/places.json')).json()) as {
  hospitals: { name: string; lon: number; lat: number }[];
  points: [number, number][];
};
const incidents = asked.get('incidents');
const { tables, fixes } = inventTables(
  units,
  roads.points,
  roads.hospitals,
  Date.now(),
  ...(incidents === null ? [] : [Number(incidents)]),
);
store.setState({
  records: tables,
  positions: fixes,
  station: { state: 'running', message: null },
  frame: frameOf(link, Date.now()),
  frameAt: performance.now(),
});
setInterval(() => store.setState({ frame: frameOf(link, Date.now()), frameAt: performance.now() }), 1000);
const hz = Number(asked.get('hz') ?? 1);
if (link === 'live' && hz > 0)
  setInterval(() => store.setState({ positions: moveFixes(store.getState().positions, Date.now()) }), 1000 / hz);

const askRoads = async <T,>(question: 'route' | 'isochrone', ask: unknown): Promise<T> =>
  (await (await fetch('/roads', { method: 'POST', body: JSON.stringify({ question, ask }) })).json()) as T;
const freePositions = (): readonly Position[] => {
  const { records, positions } = store.getState();
  return [...(records?.unit.values() ?? [])]
    .filter(({ record }) => isFree(record.status))
    .flatMap(({ record }) => {
      const fix = positions.get(record.id);
      return fix ? [fix.position] : [];
    });
};
const client = pretendClient(store, link === 'offline', {
  route: async (from, to) => askRoads('route', { from, to }),
  cover: async (minutes) => askRoads('isochrone', { from: freePositions(), minutes }),
  replay: pretendHistory(tables, fixes, Date.now(), asked.get('history') !== 'none'),
});
if (asked.has('ringing')) ring(store, Number(asked.get('ringing')), roads.points);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <WindowContext value={{ store, client }}>
      <Shell>
        <MapBoard />
      </Shell>
    </WindowContext>,
  );
}
