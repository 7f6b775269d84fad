/** What the background is made of: read from what the file says of itself. Pure but for the one question. */
import { type TileMetadata, tileMetadataSchema } from '#contracts/ipc/tiles.ts';
import type { Position } from '#domain/model/values.ts';

/** `vigil` is the scheme of the demo city; the other two are those that makers of maps use. */
export type TileScheme = 'vigil' | 'openmaptiles' | 'protomaps';
export type TileSet = Pick<TileMetadata, 'minZoom' | 'maxZoom' | 'bounds' | 'attribution'> &
  ({ readonly kind: 'vector'; readonly scheme: TileScheme } | { readonly kind: 'picture' });

/** Layers that only one of the schemes has. Protomaps first: its newest has some of the others' names as well. */
const telling: readonly (readonly [TileScheme, readonly string[]])[] = [
  ['protomaps', ['earth', 'roads', 'buildings', 'places', 'pois']],
  [
    'openmaptiles',
    ['transportation', 'transportation_name', 'landcover', 'water_name', 'housenumber', 'aeroway', 'mountain_peak'],
  ],
  ['vigil', ['road', 'poi']],
];
const named: readonly (readonly [TileScheme, RegExp])[] = [
  ['protomaps', /protomaps/i],
  ['openmaptiles', /openmaptiles|planetiler|maptiler/i],
];

/** The scheme of vector tiles by their layers, else by what the file is called; null when it is none we can draw. */
export const schemeOf = (layers: readonly string[], about: string): TileScheme | null =>
  telling.find(([, ids]) => ids.some((id) => layers.includes(id)))?.[0] ??
  named.find(([, words]) => words.test(about))?.[0] ??
  null;

/** The set of tiles that metadata tells of; null when nothing of it could be drawn. */
export const tileSetOf = ({ format, layers, about, ...rest }: TileMetadata): TileSet | null => {
  const common = { minZoom: rest.minZoom, maxZoom: rest.maxZoom, bounds: rest.bounds, attribution: rest.attribution };
  if (format !== 'mvt') return { ...common, kind: 'picture' };
  const scheme = schemeOf(layers, `${about} ${rest.attribution}`);
  return scheme && { ...common, kind: 'vector', scheme };
};

/** Whether a place lies on the map; true when the file does not say how far it goes. */
export const covers = ({ bounds }: TileSet, [longitude, latitude]: Position): boolean =>
  bounds === null || (longitude >= bounds[0] && longitude <= bounds[2] && latitude >= bounds[1] && latitude <= bounds[3]);

/** Asks where the tiles lie for what their file says. Rejects when it cannot be read or drawn. */
export const fetchTileSet = async (tileBase: string): Promise<TileSet> => {
  const answer = await fetch(`${tileBase}/metadata.json`);
  if (!answer.ok) throw new Error(`The map file answers ${answer.status}.`);
  const set = tileSetOf(tileMetadataSchema.parse(await answer.json()));
  if (!set) throw new Error('The map file is of no scheme that can be drawn.');
  return set;
};
