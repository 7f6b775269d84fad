/** The map's tiles as they cross a boundary: station → main for the files that only SQLite reads, main → page for all. */
import { z } from 'zod';

/** Where a tile lies: zoom, column and row from the north-west, as the web counts. */
export const tilePlaceSchema = z.strictObject({ z: z.int().min(0).max(30), x: z.int().min(0), y: z.int().min(0) });
export type TilePlace = z.infer<typeof tilePlaceSchema>;

/** What a file of tiles says of itself. */
export const tileMetadataSchema = z.strictObject({
  /** `mvt` is vector tiles, the others are pictures. */
  format: z.enum(['mvt', 'png', 'jpeg', 'webp', 'avif']),
  minZoom: z.int().min(0).max(30),
  maxZoom: z.int().min(0).max(30),
  /** West, south, east, north; null when the file does not say. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Owed to whom the data comes from; plain text, empty when the file names nobody. */
  attribution: z.string().max(500),
  /** Ids of the vector layers; empty for pictures. */
  layers: z.array(z.string()).max(500),
  /** Name and description, from which a maker's scheme may be told. */
  about: z.string().max(2_000),
});
export type TileMetadata = z.infer<typeof tileMetadataSchema>;

/** Why there is no background. `waiting`: the data service that reads the file is starting again. */
export const tilesFailedSchema = z.strictObject({
  state: z.literal('failed'),
  code: z.enum(['tilesMissing', 'tilesCorrupt', 'tilesWaiting']),
  message: z.string(),
});
export type TilesFailed = z.infer<typeof tilesFailedSchema>;

export const tileQuestionSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('metadata') }),
  z.strictObject({ what: z.literal('tile'), at: tilePlaceSchema }),
]);
export type TileQuestion = z.infer<typeof tileQuestionSchema>;

/** A tile comes unzipped. */
export const tileAnswerSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('metadata'), metadata: tileMetadataSchema }),
  z.strictObject({ state: z.literal('tile'), bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ state: z.literal('absent') }),
  tilesFailedSchema,
]);
export type TileAnswer = z.infer<typeof tileAnswerSchema>;

const entities: Readonly<Record<string, string>> = { amp: '&', copy: '©', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
/** An attribution as text: makers write it as HTML, and a page that draws what a file says runs it. */
export const plainAttribution = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);

/** Ids of vector layers in the metadata of a file, whatever else stands there. */
export const layerIdsOf = (metadata: unknown): readonly string[] => {
  const layers: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'vector_layers') : undefined;
  return Array.isArray(layers)
    ? layers.flatMap((layer: unknown) => {
        const id: unknown = typeof layer === 'object' && layer !== null ? Reflect.get(layer, 'id') : undefined;
        return typeof id === 'string' ? [id] : [];
      })
    : [];
};
