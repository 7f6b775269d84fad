import { adtTriggers } from '#domain/adt/event.ts';
import type { Disagreement } from '#domain/model/disagreement.ts';
import type { Id } from '#domain/model/values.ts';
import type { RecordTables } from '../../../state/store.ts';
import { ageAndSex, longName, shortName } from '../../../ui/person.ts';
import { m } from './strings.ts';

/** What is known of these, in a line. */
export const joined = (...parts: readonly string[]): string => parts.filter(Boolean).join(' · ');

/** What a sender calls a place, as a person says it. */
export const placeText = (location: string): string => location.split('^').filter(Boolean).join(' ');
/** `APPLICATION|FACILITY` as a person says it. */
export const senderText = (sender: string): string => sender.split('|').filter(Boolean).join(' ') || m('nobody');
/** An HL7 trigger with what it means; the bare trigger where that is not known. */
export const triggerText = (trigger: string): string => {
  const known = adtTriggers.find((one) => one === trigger);
  return known ? `${known} ${m(`trigger_${known}`)}` : trigger || m('unreadable');
};

const patientOf = (tables: RecordTables | null, encounterId: Id | null) => {
  const visit = encounterId === null ? undefined : tables?.encounter.get(encounterId)?.record;
  return visit && tables?.patient.get(visit.patientId)?.record;
};
/** Whose visit it is, in a row; empty where it is not known here. */
export const patientShort = (tables: RecordTables | null, encounterId: Id | null): string => {
  const patient = patientOf(tables, encounterId);
  return patient ? shortName(patient) : '';
};
/** Whose visit it is, with age and sex; empty where it is not known here. */
export const patientLong = (tables: RecordTables | null, encounterId: Id | null): string => {
  const patient = patientOf(tables, encounterId);
  return patient ? joined(longName(patient), ageAndSex(patient)) : '';
};
/** The same with the number. */
export const patientNumbered = (tables: RecordTables | null, encounterId: Id | null): string =>
  joined(patientLong(tables, encounterId), patientOf(tables, encounterId)?.mrn ?? '');
/** What a bed is called; `–` where it is not known here. */
export const bedText = (tables: RecordTables | null, bedId: Id): string => tables?.bed.get(bedId)?.record.label ?? '–';
/** What a disagreement is about, in a line. */
export const disagreementTitle = (tables: RecordTables | null, { about, bedId }: Disagreement): string =>
  m(`about_${about}`, { bed: bedId === null ? '–' : bedText(tables, bedId) });
