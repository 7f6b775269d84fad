/** What every resource is made of: FHIR R4 in JSON, in which nothing is empty and nothing is null. */
import type { Bed } from '#domain/model/bed.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { RecordKind, RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Resource = Fields & { readonly resourceType: string; readonly id?: string };
export type Coding = { readonly system: string; readonly code: string; readonly display?: string };
export type RecordKey = { readonly kind: RecordKind; readonly id: Id };

/** The records that resources are made of, at one moment. */
export type Department = {
  readonly view: RecordView;
  readonly now: Instant;
  /** The version of what these records say together: changes whenever one of them, or which they are, does. */
  readonly versionOf: (keys: readonly RecordKey[]) => string;
  readonly reservedBeds: () => readonly Bed[];
  /** Those who were merged into a patient. */
  readonly mergedInto: (patientId: Id) => readonly Patient[];
};

/** A department over records. What a page of resources asks again and again is looked for once, at the first question. */
export const departmentAt = ({ view, now, versionOf }: Pick<Department, 'view' | 'now' | 'versionOf'>): Department => {
  let reserved: readonly Bed[] | null = null;
  let merged: ReadonlyMap<Id, readonly Patient[]> | null = null;
  const gatherMerged = (): ReadonlyMap<Id, readonly Patient[]> => {
    const bySurvivor = new Map<Id, Patient[]>();
    for (const patient of view.list('patient')) {
      if (patient.mergedInto === null) continue;
      const those = bySurvivor.get(patient.mergedInto);
      if (those) those.push(patient);
      else bySurvivor.set(patient.mergedInto, [patient]);
    }
    return bySurvivor;
  };
  return {
    view,
    now,
    versionOf,
    reservedBeds: () => {
      reserved ??= [...view.list('bed')].filter(({ status }) => status === 'reserved');
      return reserved;
    },
    mergedInto: (patientId) => {
      merged ??= gatherMerged();
      return merged.get(patientId) ?? [];
    },
  };
};

export const codeSystems = {
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  bedStatus: 'http://terminology.hl7.org/CodeSystem/v2-0116',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  physicalType: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
  discharge: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  absent: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  ownAcuity: 'urn:x-vigil:acuity',
  ownDisposition: 'urn:x-vigil:disposition',
  ownObservation: 'urn:x-vigil:observation',
  ownCapacity: 'urn:x-vigil:capacity',
} as const;

/** The fields that say something: what is undefined, null, an empty text or an empty list is left out. */
export const filled = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );

/** A moment as FHIR writes an `instant`, in UTC. */
export const instantText = (at: Instant): string => new Date(at).toISOString();

/** A period; without an end it lasts. */
export const period = (start: Instant, end: Instant | null): Fields =>
  filled({ start: instantText(start), end: end === null ? undefined : instantText(end) });

/** A concept of one code system, or of several that mean the same. */
export const concept = (codings: readonly Coding[], text?: string): Fields => filled({ coding: codings, text });

/** A number of the hospital's, with its kind of table 0203. */
export const identifier = (type: 'MR' | 'VN', value: string): Fields => ({
  type: concept([{ system: codeSystems.identifierType, code: type }]),
  value,
});

/** A resource with its version; empty fields are left out. */
export const resource = (resourceType: string, id: string, versionId: string, fields: Fields): Resource => ({
  resourceType,
  id,
  meta: { versionId },
  ...filled(fields),
});
