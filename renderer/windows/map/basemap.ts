/** Our own background: a calm city that says where things are and then keeps quiet. Every colour comes from the palette. */

import regularFont from '@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2?url';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './engine/port.ts';
import { backgroundSource } from './engine/port.ts';
import type { Palette } from './palette.ts';

const labelFont = ['Noto Sans Medium'];
/** Owed to the people who drew the city; always on screen. */
export const attribution = '© OpenStreetMap contributors';

const width = (...stops: readonly (readonly [zoom: number, pixels: number])[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;

const roads = (palette: Palette, plain: boolean): readonly LayerSpecification[] => {
  const classes = [
    {
      id: 'service',
      of: ['service'],
      from: 14.5,
      colour: palette.street,
      casing: false,
      at: [
        [14, 0.4],
        [16, 1.5],
        [18, 6],
      ],
    },
    {
      id: 'street',
      of: ['street'],
      from: 12.4,
      colour: palette.street,
      casing: false,
      at: [
        [12, 0.5],
        [14, 1.2],
        [16, 4],
        [18, 14],
      ],
    },
    {
      id: 'tertiary',
      of: ['tertiary', 'link'],
      from: 11.4,
      colour: palette.road,
      casing: true,
      at: [
        [11, 0.4],
        [12, 0.8],
        [14, 1.8],
        [16, 5.5],
        [18, 16],
      ],
    },
    {
      id: 'secondary',
      of: ['secondary'],
      from: 10.5,
      colour: palette.road,
      casing: true,
      at: [
        [10, 0.5],
        [12, 1.2],
        [14, 2.5],
        [16, 7],
        [18, 20],
      ],
    },
    {
      id: 'primary',
      of: ['primary'],
      from: 8,
      colour: palette.road,
      casing: true,
      at: [
        [9, 0.7],
        [12, 1.8],
        [14, 3.5],
        [16, 9],
        [18, 24],
      ],
    },
    {
      id: 'trunk',
      of: ['trunk', 'motorway'],
      from: 8,
      colour: palette.trunk,
      casing: true,
      at: [
        [8, 0.8],
        [12, 2.2],
        [14, 4],
        [16, 10],
        [18, 26],
      ],
    },
  ] as const;
  const line = (
    id: string,
    of: readonly string[],
    from: number,
    colour: string,
    pixels: ExpressionSpecification,
  ): LayerSpecification => ({
    id,
    type: 'line',
    source: backgroundSource,
    'source-layer': 'road',
    minzoom: from,
    filter: ['in', ['get', 'class'], ['literal', [...of]]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': pixels },
  });
  return [
    ...classes
      .filter(({ casing }) => casing && !plain)
      .map(({ id, of, from, at }) =>
        line(`${id}-casing`, of, from, palette.halo, width(...at.map(([zoom, pixels]) => [zoom, pixels + 1.5] as const))),
      ),
    ...classes.map(({ id, of, from, colour, at }) => line(id, of, from, colour, width(...at))),
  ];
};

const labels = (palette: Palette): readonly LayerSpecification[] => {
  const paint = { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 };
  const streetName = (id: string, of: readonly string[], minzoom: number, size: number): LayerSpecification => ({
    id,
    type: 'symbol',
    source: backgroundSource,
    'source-layer': 'road',
    minzoom,
    filter: ['in', ['get', 'class'], ['literal', [...of]]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'name'],
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
    streetName('main-road-name', ['primary', 'trunk', 'motorway'], 13, 12),
  ];
};

const ground = (palette: Palette): readonly LayerSpecification[] => [
  { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
  {
    id: 'landuse',
    type: 'fill',
    source: backgroundSource,
    'source-layer': 'landuse',
    minzoom: 10,
    paint: { 'fill-color': palette.block },
  },
  { id: 'park', type: 'fill', source: backgroundSource, 'source-layer': 'park', paint: { 'fill-color': palette.park } },
  { id: 'water', type: 'fill', source: backgroundSource, 'source-layer': 'water', paint: { 'fill-color': palette.water } },
  {
    id: 'waterway',
    type: 'line',
    source: backgroundSource,
    'source-layer': 'waterway',
    minzoom: 11,
    paint: { 'line-color': palette.water, 'line-width': width([11, 0.8], [14, 2.5], [17, 8]) },
  },
  {
    id: 'building',
    type: 'fill',
    source: backgroundSource,
    'source-layer': 'building',
    minzoom: 14.5,
    paint: { 'fill-color': palette.block, 'fill-outline-color': palette.street },
  },
];
/** What covers much and says little. */
const costly: ReadonlySet<string> = new Set(['landuse', 'building']);

/** The offline style over tiles at `tileBase/{z}/{x}/{y}.mvt`; the plain one is for a processor that draws it alone. */
export const offlineStyle = (palette: Palette, tileBase: string, plain: boolean): StyleSpecification => ({
  version: 8,
  'font-faces': {
    // The address must be whole: the engine loads it from a place that does not know this page.
    'Noto Sans Medium': new URL(regularFont, location.href).href,
  },
  sources: { [backgroundSource]: { type: 'vector', tiles: [`${tileBase}/{z}/{x}/{y}.mvt`], minzoom: 8, maxzoom: 14 } },
  layers: [...ground(palette).filter(({ id }) => !plain || !costly.has(id)), ...roads(palette, plain), ...labels(palette)],
});

/** Both backgrounds for a theme. The online one is the service's own and asks it where the map looks. */
export const basemap = (palette: Palette, tileBase: string, theme: 'dark' | 'light', plain: boolean): Basemap => ({
  offline: offlineStyle(palette, tileBase, plain),
  online: `mapbox://styles/mapbox/${theme}-v11`,
});

/** Where tiles come from: the console's own scheme, or beside the page when it is served over HTTP. */
export const tileBaseOf = (page: Location): string =>
  page.protocol === 'vigil:' ? 'vigil://tiles' : new URL('tiles', page.origin).href;
