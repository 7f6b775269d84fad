import type { Sex } from '../model/patient.ts';
import type { Instant } from '../model/values.ts';

/** What happened to a visit, by HL7 trigger: the order is that of one moment, when two messages claim the same time. */
export const visitTriggers = [
  'A05',
  'A04',
  'A01',
  'A06',
  'A07',
  'A02',
  'A09',
  'A10',
  'A08',
  'A16',
  'A12',
  'A03',
  'A13',
  'A11',
] as const;
export type VisitTrigger = (typeof visitTriggers)[number];
/** Every trigger that is understood. */
export const adtTriggers = [...visitTriggers, 'A20', 'A40'] as const;
export type AdtTrigger = (typeof adtTriggers)[number];

/** A place as a sender names it: point of care, room, bed and facility joined by `^`, without empty ends. */
export type LocationName = string;

/** Who a message is about; null where it says nothing. */
export type AdtPatient = {
  readonly mrn: string | null;
  readonly name: { readonly family: string; readonly given: string } | null;
  /** `yyyy-mm-dd` */
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  /** AL1: what the patient does not tolerate; empty where it says that there is nothing. Absent in what was kept before it was read. */
  readonly allergies?: readonly string[] | null;
};

export type AdtVisit = {
  /** PV1-19, or PID-18 where a sender has no visit number. */
  readonly number: string | null;
  /** PV1-2: `E` is an emergency, `I` an inpatient. */
  readonly patientClass: string | null;
  readonly location: LocationName | null;
  readonly priorLocation: LocationName | null;
  readonly temporaryLocation: LocationName | null;
  readonly priorTemporaryLocation: LocationName | null;
  readonly admittedAt: Instant | null;
  readonly dischargedAt: Instant | null;
  readonly expectedDischargeAt: Instant | null;
  readonly reason: string | null;
  /** PV1-42, PV1-10 and PV1-36 as the sender writes them; absent in what was kept before they were read. */
  readonly pendingLocation?: LocationName | null;
  readonly service?: string | null;
  readonly dispositionCode?: string | null;
};

type Told = {
  /** Application and facility that sent it. */
  readonly sender: string;
  /** MSH-10. */
  readonly controlId: string;
  /** When it happened: EVN-6, else EVN-2, else MSH-7, else when it came. */
  readonly occurredAt: Instant;
  /** When it was entered (EVN-2) or sent (MSH-7): breaks a tie. */
  readonly recordedAt: Instant;
};

export type VisitEvent = Told & { readonly trigger: VisitTrigger; readonly patient: AdtPatient; readonly visit: AdtVisit };
/** `status` is the code as the sender writes it, of table 0116 or its own. */
export type BedStatusEvent = Told & { readonly trigger: 'A20'; readonly location: LocationName; readonly status: string };
/** Two records are one person: `patient` stays. */
export type MergeEvent = Told & { readonly trigger: 'A40'; readonly patient: AdtPatient; readonly mergedMrn: string };
export type AdtEvent = VisitEvent | BedStatusEvent | MergeEvent;

/** What a visit's messages are kept together by: its number, else the patient; undefined when neither is said. */
export const visitKey = ({ visit, patient }: Pick<VisitEvent, 'visit' | 'patient'>): string | undefined => {
  if (visit.number !== null) return `visit ${visit.number}`;
  return patient.mrn === null ? undefined : `patient ${patient.mrn}`;
};
