import { z } from 'zod';
import { alarmSchema } from './alarm.ts';
import { areaSchema } from './area.ts';
import { assignmentSchema } from './assignment.ts';
import { bedSchema } from './bed.ts';
import { callSchema } from './call.ts';
import { capacitySampleSchema } from './capacity-sample.ts';
import { careNoteSchema } from './care-note.ts';
import { deviceSchema } from './device.ts';
import { disagreementSchema } from './disagreement.ts';
import { encounterSchema } from './encounter.ts';
import { facilitySchema } from './facility.ts';
import { handoverSchema } from './handover.ts';
import { hospitalSchema } from './hospital.ts';
import { incidentSchema } from './incident.ts';
import { interfaceLinkSchema } from './interface-link.ts';
import { messageSchema } from './message.ts';
import { patientSchema } from './patient.ts';
import { surgeSchema } from './surge.ts';
import { taskSchema } from './task.ts';
import { triageAssessmentSchema } from './triage-assessment.ts';
import { unitSchema } from './unit.ts';
import type { Id } from './values.ts';

/** Every kind of record there is, by its name on the wire and in the store. */
export const recordSchemas = {
  facility: facilitySchema,
  area: areaSchema,
  bed: bedSchema,
  patient: patientSchema,
  encounter: encounterSchema,
  triageAssessment: triageAssessmentSchema,
  incident: incidentSchema,
  unit: unitSchema,
  assignment: assignmentSchema,
  device: deviceSchema,
  alarm: alarmSchema,
  hospital: hospitalSchema,
  call: callSchema,
  message: messageSchema,
  careNote: careNoteSchema,
  task: taskSchema,
  capacitySample: capacitySampleSchema,
  surge: surgeSchema,
  handover: handoverSchema,
  disagreement: disagreementSchema,
  interfaceLink: interfaceLinkSchema,
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;
export type VigilRecord = { [K in RecordKind]: RecordOf<K> }[RecordKind];

/** All record kinds, in one fixed order. */
export const recordKinds = Object.keys(recordSchemas) as readonly RecordKind[];
export const recordKindSchema = z.enum(Object.keys(recordSchemas) as [RecordKind, ...RecordKind[]]);

/** Any record, told apart by `kind`. */
export const recordSchema = z.discriminatedUnion('kind', [
  facilitySchema,
  areaSchema,
  bedSchema,
  patientSchema,
  encounterSchema,
  triageAssessmentSchema,
  incidentSchema,
  unitSchema,
  assignmentSchema,
  deviceSchema,
  alarmSchema,
  hospitalSchema,
  callSchema,
  messageSchema,
  careNoteSchema,
  taskSchema,
  capacitySampleSchema,
  surgeSchema,
  handoverSchema,
  disagreementSchema,
  interfaceLinkSchema,
]);

/** What a decision may read: records by id and by kind, at one moment. */
export type RecordView = {
  readonly get: <K extends RecordKind>(kind: K, id: Id) => RecordOf<K> | undefined;
  readonly list: <K extends RecordKind>(kind: K) => Iterable<RecordOf<K>>;
};
