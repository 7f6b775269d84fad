/**
 * One way to draw a moving fleet, told by `?with=`: `feed` takes what is told and draws nothing, which is what every other way
 * pays as well; `vigil` is the product's own map; `setdata` and `setdata-labels` hand the engine a new source each second;
 * `leaflet` moves circles on its canvas; `desk` is the product's whole dispatch board, with records that change, and keys.
 * All but `feed` and `leaflet` have the same city under them.
 */
import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as EngineMap, type GeoJSONSource, type LayerSpecification, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Id } from '#domain/model/values.ts';
import { patchLatest } from '#renderer/client/fed.ts';
import { createWindowStore, type ReceivedFix, type RecordTables, type WindowStore } from '#renderer/state/store.ts';
import { basemap } from '#renderer/windows/map/basemap.ts';
import { drawsInSoftware } from '#renderer/windows/map/engine/software-gl.ts';
import { createLiveMap } from '#renderer/windows/map/live-map.ts';
import { readPalette } from '#renderer/windows/map/palette.ts';
import { frameOf, inventTables } from '#renderer/windows/map/testing/invented.ts';
import { fetchTileSet } from '#renderer/windows/map/tile-set.ts';
import '#renderer/styles/index.css';
import '#renderer/windows/map/map.css';
import { incidentsOf, openDesk } from './desk.ts';
import { type Fed, fedChannel, placesOf } from './fed.ts';
import type { Leaflet } from './leaflet.ts';
import { benchRoads } from './roads.ts';

type Collection = Extract<Parameters<GeoJSONSource['setData']>[0], { type: 'FeatureCollection' }>;
type Fixes = ReadonlyMap<Id, ReceivedFix>;
type Way = { readonly take: (fixes: Fixes) => void };
/** What the runner reads. `observed` is the oldest moment of a fix among those on screen, null before the first. */
export type Measure = {
  tasks: number[];
  ages: number[];
  updates: number;
  /** How long each key waited until what it does was done, ms. */
  keys: number[];
};

const measure: Measure = { tasks: [], ages: [], updates: 0, keys: [] };
Object.assign(globalThis, { measure });
let shownSince: number | null = null;
const nowShown = (observedAt: number): void => {
  requestAnimationFrame(() =>
    setTimeout(() => {
      shownSince = observedAt;
    }, 0),
  );
};
const newestOf = (fixes: Fixes): number =>
  Math.max(...[...fixes.values()].map(({ observedAt, receivedAt }) => Math.min(observedAt, receivedAt)));

const asked = new URLSearchParams(location.search);
const units = Number(asked.get('units'));
const centre: [number, number] = [-56.17, -34.86];
const zoom = 11.5;
const { hospitals, points } = await placesOf();
const { tables, fixes: first } = inventTables(
  units,
  points,
  hospitals,
  Date.now(),
  ...(asked.get('with') === 'desk' ? [incidentsOf(units)] : []),
);

const box = document.createElement('div');
box.style.cssText = 'position:fixed;inset:0';
document.body.append(box);

const collectionOf = (records: RecordTables, fixes: Fixes): Collection => ({
  type: 'FeatureCollection',
  features: [...records.unit.values()].flatMap(({ record: unit }) => {
    const fix = fixes.get(unit.id);
    return fix
      ? [
          {
            type: 'Feature' as const,
            id: unit.id,
            properties: { callsign: unit.callsign, busy: unit.assignmentId !== null, heading: fix.heading },
            geometry: { type: 'Point' as const, coordinates: [...fix.position] },
          },
        ]
      : [];
  }),
});

const withEngine = async (labelled: boolean): Promise<Way> => {
  const tileBase = new URL('/tiles', location.href).href;
  const set = await fetchTileSet(tileBase);
  return new Promise((resolve) => {
    setWorkerUrl(new URL(workerUrl, location.href).href);
    const palette = readPalette(document.documentElement);
    const style = basemap({ palette, tileBase, theme: 'dark', set, detail: drawsInSoftware() ? 'plain' : 'full' }).offline;
    const map = new EngineMap({
      container: box,
      style,
      center: centre,
      zoom,
      attributionControl: false,
      fadeDuration: 0,
      pixelRatio: 0.75,
    });
    const layers: readonly LayerSpecification[] = [
      {
        id: 'units',
        type: 'circle',
        source: 'units',
        paint: {
          'circle-radius': 6,
          'circle-color': ['case', ['get', 'busy'], palette.busy, palette.bright],
          'circle-stroke-width': 2,
          'circle-stroke-color': palette.halo,
        },
      },
      {
        id: 'callsigns',
        type: 'symbol',
        source: 'units',
        layout: {
          'text-field': ['get', 'callsign'],
          'text-font': ['Noto Sans Medium'],
          'text-size': 13,
          'text-offset': [0, 1.2],
        },
        paint: { 'text-color': palette.text },
      },
    ];
    map.once('load', () => {
      map.addSource('units', { type: 'geojson', data: collectionOf(tables, first) });
      for (const layer of layers.slice(0, labelled ? 2 : 1)) map.addLayer(layer);
      let waiting: number | null = null;
      map.on('render', () => {
        if (waiting === null || !map.isSourceLoaded('units')) return;
        nowShown(waiting);
        waiting = null;
      });
      resolve({
        take: (fixes) => {
          map.getSource<GeoJSONSource>('units')?.setData(collectionOf(tables, fixes));
          waiting = newestOf(fixes);
        },
      });
    });
  });
};

