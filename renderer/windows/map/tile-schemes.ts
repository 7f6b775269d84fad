/** Where each scheme of vector tiles keeps what we draw. What has no place in a scheme is left out. */
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { TileScheme } from './tile-set.ts';

/** The roads we tell apart, the least first. */
export const roadClasses = ['service', 'street', 'tertiary', 'secondary', 'primary', 'trunk'] as const;
export type RoadClass = (typeof roadClasses)[number];

/** A layer of the tiles, and which of its features. */
export type Part = { readonly layer: string; readonly filter?: FilterSpecification };
export type SchemeParts = {
  /** `sea`: the ground is drawn over water; `land`: water over the ground. */
  readonly under: 'land' | 'sea';
  readonly earth: Part | null;
  readonly landuse: Part;
  readonly park: readonly Part[];
  readonly water: Part;
  readonly waterway: Part;
  readonly building: Part;
  readonly roads: string;
  readonly roadNames: string;
  /** What tells a road's class, and the words for each of ours. */
  readonly roadKind: ExpressionSpecification;
  readonly road: Readonly<Record<RoadClass, readonly string[]>>;
  readonly name: ExpressionSpecification;
  /** Names of places, which the live picture draws: their layer and the words for a city and for lesser places. */
  readonly places: {
    readonly layer: string;
    readonly kinds: readonly string[];
    readonly city: readonly string[];
    readonly lesser: readonly string[];
  };
};

const isArea: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];
const isLine: FilterSpecification = ['==', ['geometry-type'], 'LineString'];
const lesser = ['suburb', 'neighbourhood', 'quarter', 'town', 'village'] as const;
const withLink = (word: string): readonly string[] => [word, `${word}_link`];
const anyOf = (property: ExpressionSpecification, words: readonly string[]): FilterSpecification => [
  'in',
  property,
  ['literal', [...words]],
];

export const schemes: Readonly<Record<TileScheme, SchemeParts>> = {
  vigil: {
    under: 'land',
    earth: null,
    landuse: { layer: 'landuse' },
    park: [{ layer: 'park' }],
    water: { layer: 'water' },
    waterway: { layer: 'waterway' },
    building: { layer: 'building' },
    roads: 'road',
    roadNames: 'road',
    roadKind: ['get', 'class'],
    road: {
      service: ['service'],
      street: ['street'],
      tertiary: ['tertiary', 'link'],
      secondary: ['secondary'],
      primary: ['primary'],
      trunk: ['trunk', 'motorway'],
    },
    name: ['get', 'name'],
    places: { layer: 'place', kinds: ['kind'], city: ['city'], lesser },
  },
  openmaptiles: {
    under: 'land',
    earth: null,
    landuse: { layer: 'landuse' },
    park: [{ layer: 'park' }, { layer: 'landcover', filter: anyOf(['get', 'class'], ['wood', 'grass']) }],
    water: { layer: 'water' },
    waterway: { layer: 'waterway' },
    building: { layer: 'building' },
    roads: 'transportation',
    roadNames: 'transportation_name',
    roadKind: ['get', 'class'],
    road: {
      service: ['service', 'track'],
      street: ['minor'],
      tertiary: ['tertiary'],
      secondary: ['secondary'],
      primary: ['primary'],
      trunk: ['trunk', 'motorway'],
    },
    name: ['coalesce', ['get', 'name'], ['get', 'name:latin']],
    places: { layer: 'place', kinds: ['class'], city: ['city'], lesser },
  },
  protomaps: {
    under: 'sea',
    earth: { layer: 'earth', filter: isArea },
    landuse: {
      layer: 'landuse',
      filter: anyOf(
        ['coalesce', ['get', 'kind'], ['get', 'pmap:kind'], ''],
        ['residential', 'commercial', 'industrial', 'hospital', 'school', 'university'],
      ),
    },
    park: [
      {
        layer: 'landuse',
        filter: anyOf(
          ['coalesce', ['get', 'kind'], ['get', 'pmap:kind'], ''],
          ['park', 'nature_reserve', 'forest', 'wood', 'grass', 'garden', 'cemetery', 'golf_course'],
        ),
      },
    ],
    water: { layer: 'water', filter: isArea },
    waterway: { layer: 'water', filter: isLine },
    building: { layer: 'buildings', filter: isArea },
    roads: 'roads',
    roadNames: 'roads',
    // Newer files say the exact kind beside the rough one, older ones under a name of their own.
    roadKind: ['coalesce', ['get', 'kind_detail'], ['get', 'pmap:kind_detail'], ['get', 'kind'], ['get', 'pmap:kind'], ''],
    road: {
      service: ['service', 'track', 'alley', 'driveway'],
      street: ['residential', 'unclassified', 'living_street', 'pedestrian', 'road', 'minor_road'],
      tertiary: withLink('tertiary'),
      secondary: [...withLink('secondary'), 'medium_road'],
      primary: [...withLink('primary'), 'major_road'],
      trunk: [...withLink('trunk'), ...withLink('motorway'), 'highway'],
    },
    name: ['get', 'name'],
    places: {
      layer: 'places',
      kinds: ['kind_detail', 'pmap:kind_detail', 'kind', 'pmap:kind'],
      city: ['city'],
      lesser: [...lesser, 'neighbourhood', 'macrohood'],
    },
  },
};
