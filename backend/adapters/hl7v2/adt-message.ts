/** A message of patient administration, read into what the domain decides on. Everything a sender can get wrong ends here. */
import {
  type AdtEvent,
  type AdtPatient,
  type AdtTrigger,
  type AdtVisit,
  adtTriggers,
  type LocationName,
} from '#domain/adt/event.ts';
import type { Sex } from '#domain/model/patient.ts';
import type { Instant } from '#domain/model/values.ts';
import { MessageError, type ReadMessage } from './message.ts';
import { readDate, readTimestamp, type ZoneClock } from './timestamp.ts';

/** HL7 table 0155: always, never, on error or rejection, on success. */
const acknowledgements = ['AL', 'NE', 'ER', 'SU'] as const;
export type Acknowledgement = (typeof acknowledgements)[number];

/** What of a message the answer and the message desk need, whatever else is wrong with it. */
export type MessageHeader = {
  /** Application and facility, `APP|FACILITY`. */
  readonly sender: string;
  readonly receiver: { readonly application: string; readonly facility: string };
  readonly application: string;
  readonly facility: string;
  readonly controlId: string;
  readonly type: string;
  readonly trigger: string;
  readonly version: string;
  readonly processing: string;
  /** Which answers are wanted (MSH-15, MSH-16); null: the original mode, one answer to each message. */
  readonly wants: { readonly accept: Acknowledgement; readonly application: Acknowledgement } | null;
};

/** So far a sender's clock may be ahead and is still believed. */
const CLOCKS_DIFFER_MS = 10 * 60_000;
const SUPPORTED = /^2(?:\.[3-8](?:\.\d)?)?$/;

/** Who names one of the two wants nothing of the other; where something else stands nobody asked to hear less. */
const wantsOf = (...said: readonly [accept: string, application: string]): MessageHeader['wants'] => {
  if (said.every((text) => text === '')) return null;
  const [accept, application] = said.map((text) => acknowledgements.find((one) => one === (text.toUpperCase() || 'NE')));
  return accept && application ? { accept, application } : null;
};

/** The header of a message. */
export const headerOf = (message: ReadMessage): MessageHeader => {
  const text = (field: number, component = 1) => message.text('MSH', field, component).slice(0, 199);
  const [application, facility] = [text(3), text(4)];
  return {
    sender: `${application}|${facility}`.slice(0, 199),
    application,
    facility,
    receiver: { application: text(5), facility: text(6) },
    controlId: text(10),
    type: text(9),
    trigger: text(9, 2) || message.text('EVN', 1).slice(0, 20),
    version: text(12),
    processing: text(11),
    wants: wantsOf(text(15), text(16)),
  };
};

const sexes: Readonly<Record<string, Sex>> = { F: 'female', M: 'male', O: 'other', A: 'other', N: 'other', U: 'unknown' };
const orNull = (text: string): string | null => (text === '' ? null : text);

/**
 * PID-3: the medical record number among the identifiers, else the hospital's own, else the first; of several of one type that which
 * the sending facility (MSH-4) has given, since those of others count other people.
 */
const mrnOf = (message: ReadMessage, segment: string, field: number): string | null => {
  const text = (component: number, index: number) => message.text(segment, field, component, index);
  const given = Array.from({ length: message.repetitions(segment, field) }, (_, index) => index).filter(
    (index) => text(1, index) !== '',
  );
  const facility = message.text('MSH', 4);
  const typed = (type: string): number | undefined => {
    const ofType = given.filter((index) => text(5, index) === type);
    return ofType.find((index) => facility !== '' && [text(4, index), text(6, index)].includes(facility)) ?? ofType[0];
  };
  const best = typed('MR') ?? typed('PI') ?? given[0] ?? 0;
  return orNull(message.text(segment, field, 1, best).slice(0, 32));
};

const severities: Readonly<Record<string, string>> = { SV: 'severe', MO: 'moderate', MI: 'mild' };
/** SNOMED CT 716186003 and the codes that senders write for it. */
const nothingKnown = /^(?:716186003|NKD?A|NO KNOWN (?:DRUG )?ALLERG(?:Y|IES)|NONE(?: KNOWN)?)$/i;

/** AL1-3 with how severe (AL1-4) and what happens (AL1-5); null where no segment says anything of it. */
const allergiesOf = (message: ReadMessage): readonly string[] | null => {
  const texts = message.each('AL1', 3, 2);
  const codes = message.each('AL1', 3, 1);
  const severity = message.each('AL1', 4, 1);
  const reaction = message.each('AL1', 5, 1);
  if (codes.length === 0) return null;
  return codes.flatMap((code, index) => {
    const text = texts[index] || code;
    if (text === '' || nothingKnown.test(text) || nothingKnown.test(code)) return [];
    const said = severity[index] ?? '';
    const how = [severities[said] ?? said.toLowerCase(), reaction[index] ?? ''].filter((one) => one !== '' && one !== 'u');
    return [how.length === 0 ? text : `${text}: ${how.join(', ')}`];
  });
};

