import { adtTriggers } from '#domain/adt/event.ts';
import type { Id } from '#domain/model/values.ts';
import type { RecordTables } from '../../../state/store.ts';
import { ageAndSex, longName, shortName } from '../../../ui/person.ts';
import { m } from './strings.ts';

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
/** Whose visit it is, with age, sex and number; empty where it is not known here. */
export const patientLong = (tables: RecordTables | null, encounterId: Id | null): string => {
  const patient = patientOf(tables, encounterId);
  return patient ? [longName(patient), ageAndSex(patient), patient.mrn ?? ''].filter(Boolean).join(' · ') : '';
};
/** What a bed is called; `–` where it is not known here. */
export const bedText = (tables: RecordTables | null, bedId: Id): string => tables?.bed.get(bedId)?.record.label ?? '–';