const storeOf = (): WindowStore => {
  const store = createWindowStore({
    board: 'map',
    theme: 'dark',
    locale: 'en',
    mapboxToken: null,
    versions: {},
    wall: { diagonalInches: 55, distanceMetres: 6, assumed: true },
  });
  const beat = (): void => store.setState({ frame: frameOf('live', Date.now()), frameAt: performance.now() });
  beat();
  setInterval(beat, 1000);
  store.setState({ records: tables, positions: first, station: { state: 'running', message: null } });
  return store;
};
const whenMarked = (root: HTMLElement): void =>
  new MutationObserver(() => nowShown(Number(root.dataset['newestFix']))).observe(root, { attributeFilter: ['data-newest-fix'] });

const withVigil = async (): Promise<Way> => {
  const store = storeOf();
  const nothing = (): void => undefined;
  const root = document.createElement('div');
  root.className = 'map-view';
  root.style.cssText = 'position:absolute;inset:0';
  const canvas = document.createElement('div');
  canvas.className = 'map-canvas';
  root.append(canvas);
  box.append(root);
  createLiveMap(canvas, root, store, benchRoads, {
    picked: nothing,
    restedOver: nothing,
    coverChanged: nothing,
    followChanged: nothing,
    scaleChanged: nothing,
    tilesChanged: nothing,
    tileSetKnown: nothing,
    engineRefused: nothing,
    impossible: nothing,
    faulted: (message) => console.error(message),
    summarised: nothing,
  });
  whenMarked(root);
  return { take: (positions) => store.setState({ positions }) };
};

const withDesk = async (): Promise<Way> => {
  const store = storeOf();
  box.id = 'root';
  whenMarked(await openDesk(box, store));
  return { take: (positions) => store.setState({ positions }) };
};

/** Empty where Leaflet is not installed. */
const installed = import.meta.glob<Leaflet>('./peers/node_modules/leaflet/dist/leaflet-src.esm.js', { exhaustive: true });
import.meta.glob('./peers/node_modules/leaflet/dist/leaflet.css', { exhaustive: true, eager: true });

const withLeaflet = async (): Promise<Way> => {
  const [leaflet] = await Promise.all(Object.values(installed).map((load) => load()));
  if (!leaflet) throw new Error('Leaflet is not installed.');
  const map = leaflet.map(box, { renderer: leaflet.canvas(), zoomControl: false }).setView([centre[1], centre[0]], zoom + 1);
  const marks = new Map(
    [...first.values()].map(({ unitId, position: [longitude, latitude] }) => [
      unitId,
      leaflet.circleMarker([latitude, longitude], { radius: 6, weight: 2 }).addTo(map),
    ]),
  );
  return {
    take: (fixes) => {
      for (const [
        id,
        {
          position: [longitude, latitude],
        },
      ] of fixes)
        marks.get(id)?.setLatLng([latitude, longitude]);
      nowShown(newestOf(fixes));
    },
  };
};

const ways: Readonly<Record<string, () => Way | Promise<Way>>> = {
  feed: () => ({ take: (fixes) => nowShown(newestOf(fixes)) }),
  vigil: withVigil,
  desk: withDesk,
  setdata: () => withEngine(false),
  'setdata-labels': () => withEngine(true),
  leaflet: withLeaflet,
};
const way = await ways[asked.get('with') ?? '']?.();
if (!way) throw new Error('no such way to draw');
let latest: Fixes = first;
new BroadcastChannel(fedChannel).onmessage = ({ data }: MessageEvent<Fed>) => {
  latest = patchLatest(latest, data.fixes, ({ unitId }) => unitId);
  measure.updates += 1;
  way.take(latest);
};
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) measure.tasks.push(duration);
}).observe({ entryTypes: ['longtask'] });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as PerformanceEventTiming[])
    if (entry.name === 'keydown') measure.keys.push(entry.processingEnd - entry.startTime);
}).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
setInterval(() => shownSince !== null && measure.ages.push(Date.now() - shownSince), 20);
document.documentElement.dataset['ready'] = '';
