import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { GlMap } from './gl-port.ts';
import { createGlPort } from './gl-port.ts';
import type { MapPort, PlaceName, PortOptions } from './port.ts';
import { backgroundSource } from './port.ts';

/** Opens the engine that needs no network and no token. */
export const openMapLibre = ({ container, basemap, centre, zoom, inSoftware }: PortOptions): MapPort => {
  // On a scheme of our own the engine cannot find its worker by itself.
  setWorkerUrl(new URL(workerUrl, location.href).href);
  const map = new MapLibreMap({
    container,
    style: basemap.offline,
    center: [...centre],
    zoom,
    minZoom: 8,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    // The board binds its own keys; two owners of one arrow key would fight.
    keyboard: false,
    fadeDuration: 0,
    canvasContextAttributes: { antialias: false },
    // A little softer there, and drawn in half the time; what is live lies sharp on top.
    ...(inSoftware ? { pixelRatio: 0.75 } : {}),
  });
  map.touchZoomRotate.disableRotation();
  let { places } = basemap;
  // Asked to refresh everything, the engine waits for ever on a tile that failed; asked for that tile by its id, it loads it.
  const failed = new Map<string, { readonly x: number; readonly y: number; readonly z: number }>();
  map.on('error', (event) => {
    const { tile } = event as unknown as {
      readonly tile?: { readonly tileID: { readonly canonical: { readonly x: number; readonly y: number; readonly z: number } } };
    };
    if (!tile) return;
    const { x, y, z } = tile.tileID.canonical;
    failed.set(`${z}/${x}/${y}`, { x, y, z });
  });
  return createGlPort(map as unknown as GlMap, {
    engine: 'maplibre',
    inSoftware,
    setBasemap: (next) => {
      places = next.places;
      failed.clear();
      map.setStyle(next.offline, { diff: false });
    },
    placeNames: () => {
      if (!places || !map.getSource(backgroundSource)) return [];
      const { layer, kinds, city, lesser } = places;
      const zoom = map.getZoom();
      const found = new Map<string, PlaceName>();
      for (const { geometry, properties } of map.querySourceFeatures(backgroundSource, { sourceLayer: layer })) {
        const said = kinds.map((name) => String(properties[name]));
        const isCity = city.some((word) => said.includes(word));
        const isLesser = lesser.some((word) => said.includes(word));
        const name: unknown = properties['name'];
        if (typeof name !== 'string' || geometry.type !== 'Point' || !(isCity ? zoom < 11 : zoom < 15.5 && isLesser)) continue;
        const [longitude = 0, latitude = 0] = geometry.coordinates;
        found.set(name, { name, position: [longitude, latitude], isCity });
      }
      return [...found.values()];
    },
    retryTiles: () => {
      if (!map.getSource(backgroundSource)) return;
      const again = [...failed.values()];
      failed.clear();
      if (again.length > 0) map.refreshTiles(backgroundSource, again);
    },
    refusal: () => null,
  });
};
