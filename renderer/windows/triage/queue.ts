import type { Encounter } from '#domain/model/encounter.ts';
import type { Facility } from '#domain/model/facility.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Instant } from '#domain/model/values.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { assessmentsByVisit, type VisitNews2, visitNews2 } from '#domain/rules/news2-history.ts';
import { type Retriage, retriageOf, triageQueue, type Wait, waitOf } from '#domain/rules/waiting.ts';
import { type RecordTables, recordsOf } from '../../state/store.ts';

export type WaitingRow = {
  readonly encounter: Encounter;
  readonly patient: Patient | undefined;
  readonly pending: boolean;
  readonly wait: Wait;
  readonly retriage: Retriage | null;
  readonly news: VisitNews2;
};

/** The site's configuration; null until it is known. */
export const facilityOf = (tables: RecordTables): Facility | null => recordsOf(tables, 'facility')[0] ?? null;

/** Everyone who waits, in the order of the queue, with clocks at `now`. */
export const waitingRows = (tables: RecordTables, now: Instant): readonly WaitingRow[] => {
  const facility = facilityOf(tables);
  const settings = facility?.board ?? shippedBoardSettings;
  const assessments = assessmentsByVisit(recordsOf(tables, 'triageAssessment'));
  return triageQueue(recordsOf(tables, 'encounter')).map((encounter) => {
    const patient = tables.patient.get(encounter.patientId)?.record;
    return {
      encounter,
      patient,
      pending: tables.encounter.get(encounter.id)?.pending ?? false,
      wait: waitOf(encounter, facility, now),
      retriage: retriageOf(encounter, settings, now),
      news: visitNews2(patient, encounter, assessments.get(encounter.id) ?? []),
    };
  });
};
