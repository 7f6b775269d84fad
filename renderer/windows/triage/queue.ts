import type { Assignment } from '#domain/model/assignment.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Facility } from '#domain/model/facility.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { inboundTo } from '#domain/rules/bed-board.ts';
import { news2Applicability } from '#domain/rules/news2.ts';
import { latestNews2, type News2Latest } from '#domain/rules/news2-history.ts';
import { type Retriage, retriageOf, triageQueue, type Wait, waitOf } from '#domain/rules/waiting.ts';
import type { RecordTables } from '../../state/store.ts';

export type WaitingRow = {
  readonly encounter: Encounter;
  readonly patient: Patient | null;
  readonly pending: boolean;
  readonly wait: Wait | null;
  readonly retriage: Retriage | null;
  readonly news: News2Latest | null;
};

export type InboundRow = {
  readonly assignment: Assignment;
  readonly unit: Unit | null;
  readonly incident: Incident | null;
  readonly etaMs: number | null;
};

const recordsOf = <T>(table: ReadonlyMap<Id, { readonly record: T }>): readonly T[] =>
  [...table.values()].map(({ record }) => record);

/** The site's configuration; null until it is known. */
export const facilityOf = (tables: RecordTables): Facility | null => recordsOf(tables.facility)[0] ?? null;

/** Everyone who waits, in the order of the queue, with clocks at `now`. */
export const waitingRows = (tables: RecordTables, now: Instant): readonly WaitingRow[] => {
  const facility = facilityOf(tables);
  const scores = latestNews2(recordsOf(tables.triageAssessment));
  return triageQueue(recordsOf(tables.encounter)).map((encounter) => {
    const patient = tables.patient.get(encounter.patientId)?.record ?? null;
    const applies =
      news2Applicability({ ageYears: patient?.ageYears ?? null, pregnant: encounter.flags.includes('PREG') }) === 'applies';
    return {
      encounter,
      patient,
      pending: tables.encounter.get(encounter.id)?.pending ?? false,
      wait: facility && waitOf(encounter, facility, now),
      retriage: retriageOf(encounter, now),
      news: applies ? (scores.get(encounter.id) ?? null) : null,
    };
  });
};

/** Ambulances that bring somebody here, the next to arrive first. */
export const inboundRows = (tables: RecordTables, now: Instant): readonly InboundRow[] =>
  inboundTo(recordsOf(tables.hospital), recordsOf(tables.assignment)).map((assignment) => ({
    assignment,
    unit: tables.unit.get(assignment.unitId)?.record ?? null,
    incident: tables.incident.get(assignment.incidentId)?.record ?? null,
    etaMs: assignment.etaAt === null ? null : assignment.etaAt - now,
  }));

/** `Moreau, K`; null for a patient nobody could name. */
export const shortName = (patient: Patient | null): string | null =>
  patient?.name ? [patient.name.family, patient.name.given.slice(0, 1)].filter((part) => part !== '').join(', ') : null;

const sexLetters: Readonly<Record<Patient['sex'], string>> = { female: 'F', male: 'M', other: 'X', unknown: '?' };
/** `71 F`, `~50 M` when estimated, `? F` when the age is not known. */
export const ageAndSex = (patient: Patient | null): string =>
  patient
    ? `${patient.ageYears === null ? '?' : `${patient.ageEstimated ? '~' : ''}${patient.ageYears}`} ${sexLetters[patient.sex]}`
    : '–';
