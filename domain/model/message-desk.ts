/**
 * What a desk may ask the hospital about the messages of its interfaces, and what it is answered. Messages are no records: they are
 * kept by the hospital alone, and a desk sees them only while somebody looks.
 */
import { z } from 'zod';
import { idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

/** What became of a message that came: `waiting` needs a person here first; `refused` and `rejected` were not taken. */
export const messageStates = ['applied', 'confirmed', 'noted', 'waiting', 'refused', 'duplicate', 'rejected'] as const;
/** What became of a message that goes out: `dead` is refused by the receiver and waits for a person, `dropped` a person gave up. */
export const outgoingStates = ['queued', 'sent', 'dead', 'dropped'] as const;

/** How many messages one answer lists. */
export const mostListed = 50;
/** How many mapped places one answer lists. */
export const mostPlaces = 500;
/** The most characters of a message that a desk is shown. */
export const longestShown = 100_000;

const sequenceSchema = z.int().positive();
const reasonSchema = shortTextSchema(1_000);
const senderSchema = shortTextSchema(500);
const placeSchema = shortTextSchema(1_000).min(1);
/** Why a person did it. */
const whySchema = lineSchema.min(1);

/** A message that came, without its bytes. */
export const listedMessageSchema = z.strictObject({
  /** Its place among all received messages. */
  sequence: sequenceSchema,
  receivedAt: instantSchema,
  /** `APPLICATION|FACILITY`. */
  sender: senderSchema,
  /** HL7 MSH-10. */
  controlId: shortTextSchema(500),
  /** HL7 MSH-9.2, such as `A02`; empty when it could not be read. */
  trigger: shortTextSchema(20),
  occurredAt: instantSchema.nullable(),
  mrn: shortTextSchema(500).nullable(),
  encounterId: idSchema.nullable(),
  /** The place that somebody must map, as the sender names it. */
  location: shortTextSchema(1_000).nullable(),
  state: z.enum(messageStates),
  /** MSA-1 of the answer: AA, AE or AR. */
  code: shortTextSchema(8),
  reason: reasonSchema,
});
export type DeskMessage = z.infer<typeof listedMessageSchema>;

/** A message of Vigil's own, without its bytes. */
export const listedOutgoingSchema = z.strictObject({
  sequence: sequenceSchema,
  createdAt: instantSchema,
  trigger: shortTextSchema(20),
  controlId: shortTextSchema(500),
  /** Whose move it tells; null where it tells the status of a bed. */
  encounterId: idSchema.nullable(),
  bedId: idSchema.nullable(),
  state: z.enum(outgoingStates),
  /** How often the receiver has refused it. */
  attempts: z.int().min(0),
  nextAt: instantSchema,
  /** What the receiver said last, or who did what with it and why. */
  reason: reasonSchema.nullable(),
  endedAt: instantSchema.nullable(),
});
export type DeskOutgoing = z.infer<typeof listedOutgoingSchema>;

/** A place of a sender which a person made a bed. */
export const mappedPlaceSchema = z.strictObject({
  sender: senderSchema,
  location: placeSchema,
  bedId: idSchema,
  at: instantSchema,
});
export type MappedPlace = z.infer<typeof mappedPlaceSchema>;

/** Bytes as a person reads them, a segment a line; null where they are no longer kept. `cut`: there is more than is shown. */
const shownTextSchema = z.strictObject({ text: shortTextSchema(longestShown), cut: z.boolean() }).nullable();
export type ShownText = z.infer<typeof shownTextSchema>;

/** One question; those of `changing` change something, the others only look. */
export const deskQuestionSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('messages'),
    /** Only these; null: any. */
    states: z.array(z.enum(messageStates)).min(1).max(messageStates.length).nullable(),
    sender: senderSchema.nullable(),
    /** Only those that came before this one. */
    before: sequenceSchema.nullable(),
  }),
  z.strictObject({ about: z.literal('message'), sequence: sequenceSchema }),
  z.strictObject({
    about: z.literal('mapBed'),
    sender: senderSchema,
    location: placeSchema,
    bedId: idSchema,
  }),
  z.strictObject({ about: z.literal('places') }),
  z.strictObject({ about: z.literal('unmapPlace'), sender: senderSchema, location: placeSchema }),
  z.strictObject({ about: z.literal('replay'), sequence: sequenceSchema }),
  z.strictObject({
    about: z.literal('outgoing'),
    states: z.array(z.enum(outgoingStates)).min(1).max(outgoingStates.length),
    before: sequenceSchema.nullable(),
  }),
  z.strictObject({ about: z.literal('outgoingMessage'), sequence: sequenceSchema }),
  z.strictObject({ about: z.literal('resend'), sequence: sequenceSchema, why: whySchema }),
  z.strictObject({ about: z.literal('giveUp'), sequence: sequenceSchema, why: whySchema }),
]);
export type DeskQuestion = z.infer<typeof deskQuestionSchema>;

/**
 * Why a question got no answer: `notReached` nobody heard it · `unanswered` it may have been done · `notAllowed` not this person or
 * device · `noInterface` the hospital has none · `notFound` unknown or no longer kept · `notDone` in words why not · `busy` later.
 */
export const deskRefusals = [
  'notReached',
  'unanswered',
  'notAllowed',
  'noInterface',
  'notFound',
  'notDone',
  'busy',
  'failed',
] as const;
export type DeskRefusal = (typeof deskRefusals)[number];

/** The answer to the question of the same name, or why there is none. */
export const deskAnswerSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('messages'),
    messages: z.array(listedMessageSchema).max(mostListed),
    /** There may be older ones. */
    more: z.boolean(),
  }),
  z.strictObject({
    about: z.literal('message'),
    message: listedMessageSchema,
    received: shownTextSchema,
    answered: shownTextSchema,
  }),
  /** How many messages that waited for the place were done again. */
  z.strictObject({ about: z.literal('mapBed'), done: z.int().min(0) }),
  z.strictObject({ about: z.literal('places'), places: z.array(mappedPlaceSchema).max(mostPlaces), more: z.boolean() }),
  z.strictObject({ about: z.literal('unmapPlace') }),
  z.strictObject({ about: z.literal('replay'), state: z.enum(messageStates), code: shortTextSchema(8), reason: reasonSchema }),
  z.strictObject({ about: z.literal('outgoing'), messages: z.array(listedOutgoingSchema).max(mostListed), more: z.boolean() }),
  z.strictObject({
    about: z.literal('outgoingMessage'),
    message: listedOutgoingSchema,
    sent: shownTextSchema,
    answered: shownTextSchema,
  }),
  z.strictObject({ about: z.literal('resend') }),
  z.strictObject({ about: z.literal('giveUp') }),
  z.strictObject({ about: z.literal('refused'), code: z.enum(deskRefusals), message: lineSchema }),
]);
export type DeskAnswer = z.infer<typeof deskAnswerSchema>;

/** What is answered where the question cannot be. */
export const refusedAnswer = (code: DeskRefusal, message: string): DeskAnswer => ({ about: 'refused', code, message });

const changing: ReadonlySet<DeskQuestion['about']> = new Set(['mapBed', 'unmapPlace', 'replay', 'resend', 'giveUp']);
/** Whether a question changes something, so that only a charge nurse may ask it. */
export const changesMessages = ({ about }: DeskQuestion): boolean => changing.has(about);
