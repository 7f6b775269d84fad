import { z } from 'zod';

/** A record's identity: a UUID (version 7 where Vigil mints it), never used for order. */
export const idSchema = z.uuid();
export type Id = string;

/** A moment: whole milliseconds since 1970-01-01T00:00Z, server time unless the name says otherwise. */
export const instantSchema = z.int();
export type Instant = number;

/** A point on the ground: [longitude, latitude] in degrees, WGS 84. */
export const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Position = readonly [longitude: number, latitude: number];

/**
 * A text as UTF-8 can hold it: half of a pair, which a page can make of a cut emoji, becomes the sign for "unreadable". Otherwise a
 * row would be one thing in memory and another after a restart, and two copies of it would differ.
 */
const writable = (text: string): string => text.toWellFormed();

/** The most characters of one line. */
export const longestLine = 200;
/** One line a person reads: trimmed of nothing, bounded so that no row can grow without end. */
export const lineSchema = z.string().max(longestLine).overwrite(writable);
/** A longer text a person wrote. */
export const textSchema = z.string().max(4000).overwrite(writable);
/** A short text of at most so many characters. */
export const shortTextSchema = (most: number) => z.string().max(most).overwrite(writable);

/** Who did it, as shown beside what was done. */
export const authorSchema = z.strictObject({ personId: idSchema, name: lineSchema });
export type Author = z.infer<typeof authorSchema>;
