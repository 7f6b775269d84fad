/**
 * What a dispatch desk asks its station about the city: places, ways and times. Every answer says what it is: found by what
 * means, not found for what reason, or not to be had at this desk. A time that is not known is null and is drawn as "–".
 */
import { z } from 'zod';
import { positionSchema } from '#domain/model/values.ts';

/** The city's files are not there, cannot be read, or their thread failed; `message` is a sentence for a person. */
export const cityUnavailableSchema = z.strictObject({
  state: z.literal('unavailable'),
  reason: z.enum(['missing', 'damaged', 'failed']),
  message: z.string(),
});
export type CityUnavailable = z.infer<typeof cityUnavailableSchema>;

export const addressMatchSchema = z.strictObject({
  kind: z.enum(['address', 'street', 'corner', 'coordinates', 'place']),
  text: z.string(),
  position: positionSchema,
  /** The parts of `text` that the typed words meant: UTF-16 units, end excluded. */
  marks: z.array(z.tuple([z.int(), z.int()]).readonly()).readonly(),
  /**
   * `spelling` found by likeness · `nearestNumber` the number asked does not exist, this is the nearest · `noNumbers` the street
   * is known without numbers · `nearMeeting` the streets come close but do not meet · `outside` of the city's map.
   */
  notes: z.array(z.enum(['spelling', 'nearestNumber', 'noNumbers', 'nearMeeting', 'outside'])).readonly(),
  /** The house number that was asked for; null without one. */
  askedNumber: z.string().nullable(),
  placeKind: z.enum(['hospital', 'neighbourhood', 'ambulance', 'fire', 'clinic']).nullable(),
  /** From the position to be near; null without one. */
  metres: z.int().nullable(),
  /** 0 to 1. */
  score: z.number(),
});

/** Longest line that is searched for, characters. */
export const longestSearch = 200;

/**
 * Addresses, streets, corners, coordinates and places for a line, best first. A window has one search under way: a newer one
 * answers what waited with `superseded`. An empty line finds nothing and makes the index ready.
 */
export const searchAddress = {
  in: z.strictObject({
    text: z.string().max(longestSearch),
    near: positionSchema.optional(),
    most: z.int().min(1).max(20).optional(),
  }),
  out: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('found'), matches: z.array(addressMatchSchema).readonly() }),
    z.strictObject({ state: z.literal('superseded') }),
    cityUnavailableSchema,
  ]),
} as const;
export type AddressAnswer = z.infer<typeof searchAddress.out>;

/** The quickest way by road between two positions. */
export const route = {
  in: z.strictObject({ from: positionSchema, to: positionSchema }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('found'),
      seconds: z.number(),
      metres: z.number(),
      /** From the road nearest to `from` to that nearest to `to`. */
      path: z.array(positionSchema).readonly(),
      /** Metres from each end to the road it was put on. */
      offRoad: z.strictObject({ from: z.number(), to: z.number() }),
    }),
    /** `offRoad`: an end lies too far from any road; `noWay`: one-way rules leave none. */
    z.strictObject({ state: z.literal('none'), reason: z.enum(['offRoad', 'noWay']) }),
    cityUnavailableSchema,
  ]),
} as const;
export type RouteAnswer = z.infer<typeof route.out>;
