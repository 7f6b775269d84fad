/**
 * What a dispatch desk asks its station about the city: places, ways and times. Every answer says what it is: found by what
 * means, not found for what reason, or not to be had at this desk. A time that is not known is null and is drawn as "–".
 */
import { z } from 'zod';
import { hospitalServiceSchema } from '#domain/model/hospital.ts';
import { incidentPrioritySchema } from '#domain/model/incident.ts';
import { capabilitySchema, unitSchema } from '#domain/model/unit.ts';
import { idSchema, instantSchema, positionSchema } from '#domain/model/values.ts';
import { hospitalLeftOutCodes, hospitalReasonCodes } from '#domain/rules/hospital-recommendation.ts';
import { leftOutCodes, reasonCodes, verdicts } from '#domain/rules/recommendation.ts';

/** The city's files are not there, cannot be read, or their thread failed; `message` is a sentence for a person. */
export const cityUnavailableSchema = z.strictObject({
  state: z.literal('unavailable'),
  reason: z.enum(['missing', 'damaged', 'failed']),
  message: z.string(),
});
export type CityUnavailable = z.infer<typeof cityUnavailableSchema>;

/**
 * Who said how long the drives take: the roads of this desk (`offline`), the site's routing service, or nobody (`none`: arrivals are
 * null and the order is by straight line). `fellBack`: a service is configured and did not answer. `message` says why it is not
 * as it should be; null when it is.
 */
export const routedSchema = z.strictObject({
  by: z.enum(['offline', 'osrm', 'valhalla', 'mapbox', 'none']),
  fellBack: z.boolean(),
  message: z.string().nullable(),
});
export type Routed = z.infer<typeof routedSchema>;

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
      /** Absent where no service is configured: the roads of this desk. */
      routed: routedSchema.optional(),
      seconds: z.number(),
      metres: z.number(),
      /** From the road nearest to `from` to that nearest to `to`. */
      path: z.array(positionSchema).readonly(),
      /** Metres from each end to the road it was put on. */
      offRoad: z.strictObject({ from: z.number(), to: z.number() }),
    }),
    /** `offRoad`: an end lies too far from any road; `noWay`: one-way rules leave none. */
    z.strictObject({ state: z.literal('none'), routed: routedSchema.optional(), reason: z.enum(['offRoad', 'noWay']) }),
    cityUnavailableSchema,
  ]),
} as const;
export type RouteAnswer = z.infer<typeof route.out>;

/**
 * Areas that are reached by road within some minutes, from positions or from all free units whose position is not lost. Polygons
 * as in GeoJSON: an outer ring and its holes, each closed.
 */
export const isochrone = {
  in: z.strictObject({
    from: z.union([z.array(positionSchema).max(2_000), z.literal('freeUnits')]),
    minutes: z.array(z.number().min(1).max(60)).min(1).max(6),
  }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('found'),
      /** From how many places: 0 gives empty areas. */
      starts: z.int(),
      areas: z
        .array(
          z.strictObject({
            minutes: z.number(),
            polygons: z.array(z.array(z.array(positionSchema).readonly()).readonly()).readonly(),
          }),
        )
        .readonly(),
    }),
    z.strictObject({ state: z.literal('superseded') }),
    cityUnavailableSchema,
  ]),
} as const;
export type IsochroneAnswer = z.infer<typeof isochrone.out>;

const speaksSchema = z.enum(['for', 'against', 'neither']);
const candidateSchema = z.strictObject({
  unitId: idSchema,
  callsign: z.string(),
  type: unitSchema.shape.type,
  status: unitSchema.shape.status,
  /** Null is "not known" and is drawn as "–". */
  etaSeconds: z.int().nullable(),
  metres: z.int().nullable(),
  straightMetres: z.int(),
  position: z.strictObject({ state: z.enum(['live', 'late', 'stale', 'lost']), ageSeconds: z.int(), skewed: z.boolean() }),
  /** What it brings of what the run card still needs. */
  covers: z.array(capabilitySchema).readonly(),
  /** `value`: seconds of age or of shift left, or metres from the road. */
  reasons: z.array(z.strictObject({ code: z.enum(reasonCodes), speaks: speaksSchema, value: z.number().nullable() })).readonly(),
});

/** Units for an incident, ranked (domain/rules/recommendation.ts), each with its reasons, and those left out with theirs. */
export const recommend = {
  in: z.strictObject({ incidentId: idSchema }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('ranked'),
      at: instantSchema,
      routed: routedSchema,
      verdict: z.enum(verdicts),
      candidates: z.array(candidateSchema).readonly(),
      diversions: z
        .array(
          candidateSchema.extend({
            from: z.strictObject({ incidentId: idSchema, priority: incidentPrioritySchema, address: z.string() }),
            soonerSeconds: z.int().nullable(),
          }),
        )
        .readonly(),
      leftOut: z
        .array(
          z.strictObject({ unitId: idSchema, callsign: z.string(), why: z.enum(leftOutCodes), value: z.number().nullable() }),
        )
        .readonly(),
      suggestion: z
        .array(z.strictObject({ unitId: idSchema, callsign: z.string(), brings: z.array(capabilitySchema).readonly() }))
        .readonly(),
      needs: z
        .array(z.strictObject({ what: capabilitySchema, count: z.int(), onIt: z.int(), suggested: z.int(), missing: z.int() }))
        .readonly(),
    }),
    z.strictObject({ state: z.literal('unknownIncident') }),
  ]),
} as const;
export type RecommendAnswer = z.infer<typeof recommend.out>;

/**
 * Hospitals for a patient, ranked (domain/rules/hospital-recommendation.ts). From the incident, or from `from` where the patient is
 * already elsewhere; `services` replaces what the run card asks for.
 */
export const recommendHospital = {
  in: z.strictObject({
    incidentId: idSchema,
    from: positionSchema.optional(),
    services: z.array(hospitalServiceSchema).max(7).optional(),
  }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('ranked'),
      at: instantSchema,
      routed: routedSchema,
      services: z.array(hospitalServiceSchema).readonly(),
      candidates: z
        .array(
          z.strictObject({
            hospitalId: idSchema,
            name: z.string(),
            etaSeconds: z.int().nullable(),
            metres: z.int().nullable(),
            straightMetres: z.int(),
            /** Arrival and the expected wait there. */
            freeAgainSeconds: z.int().nullable(),
            inbound: z.int(),
            offloading: z.int(),
            reasons: z
              .array(z.strictObject({ code: z.enum(hospitalReasonCodes), speaks: speaksSchema, value: z.number().nullable() }))
              .readonly(),
          }),
        )
        .readonly(),
      leftOut: z
        .array(
          z.strictObject({
            hospitalId: idSchema,
            name: z.string(),
            why: z.enum(hospitalLeftOutCodes),
            value: z.number().nullable(),
            lacks: z.array(hospitalServiceSchema).readonly(),
          }),
        )
        .readonly(),
    }),
    z.strictObject({ state: z.literal('unknownIncident') }),
  ]),
} as const;
export type RecommendHospitalAnswer = z.infer<typeof recommendHospital.out>;
