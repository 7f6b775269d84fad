/**
 * What the map board asks of a map engine, and nothing more: a background, a camera and a person's hand. Two engines answer it:
 * MapLibre, which needs no network, and Mapbox, which needs the operator's own token. What is live is not theirs: it is drawn
 * over them, so that the background is drawn again only when the view moves.
 */
import type { StyleSpecification } from 'maplibre-gl';
import type { Position } from '#domain/model/values.ts';

export type ScreenPoint = { readonly x: number; readonly y: number };
/** A name on the background that the live picture draws, so that it can give way to what is live. */
export type PlaceName = { readonly name: string; readonly position: Position; readonly isCity: boolean };
export type Bounds = readonly [southWest: Position, northEast: Position];
export type Padding = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

export type MapEvents = {
  /** A person moved the map by hand. */
  readonly gesture: undefined;
  /** The view is somewhere else, told in the frame that shows it. */
  readonly moving: undefined;
  /** The camera rests somewhere else. */
  readonly moved: undefined;
  /** Everything in view is loaded and drawn. */
  readonly settled: undefined;
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
export type EngineRefusal = 'token' | 'unreachable' | 'notBuilt';

export type MapPort = {
  readonly engine: 'maplibre' | 'mapbox';
  readonly setBasemap: (basemap: Basemap) => void;
  readonly on: <E extends keyof MapEvents>(event: E, take: (value: MapEvents[E]) => void) => () => void;
  /** Names that stand in view, each once; none when the background draws its own. */
  readonly placeNames: () => readonly PlaceName[];
  readonly fit: (bounds: Bounds, padding: Padding, maximumZoom: number) => void;
  /** The box that is on screen. */
  readonly view: () => Bounds;
  readonly centre: () => Position;
  readonly zoom: () => number;
  readonly moveTo: (position: Position) => void;
  readonly zoomBy: (steps: number) => void;
  readonly setCursor: (cursor: string) => void;
  /** Asks for the background again after a failure. */
  readonly retryTiles: () => void;
  readonly destroy: () => void;
};

/** The picture under the data, for each engine its own kind. */
export type Basemap = {
  readonly offline: StyleSpecification;
  /** Where names of places stand in the tiles; null when none do. */
  readonly places: PlaceSource | null;
  readonly online: string;
};
/** The layer of place names, the properties that may tell what a place is, and the words for a city and for lesser places. */
export type PlaceSource = {
  readonly layer: string;
  readonly kinds: readonly string[];
  readonly city: readonly string[];
  readonly lesser: readonly string[];
};
export type PortOptions = {
  readonly container: HTMLElement;
  readonly basemap: Basemap;
  readonly centre: Position;
  readonly zoom: number;
  /** WebGL is computed by the processor: every pixel of the background is dear. */
  readonly inSoftware: boolean;
};
/** The source of the background in the offline style. */
export const backgroundSource = 'city';