const patientOf = (message: ReadMessage): AdtPatient => {
  const [family, given] = [message.text('PID', 5, 1), message.text('PID', 5, 2)].map((part) => part?.slice(0, 200) ?? '');
  return {
    mrn: mrnOf(message, 'PID', 3),
    name: family || given ? { family: family ?? '', given: given ?? '' } : null,
    birthDate: readDate(message.text('PID', 7)) ?? null,
    sex: sexes[message.text('PID', 8).toUpperCase()] ?? null,
    allergies: allergiesOf(message),
  };
};

const locationOf = (message: ReadMessage, segment: string, field: number): LocationName | null => {
  const parts = [1, 2, 3, 4].map((component) => message.text(segment, field, component).replaceAll('^', ' ').slice(0, 60));
  return orNull(parts.join('^').replace(/\^+$/, ''));
};

/** Reads what a message says; `receivedAt` stands in for a time that it does not say or that has not come yet. Throws MessageError. */
export const readAdt = (message: ReadMessage, clock: ZoneClock, receivedAt: Instant): AdtEvent => {
  const header = headerOf(message);
  if (header.type !== 'ADT')
    throw new MessageError(200, `A message of type ${header.type || '""'} is not taken here: ADT is.`, 'MSH', 9);
  if (!adtTriggers.includes(header.trigger as AdtTrigger))
    throw new MessageError(201, `ADT^${header.trigger || '""'} is not taken here.`, 'MSH', 9);
  if (header.controlId === '')
    throw new MessageError(101, 'MSH-10 is missing: it could not be told from a repetition.', 'MSH', 10);
  if (header.version !== '' && !SUPPORTED.test(header.version))
    throw new MessageError(203, `Version ${header.version} is not taken here: 2.3 to 2.8 are.`, 'MSH', 12);
  const moment = (segment: string, field: number): Instant | null => readTimestamp(message.text(segment, field), clock) ?? null;
  /** A moment that has come: one of next year would go before everything that happens until then. */
  const past = (segment: string, field: number): Instant | null => {
    const said = moment(segment, field);
    return said !== null && said <= receivedAt + CLOCKS_DIFFER_MS ? said : null;
  };
  const recordedAt = past('EVN', 2) ?? past('MSH', 7) ?? receivedAt;
  const told = {
    sender: header.sender,
    controlId: header.controlId,
    occurredAt: past('EVN', 6) ?? recordedAt,
    recordedAt,
  };
  const trigger = header.trigger as AdtTrigger;
  if (trigger === 'A20') {
    const location = locationOf(message, 'NPU', 1);
    if (location === null) throw new MessageError(101, 'NPU-1 is missing: no bed is named.', 'NPU', 1);
    return { trigger, ...told, location, status: message.text('NPU', 2).toUpperCase() };
  }
  if (!message.has('PID')) throw new MessageError(100, 'There is no PID segment.', 'PID');
  const patient = patientOf(message);
  if (trigger === 'A40') {
    const mergedMrn = mrnOf(message, 'MRG', 1);
    if (mergedMrn === null) throw new MessageError(101, 'MRG-1 is missing: nobody is merged.', 'MRG', 1);
    return { trigger, ...told, patient, mergedMrn };
  }
  // Cut short on the way: of a departure that names no visit nobody knows which one it ends.
  if (trigger !== 'A08' && !message.has('PV1')) throw new MessageError(100, 'There is no PV1 segment.', 'PV1');
  const visit: AdtVisit = {
    number: orNull((message.text('PV1', 19) || message.text('PID', 18)).slice(0, 32)),
    patientClass: orNull(message.text('PV1', 2).toUpperCase()),
    location: locationOf(message, 'PV1', 3),
    priorLocation: locationOf(message, 'PV1', 6),
    temporaryLocation: locationOf(message, 'PV1', 11),
    priorTemporaryLocation: locationOf(message, 'PV1', 43),
    admittedAt: moment('PV1', 44),
    dischargedAt: moment('PV1', 45),
    expectedDischargeAt: moment('PV2', 9),
    reason: orNull((message.text('PV2', 3, 2) || message.text('PV2', 3)).slice(0, 200)),
    pendingLocation: locationOf(message, 'PV1', 42),
    service: orNull((message.text('PV1', 10, 2) || message.text('PV1', 10)).slice(0, 200)),
    dispositionCode: orNull(message.text('PV1', 36).toUpperCase().slice(0, 20)),
  };
  return { trigger, ...told, patient, visit };
};
