/** The layers over the background: what moves, what waits, and where it goes. Bottom first. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { labelFont, labelFontBold } from './basemap.ts';
import type { Overlay } from './engine/port.ts';
import type { Palette } from './palette.ts';
import { pinLift } from './symbols/draw.ts';

export const sources = {
  units: 'units',
  labels: 'unit-labels',
  incidents: 'incidents',
  hospitals: 'hospitals',
  links: 'links',
  draft: 'draft',
} as const;
/** The layers a pointer can pick from, topmost first. */
export const pickLayers = ['incident-pin', 'unit-symbol', 'hospital-symbol'] as const;

/** A name in bold and one line under it, tan when it says that something is late. */
const twoLines = (palette: Palette): ExpressionSpecification =>
  [
    'format',
    ['get', 'name'],
    { 'text-font': ['literal', labelFontBold], 'text-color': palette.text },
    ['case', ['==', ['get', 'sub'], ''], '', ['concat', '\n', ['get', 'sub']]],
    {
      'text-font': ['literal', labelFont],
      'font-scale': 0.86,
      'text-color': ['case', ['get', 'late'], palette.notice, palette.textQuiet],
    },
  ] as unknown as ExpressionSpecification;

const isSelected: FilterSpecification = ['==', ['get', 'order'], 0];
const label = (id: string, source: string, palette: Palette, { lift = 0, selected = false } = {}): LayerSpecification => ({
  id,
  type: 'symbol',
  source,
  filter: selected ? isSelected : ['!=', ['get', 'order'], 0],
  layout: {
    'text-field': twoLines(palette),
    'text-font': labelFontBold,
    'text-size': 13,
    'text-line-height': 1.15,
    'text-justify': 'auto',
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
    // In ems, from the middle of the symbol to where its label may begin.
    'text-radial-offset': ['get', 'gap'],
    'text-max-width': 20,
    'text-padding': 2,
    // What a person chose keeps its words whatever lies there.
    'text-allow-overlap': selected,
    'symbol-sort-key': ['get', 'order'],
  },
  paint: { 'text-halo-color': palette.halo, 'text-halo-width': 2, 'text-color': palette.text, 'text-translate': [0, -lift] },
});

/** Symbols shrink as the view widens, and further when a large fleet shares it. */
const unitSize = (dense: boolean): ExpressionSpecification =>
  (dense
    ? ['interpolate', ['linear'], ['zoom'], 10, 0.22, 12, 0.38, 14, 0.7, 15, 1]
    : ['interpolate', ['linear'], ['zoom'], 9, 0.6, 11, 0.85, 12.5, 1]) as unknown as ExpressionSpecification;

/** More units than this and their symbols are drawn smaller until the view is near. */
export const denseFleet = 250;

/** All sources and layers of the live picture. */
export const liveOverlay = (palette: Palette, dense: boolean): Overlay => ({
  sources: Object.values(sources),
  layers: liveLayers(palette, dense),
});

const liveLayers = (palette: Palette, dense: boolean): readonly LayerSpecification[] => {
  const labels = [
    label('unit-label', sources.labels, palette),
    label('hospital-label', sources.hospitals, palette),
    label('incident-label', sources.incidents, palette, { lift: pinLift }),
  ];
  return [
    {
      id: 'link-line',
      type: 'line',
      source: sources.links,
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': palette.text,
        'line-width': ['case', ['get', 'proposed'], 2, 1.5],
        'line-opacity': ['case', ['get', 'proposed'], 0.9, 0.55],
        'line-dasharray': [0.1, 3],
      },
    },
    // Under the symbols they give way to them; over a crowd there is no free ground, so there they lie on top.
    ...(dense ? [] : labels),
    {
      id: 'hospital-symbol',
      type: 'symbol',
      source: sources.hospitals,
      layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-padding': 0 },
    },
    {
      id: 'unit-heading',
      type: 'symbol',
      source: sources.units,
      filter: ['has', 'heading'],
      layout: {
        'icon-image': ['get', 'tick'],
        'icon-rotate': ['get', 'heading'],
        'icon-rotation-alignment': 'map',
        'icon-size': unitSize(dense),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      id: 'unit-symbol',
      type: 'symbol',
      source: sources.units,
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': unitSize(dense),
        'icon-allow-overlap': true,
        // In a large fleet symbols may lie over labels: the alternative is no label at all.
        'icon-ignore-placement': dense,
        'icon-padding': 0,
        'symbol-sort-key': ['get', 'order'],
      },
    },
    ...(dense ? labels : []),
    {
      id: 'incident-pin',
      type: 'symbol',
      source: sources.incidents,
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'icon-offset': [0, -pinLift],
        // The most urgent lies on top.
        'symbol-sort-key': ['-', 0, ['get', 'order']],
      },
    },
    label('unit-label-selected', sources.labels, palette, { selected: true }),
    label('hospital-label-selected', sources.hospitals, palette, { selected: true }),
    label('incident-label-selected', sources.incidents, palette, { lift: pinLift, selected: true }),
    {
      id: 'draft-point',
      type: 'circle',
      source: sources.draft,
      paint: { 'circle-radius': 10, 'circle-opacity': 0, 'circle-stroke-color': palette.focus, 'circle-stroke-width': 2.5 },
    },
  ];
};
