import { z } from 'zod';
import { idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

export const encounterStatuses = ['arrived', 'triaged', 'inProgress', 'finished', 'leftWithoutBeingSeen'] as const;
/**
 * ALG allergy, INF infection, FALL fall risk, ISO isolation, NBM nil by mouth, PREG pregnant, SAFE safeguarding, INT interpreter
 * wanted, 1:1 constant observation, NIV non-invasive ventilation.
 */
export const encounterFlags = [
  'ALG',
  'FALL',
  'ISO',
  'NBM',
  'PREG',
  'CHILD',
  '1:1',
  'NIV',
  'TRAUMA',
  'SEPSIS',
  'STROKE',
  'STEMI',
  'INF',
  'SAFE',
  'INT',
] as const;
export const encounterFlagSchema = z.enum(encounterFlags);
export const isolationKinds = ['contact', 'droplet', 'airborne', 'protective'] as const;
/** What the next step of a patient waits for. */
export const awaitedThings = ['bloods', 'imaging', 'specialty', 'medication', 'bed', 'transport'] as const;
export const dispositions = [
  'discharged',
  'admitted',
  'transferred',
  'leftWithoutBeingSeen',
  'leftAgainstAdvice',
  'died',
] as const;

/** One change of where a patient is: into a bed, to a place without one, or away for good (both null). */
export const moveSchema = z.strictObject({
  at: instantSchema,
  bedId: idSchema.nullable(),
  place: lineSchema.nullable(),
  /** Who did it, or the interface that said it. */
  by: lineSchema,
  /** Why a rule of the department was overridden; null when none was. */
  note: lineSchema.nullable(),
});
/** The moves of one visit that are kept: the newest. */
export const mostMoves = 60;

const stamp = {
  /** When it was done; what is known since an earlier moment says so beside it. */
  at: instantSchema,
  /** Who did it, or the interface that said it. */
  by: lineSchema,
};
const done = <const W extends string, S extends z.ZodRawShape>(what: W, shape: S) =>
  z.strictObject({ what: z.literal(what), ...stamp, ...shape });
/**
 * One thing about a visit that somebody changed, with its new value; where the patient is stands in the moves, what was measured in
 * the assessments.
 */
export const visitChangeSchema = z.discriminatedUnion('what', [
  done('arrived', {}),
  done('away', { to: lineSchema, since: instantSchema, expectedBackAt: instantSchema.nullable() }),
  done('back', { to: lineSchema, since: instantSchema }),
  /** `to` null: a ward not named yet. */
  done('admission', { to: lineSchema.nullable(), since: instantSchema }),
  done('admissionWithdrawn', {}),
  done('left', { disposition: z.enum(dispositions).nullable(), leftAt: instantSchema }),
  /** There after all, or back in the bed from which the visit had been ended. */
  done('returned', {}),
  done('expectedDeparture', { expectedAt: instantSchema.nullable() }),
  done('nurse', { text: lineSchema.nullable() }),
  done('doctor', { text: lineSchema.nullable() }),
  done('nextStep', { text: lineSchema.nullable() }),
  done('waitingFor', { waitingFor: z.array(z.enum(awaitedThings)).max(awaitedThings.length) }),
  done('ventilated', { ventilated: z.boolean().nullable() }),
  done('isolation', { isolation: z.enum(isolationKinds).nullable() }),
  /** `note` is what the flag means for this patient; null when nothing is said, or the flag is gone. */
  done('flag', { flag: encounterFlagSchema, isSet: z.boolean(), note: lineSchema.nullable() }),
]);
/** The changes of one visit that are kept: the arrival and the newest. */
export const mostChanges = 80;

export const acuitySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
/** Triage level, 1 most urgent. A person decided it; a suggestion never stands here. */
export type Acuity = z.infer<typeof acuitySchema>;

/** One visit to the emergency department (FHIR R4 Encounter, class EMER). */
export const encounterSchema = z.strictObject({
  kind: z.literal('encounter'),
  id: idSchema,
  patientId: idSchema,
  status: z.enum(encounterStatuses),
  arrivalMode: z.enum(['walkIn', 'ambulance']),
  arrivedAt: instantSchema,
  complaint: lineSchema.nullable(),
  acuity: acuitySchema.nullable(),
  triagedAt: instantSchema.nullable(),
  retriageDueAt: instantSchema.nullable(),
  bedId: idSchema.nullable(),
  bedAssignedAt: instantSchema.nullable(),
  /** Where the patient waits when there is no bed. */
  place: lineSchema.nullable(),
  /** When it was decided to admit: from then on the patient boards. */
  admitDecidedAt: instantSchema.nullable(),
  expectedDepartureAt: instantSchema.nullable(),
  /** On a ventilator through a tube or a cannula; the flag NIV is not meant. Null: nobody has said. */
  ventilated: z.boolean().nullable(),
  flags: z.array(encounterFlagSchema).max(encounterFlags.length),
  /** What a flag means for this patient, such as the allergen or the language. */
  flagNotes: z
    .array(z.strictObject({ flag: encounterFlagSchema, text: lineSchema.min(1) }))
    .max(encounterFlags.length)
    .default([]),
  isolation: z.enum(isolationKinds).nullable().default(null),
  nextStep: lineSchema.nullable(),
  waitingFor: z.array(z.enum(awaitedThings)).max(awaitedThings.length).default([]),
  /** Out of the department for a while, such as at imaging: the bed is kept. */
  away: z
    .strictObject({ to: lineSchema, since: instantSchema, expectedBackAt: instantSchema.nullable() })
    .nullable()
    .default(null),
  /** The ward or specialty that takes the patient. */
  admitTo: lineSchema.nullable().default(null),
  disposition: z.enum(dispositions).nullable().default(null),
  /** The hospital's number of this visit (HL7 PV1-19). */
  visitNumber: shortTextSchema(32).nullable().default(null),
  /** Oldest first. */
  moves: z.array(moveSchema).max(mostMoves).default([]),
  /** In the order in which they were written; only rules/visit-changes.ts adds to them. */
  changes: z.array(visitChangeSchema).max(mostChanges).default([]),
  nurse: lineSchema.nullable(),
  doctor: lineSchema.nullable(),
  departedAt: instantSchema.nullable(),
  incidentId: idSchema.nullable(),
  /** The visit that stands for this one after a merge, for ever; absent when there was none. */
  mergedInto: idSchema.optional(),
});
export type Encounter = z.infer<typeof encounterSchema>;
export type EncounterFlag = Encounter['flags'][number];
export type EncounterStatus = Encounter['status'];
export type Move = z.infer<typeof moveSchema>;
export type VisitChange = z.infer<typeof visitChangeSchema>;
export type Disposition = (typeof dispositions)[number];
