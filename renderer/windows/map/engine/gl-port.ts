/** The large part that MapLibre and Mapbox have in common, written once against the few methods used. */
import type { Position } from '#domain/model/values.ts';
import type { MapEvents, MapPort } from './port.ts';

type Coordinates = { readonly lng: number; readonly lat: number };
type Pixel = { readonly x: number; readonly y: number };
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
  readonly fitBounds: (bounds: unknown, options: unknown) => unknown;
  readonly getCenter: () => Coordinates;
  readonly getBounds: () => { getWest: () => number; getSouth: () => number; getEast: () => number; getNorth: () => number };
  readonly getZoom: () => number;
  readonly easeTo: (options: unknown) => unknown;
  readonly zoomTo: (zoom: number, options: unknown) => unknown;
  readonly getCanvas: () => HTMLCanvasElement;
  readonly remove: () => void;
};
export type GlError = NonNullable<GlEvent['error']>;

/** What an engine says of its own. */
export type GlDifferences = Pick<MapPort, 'engine' | 'setBasemap' | 'retryTiles' | 'placeNames'> & {
  /** Whether an error means that the engine is of no use any more. */
  readonly refusal: (error: GlError) => MapEvents['refused'] | null;
  readonly inSoftware: boolean;
};

/** Joins the common part with what differs. */
export const createGlPort = (map: GlMap, own: GlDifferences): MapPort => {
  // Without a graphics card each frame of a movement costs as much as the last one: there the view goes at once.
  const easing = (): { duration: number } => ({
    duration: own.inSoftware || matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
  });
  const listen = (event: string, take: (event: GlEvent) => void): (() => void) => {
    map.on(event, take);
    return () => map.off(event, take);
  };
  const listeners: { readonly [E in keyof MapEvents]: (take: (value: MapEvents[E]) => void) => () => void } = {
    gesture: (take) => listen('movestart', (event) => event.originalEvent && take(undefined)),
    moving: (take) => listen('move', () => take(undefined)),
    settled: (take) => listen('idle', () => take(undefined)),
    moved: (take) => listen('moveend', () => take(undefined)),
    clicked: (take) =>
      listen(
        'click',
        ({ point, lngLat }) => point && lngLat && take({ at: { x: point.x, y: point.y }, position: [lngLat.lng, lngLat.lat] }),
      ),
    hovered: (take) => listen('mousemove', ({ point }) => point && take({ x: point.x, y: point.y })),
    tileFailed: (take) =>
      listen('error', ({ error, sourceId }) => sourceId !== undefined && take({ message: error?.message ?? 'unknown' })),
    faulted: (take) =>
      listen('error', ({ error, sourceId }) => sourceId === undefined && take({ message: error?.message ?? 'unknown' })),
    tileLoaded: (take) => listen('data', ({ sourceId, tile }) => sourceId !== undefined && tile && take(undefined)),
    refused: (take) =>
      listen('error', ({ error }) => {
        const refusal = error ? own.refusal(error) : null;
        if (refusal) take(refusal);
      }),
  };
  return {
    engine: own.engine,
    setBasemap: own.setBasemap,
    on: (event, take) => listeners[event](take),
    placeNames: own.placeNames,
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
    setCursor: (cursor) => {
      map.getCanvas().style.cursor = cursor;
    },
    retryTiles: own.retryTiles,
    destroy: () => map.remove(),
  };
};
