/**
 * What the map board asks of a map engine, and nothing more. Two engines answer it: MapLibre, which needs no network, and
 * Mapbox, which needs the operator's own token. Both drop every source and image when their style changes, so the owner
 * keeps the model and puts it back at each `styled`.
 */
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Id, Position } from '#domain/model/values.ts';

/** A point feature: its id is stable, its properties are plain values that style expressions read. */
export type PointProperties = Readonly<Record<string, string | number | boolean>>;
export type PointFeature = { readonly id: Id; readonly position: Position; readonly properties: PointProperties };
/** A line with a reason to be drawn. */
export type LineFeature = { readonly id: Id; readonly path: readonly Position[]; readonly properties: PointProperties };

/** What changed in one source since the last update. `put` features are new or have other properties; `move` only moved. */
export type SourceDiff = {
  readonly put: readonly PointFeature[];
  readonly move: readonly PointFeature[];
  readonly remove: readonly Id[];
};

export type ScreenPoint = { readonly x: number; readonly y: number };
export type MapImage = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
export type Bounds = readonly [southWest: Position, northEast: Position];
export type Padding = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

export type MapEvents = {
  /** The style stands: sources, layers and images may be added. Fires again after each `setBasemap`. */
  readonly styled: undefined;
  /** A person moved the map by hand. */
  readonly gesture: undefined;
  /** The camera rests somewhere else. */
  readonly moved: undefined;
  readonly clicked: { readonly at: ScreenPoint; readonly position: Position };
  readonly hovered: ScreenPoint;
  /** A background tile could not be read. */
  readonly tileFailed: { readonly message: string };
  /** Anything else the engine could not do: a mistake of ours, or a worker that died. */
  readonly faulted: { readonly message: string };
  /** A background tile is on screen. */
  readonly tileLoaded: undefined;
  /** The engine is of no use any more: its token was refused, or its service cannot be reached. */
  readonly refused: { readonly reason: EngineRefusal };
};
export type EngineRefusal = 'token' | 'unreachable';

export type MapPort = {
  readonly engine: 'maplibre' | 'mapbox';
  readonly setBasemap: (basemap: Basemap) => void;
  readonly addOverlay: (overlay: Overlay) => void;
  readonly addImage: (id: string, image: MapImage, pixelRatio: number) => void;
  readonly hasImage: (id: string) => boolean;
  /** Replaces everything in a source. */
  readonly setPoints: (source: string, features: readonly PointFeature[]) => void;
  readonly setLines: (source: string, features: readonly LineFeature[]) => void;
  /** Applies a diff; settles once the engine has taken it. */
  readonly update: (source: string, diff: SourceDiff) => Promise<void>;
  readonly on: <E extends keyof MapEvents>(event: E, take: (value: MapEvents[E]) => void) => () => void;
  /** Ids of features of these layers within `radius` pixels of a screen point, topmost first, each once. */
  readonly featuresAt: (
    at: ScreenPoint,
    layers: readonly string[],
    radius: number,
  ) => readonly { readonly id: Id; readonly layer: string }[];
  readonly fit: (bounds: Bounds, padding: Padding, maximumZoom: number) => void;
  /** The box that is on screen. */
  readonly view: () => Bounds;
  readonly centre: () => Position;
  readonly zoom: () => number;
  readonly moveTo: (position: Position) => void;
  readonly zoomBy: (steps: number) => void;
  readonly project: (position: Position) => ScreenPoint;
  readonly setCursor: (cursor: string) => void;
  /** Asks for the background again after a failure. */
  readonly retryTiles: () => void;
  readonly destroy: () => void;
};

/** The picture under the data, for each engine its own kind. */
export type Basemap = { readonly offline: StyleSpecification; readonly online: string };
/** Sources (all of points or lines, empty at first) and the layers over them, bottom first. */
export type Overlay = { readonly sources: readonly string[]; readonly layers: readonly LayerSpecification[] };

export type PortOptions = {
  readonly container: HTMLElement;
  readonly basemap: Basemap;
  readonly centre: Position;
  readonly zoom: number;
};
/** The source of the background in the offline style. */
export const backgroundSource = 'city';
