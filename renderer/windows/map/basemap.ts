/** Our own background: a calm city that says where things are and then keeps quiet. Every colour comes from the palette. */

import regularFont from '@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2?url';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './engine/port.ts';
import { backgroundSource } from './engine/port.ts';
import type { Palette } from './palette.ts';
import { type Part, type RoadClass, roadClasses, type SchemeParts, schemes } from './tile-schemes.ts';
import type { TileSet } from './tile-set.ts';

const labelFont = ['Noto Sans Medium'];
/** How much of the city is drawn: all; without what covers much and says little; or the roads that lead somewhere alone. */
export type Detail = 'full' | 'plain' | 'bare';

type Stop = readonly [zoom: number, pixels: number];
const width = (...stops: readonly Stop[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;

type RoadLook = {
  readonly from: number;
  readonly colour: 'street' | 'road' | 'trunk';
  readonly casing: boolean;
  readonly at: readonly Stop[];
};
const roadLooks: Readonly<Record<RoadClass, RoadLook>> = {
  service: {
    from: 14.5,
    colour: 'street',
    casing: false,
    at: [
      [14, 0.4],
      [16, 1.5],
      [18, 6],
    ],
  },
  street: {
    from: 12.4,
    colour: 'street',
    casing: false,
    at: [
      [12, 0.5],
      [14, 1.2],
      [16, 4],
      [18, 14],
    ],
  },
  tertiary: {
    from: 11.4,
    colour: 'road',
    casing: true,
    at: [
      [11, 0.4],
      [12, 0.8],
      [14, 1.8],
      [16, 5.5],
      [18, 16],
    ],
  },
  secondary: {
    from: 10.5,
    colour: 'road',
    casing: true,
    at: [
      [10, 0.5],
      [12, 1.2],
      [14, 2.5],
      [16, 7],
      [18, 20],
    ],
  },
  primary: {
    from: 8,
    colour: 'road',
    casing: true,
    at: [
      [9, 0.7],
      [12, 1.8],
      [14, 3.5],
      [16, 9],
      [18, 24],
    ],
  },
  trunk: {
    from: 8,
    colour: 'trunk',
    casing: true,
    at: [
      [8, 0.8],
      [12, 2.2],
      [14, 4],
      [16, 10],
      [18, 26],
    ],
  },
};
const bareRoads: ReadonlySet<RoadClass> = new Set(['secondary', 'primary', 'trunk']);

const of = ({ layer, filter }: Part): { 'source-layer': string; filter?: NonNullable<Part['filter']> } => ({
  'source-layer': layer,
  ...(filter && { filter }),
});

const roads = (palette: Palette, scheme: SchemeParts, detail: Detail): readonly LayerSpecification[] => {
  const drawn = roadClasses.filter((name) => detail !== 'bare' || bareRoads.has(name));
  const line = (id: string, name: RoadClass, colour: string, wider: number): LayerSpecification => ({
    id,
    type: 'line',
    source: backgroundSource,
    'source-layer': scheme.roads,
    minzoom: roadLooks[name].from,
    filter: ['in', scheme.roadKind, ['literal', [...scheme.road[name]]]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-width': width(...roadLooks[name].at.map(([zoom, pixels]) => [zoom, pixels + wider] as const)),
    },
  });
  return [
    ...drawn
      .filter((name) => roadLooks[name].casing && detail === 'full')
      .map((name) => line(`${name}-casing`, name, palette.halo, 1.5)),
    ...drawn.map((name) => line(name, name, palette[roadLooks[name].colour], 0)),
  ];
};

const labels = (palette: Palette, scheme: SchemeParts): readonly LayerSpecification[] => {
  const paint = { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 };
  const streetName = (id: string, names: readonly RoadClass[], minzoom: number, size: number): LayerSpecification => ({
    id,
    type: 'symbol',
    source: backgroundSource,
    'source-layer': scheme.roadNames,
    minzoom,
    filter: ['in', scheme.roadKind, ['literal', names.flatMap((name) => [...scheme.road[name]])]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': scheme.name,
      'text-font': labelFont,
      'text-size': size,
      'text-max-angle': 30,
      'text-padding': 12,
    },
    paint,
  });
  return [
    streetName('street-name', ['street'], 15.5, 11),
    streetName('road-name', ['secondary', 'tertiary'], 14.2, 11),
    streetName('main-road-name', ['primary', 'trunk'], 13, 12),
  ];
};

const background = (colour: string): LayerSpecification => ({
  id: 'land',
  type: 'background',
  paint: { 'background-color': colour },
});

const ground = (palette: Palette, scheme: SchemeParts, detail: Detail): readonly LayerSpecification[] => {
  const fill = (
    id: string,
    part: Part,
    colour: string,
    more: { minzoom?: number; outline?: string } = {},
  ): LayerSpecification => ({
    id,
    type: 'fill',
    source: backgroundSource,
    ...of(part),
    ...(more.minzoom !== undefined && { minzoom: more.minzoom }),
    paint: { 'fill-color': colour, ...(more.outline !== undefined && { 'fill-outline-color': more.outline }) },
  });
  const full = detail === 'full';
  return [
    background(scheme.under === 'land' ? palette.land : palette.water),
    ...(scheme.earth ? [fill('earth', scheme.earth, palette.land)] : []),
    ...(full ? [fill('landuse', scheme.landuse, palette.block, { minzoom: 10 })] : []),
    ...(detail === 'bare' ? [] : scheme.park.map((part, index) => fill(`park-${index}`, part, palette.park))),
    fill('water', scheme.water, palette.water),
    {
      id: 'waterway',
      type: 'line',
      source: backgroundSource,
      ...of(scheme.waterway),
      minzoom: 11,
      paint: { 'line-color': palette.water, 'line-width': width([11, 0.8], [14, 2.5], [17, 8]) },
    },
    ...(full ? [fill('building', scheme.building, palette.block, { minzoom: 14.5, outline: palette.street })] : []),
  ];
};

/** Pictures have colours of their own: they are drawn back so far that what is live stays in front. */
const pictures = (palette: Palette, theme: 'dark' | 'light'): readonly LayerSpecification[] => [
  background(palette.land),
  {
    id: 'picture',
    type: 'raster',
    source: backgroundSource,
    paint: {
      'raster-saturation': -0.7,
      'raster-fade-duration': 0,
      ...(theme === 'dark' ? { 'raster-brightness-max': 0.35 } : { 'raster-brightness-min': 0.35, 'raster-contrast': -0.2 }),
    },
  },
];

/** The offline style over tiles at `tileBase/{z}/{x}/{y}`; bare ground while nobody knows what lies there. */
const offlineStyle = (
  palette: Palette,
  tileBase: string,
  theme: 'dark' | 'light',
  set: TileSet | null,
  detail: Detail,
): StyleSpecification => {
  if (!set) return { version: 8, sources: {}, layers: [background(palette.land)] };
  const tiles = [`${tileBase}/{z}/{x}/{y}`];
  const range = { minzoom: set.minZoom, maxzoom: set.maxZoom };
  const bounds = set.bounds ? { bounds: [...set.bounds] as [number, number, number, number] } : {};
  if (set.kind === 'picture')
    return {
      version: 8,
      sources: { [backgroundSource]: { type: 'raster', tiles, tileSize: 256, ...range, ...bounds } },
      layers: [...pictures(palette, theme)],
    };
  const scheme = schemes[set.scheme];
  return {
    version: 8,
    'font-faces': {
      // The address must be whole: the engine loads it from a place that does not know this page.
      'Noto Sans Medium': new URL(regularFont, location.href).href,
    },
    sources: { [backgroundSource]: { type: 'vector', tiles, ...range, ...bounds } },
    layers: [
      ...ground(palette, scheme, detail),
      ...roads(palette, scheme, detail),
      ...(detail === 'bare' ? [] : labels(palette, scheme)),
    ],
  };
};

export type BasemapOptions = {
  readonly palette: Palette;
  readonly tileBase: string;
  readonly theme: 'dark' | 'light';
  /** Null while it is not known, and when it cannot be drawn. */
  readonly set: TileSet | null;
  readonly detail: Detail;
};
/** Both backgrounds for a theme. The online one is the service's own and asks it where the map looks. */
export const basemap = ({ palette, tileBase, theme, set, detail }: BasemapOptions): Basemap => ({
  offline: offlineStyle(palette, tileBase, theme, set, detail),
  places: set?.kind === 'vector' && detail !== 'bare' ? schemes[set.scheme].places : null,
  online: `mapbox://styles/mapbox/${theme}-v11`,
});

/** Where tiles come from: the console's own scheme, or beside the page when it is served over HTTP. */
export const tileBaseOf = (page: Location): string =>
  page.protocol === 'vigil:' ? 'vigil://tiles' : new URL('tiles', page.origin).href;
