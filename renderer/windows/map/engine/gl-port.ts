/** The large part that MapLibre and Mapbox have in common, written once against the few methods used. */
import type { LayerSpecification } from 'maplibre-gl';
import type { Id, Position } from '#domain/model/values.ts';
import type { MapEvents, MapPort, Overlay } from './port.ts';
import { toLineCollection, toPointCollection } from './translate-diff.ts';

type Coordinates = { readonly lng: number; readonly lat: number };
type Pixel = { readonly x: number; readonly y: number };
type GlSource = { readonly setData: (data: unknown) => unknown };
type GlEvent = {
  readonly originalEvent?: unknown;
  readonly point?: Pixel;
  readonly lngLat?: Coordinates;
  readonly sourceId?: string;
  readonly tile?: unknown;
  readonly error?: { readonly message?: string; readonly status?: number };
};
/** The methods both engines have under the same name with the same meaning. */
export type GlMap = {
  readonly on: (event: string, take: (event: GlEvent) => void) => unknown;
  readonly off: (event: string, take: (event: GlEvent) => void) => unknown;
  readonly addSource: (id: string, source: unknown) => unknown;
  readonly getSource: (id: string) => GlSource | undefined;
  readonly addLayer: (layer: unknown) => unknown;
  readonly getLayer: (id: string) => unknown;
  readonly hasImage: (id: string) => boolean;
  readonly addImage: (id: string, image: unknown, options: { pixelRatio: number }) => unknown;
  readonly queryRenderedFeatures: (
    area: unknown,
    options: { layers: string[] },
  ) => readonly {
    readonly properties: Readonly<Record<string, unknown>> | null;
    readonly layer?: { readonly id: string } | undefined;
  }[];
  readonly fitBounds: (bounds: unknown, options: unknown) => unknown;
  readonly getCenter: () => Coordinates;
  readonly getBounds: () => { getWest: () => number; getSouth: () => number; getEast: () => number; getNorth: () => number };
  readonly getZoom: () => number;
  readonly easeTo: (options: unknown) => unknown;
  readonly zoomTo: (zoom: number, options: unknown) => unknown;
  readonly project: (position: [number, number]) => Pixel;
  readonly getCanvas: () => HTMLCanvasElement;
  readonly remove: () => void;
};
export type GlError = NonNullable<GlEvent['error']>;

/** What an engine says of its own. */
export type GlDifferences = Pick<MapPort, 'engine' | 'setBasemap' | 'update' | 'retryTiles'> & {
  /** Turns a layer into what this engine reads. */
  readonly layer: (layer: LayerSpecification) => unknown;
  readonly source: Readonly<Record<string, unknown>>;
  /** Whether an error means that the engine is of no use any more. */
  readonly refusal: (error: GlError, sourceId: string | undefined) => MapEvents['refused'] | null;
};

const easing = (): { duration: number } => ({ duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120 });

/** Joins the common part with what differs. */
export const createGlPort = (map: GlMap, own: GlDifferences): MapPort => {
  // Whatever source is not ours belongs to the background, whoever made it.
  const ours = new Set<string>();
  const isBackground = (sourceId: string | undefined): boolean => sourceId !== undefined && !ours.has(sourceId);
  const listen = (event: string, take: (event: GlEvent) => void): (() => void) => {
    map.on(event, take);
    return () => map.off(event, take);
  };
  const listeners: { readonly [E in keyof MapEvents]: (take: (value: MapEvents[E]) => void) => () => void } = {
    styled: (take) => listen('style.load', () => take(undefined)),
    gesture: (take) => listen('movestart', (event) => event.originalEvent && take(undefined)),
    moved: (take) => listen('moveend', () => take(undefined)),
    clicked: (take) =>
      listen(
        'click',
        ({ point, lngLat }) => point && lngLat && take({ at: { x: point.x, y: point.y }, position: [lngLat.lng, lngLat.lat] }),
      ),
    hovered: (take) => listen('mousemove', ({ point }) => point && take({ x: point.x, y: point.y })),
    tileFailed: (take) =>
      listen('error', ({ error, sourceId }) => isBackground(sourceId) && take({ message: error?.message ?? 'unknown' })),
    faulted: (take) =>
      listen('error', ({ error, sourceId }) => !isBackground(sourceId) && take({ message: error?.message ?? 'unknown' })),
    tileLoaded: (take) => listen('data', ({ sourceId, tile }) => isBackground(sourceId) && tile && take(undefined)),
    refused: (take) =>
      listen('error', ({ error, sourceId }) => {
        const refusal = error ? own.refusal(error, sourceId) : null;
        if (refusal) take(refusal);
      }),
  };
  return {
    engine: own.engine,
    setBasemap: own.setBasemap,
    update: own.update,
    addOverlay: ({ sources, layers }: Overlay) => {
      for (const id of sources) {
        ours.add(id);
        if (!map.getSource(id)) map.addSource(id, { type: 'geojson', data: toPointCollection([]), ...own.source });
      }
      for (const layer of layers) if (!map.getLayer(layer.id)) map.addLayer(own.layer(layer));
    },
    addImage: (id, image, pixelRatio) => void map.addImage(id, image, { pixelRatio }),
    hasImage: (id) => map.hasImage(id),
    setPoints: (source, features) => void map.getSource(source)?.setData(toPointCollection(features)),
    setLines: (source, features) => void map.getSource(source)?.setData(toLineCollection(features)),
    on: (event, take) => listeners[event](take),
    featuresAt: ({ x, y }, layers, radius) => {
      const standing = layers.filter((layer) => map.getLayer(layer));
      if (standing.length === 0) return [];
      const found = new Map<Id, string>();
      const area = [
        [x - radius, y - radius],
        [x + radius, y + radius],
      ];
      for (const { properties, layer } of map.queryRenderedFeatures(area, { layers: standing })) {
        const id = properties?.['id'];
        if (typeof id === 'string' && layer && !found.has(id)) found.set(id, layer.id);
      }
      return [...found].map(([id, layer]) => ({ id, layer }));
    },
    fit: (bounds, padding, maximumZoom) => void map.fitBounds(bounds, { padding, maxZoom: maximumZoom, ...easing() }),
    view: () => {
      const bounds = map.getBounds();
      return [
        [bounds.getWest(), bounds.getSouth()],
        [bounds.getEast(), bounds.getNorth()],
      ];
    },
    centre: (): Position => {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    },
    zoom: () => map.getZoom(),
    moveTo: (position) => void map.easeTo({ center: position, ...easing() }),
    zoomBy: (steps) => void map.zoomTo(map.getZoom() + steps, easing()),
    project: ([longitude, latitude]) => map.project([longitude, latitude]),
    setCursor: (cursor) => {
      map.getCanvas().style.cursor = cursor;
    },
    retryTiles: own.retryTiles,
    destroy: () => map.remove(),
  };
};
