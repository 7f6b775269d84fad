import type { Hospital } from '#domain/model/hospital.ts';
import type { UnitStatus, UnitType } from '#domain/model/unit.ts';
import { type MapWord, m } from './strings.ts';

const typeWords = {
  als: 'Als',
  bls: 'Bls',
  car: 'Car',
  physician: 'Physician',
  helicopter: 'Helicopter',
  supervisor: 'Supervisor',
} as const;
/** `ALS ambulance`. */
export const typeName = (type: UnitType): string => m(`type${typeWords[type]}`);
/** `ALS`. */
export const typeShort = (type: UnitType): string => m(`short${typeWords[type]}`);
/** A status in the words of this board. */
export const statusName = (status: UnitStatus): string => m(status === 'dispatched' ? 'statusDispatched' : status);

/** What reported a position: a source that the site named, or one of our own. */
export const sourceName = (source: string): string =>
  source === 'replay' ? m('sourceReplay') : source === 'simulator' ? m('sourceSimulator') : source;

const trafficWords: Readonly<Record<Hospital['emsTrafficStatus'], MapWord>> = {
  normal: 'hospitalNormal',
  advisory: 'hospitalAdvisory',
  closed: 'hospitalClosed',
  notApplicable: 'hospitalNotApplicable',
};
/** What is out of the ordinary at a hospital, and who is on the way; empty when neither. */
export const hospitalNote = (hospital: Hospital, inbound: number): string =>
  [
    inbound > 0 ? m('inbound', { count: inbound }) : null,
    hospital.emsTrafficStatus === 'normal' ? null : m(trafficWords[hospital.emsTrafficStatus]),
    hospital.emsOffload === 'delayed' && hospital.offloadDelayMinutes !== null
      ? m('offloadDelay', { count: hospital.offloadDelayMinutes })
      : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');

/** The same as a whole sentence: says so when nothing is out of the ordinary. */
export const hospitalLine = (hospital: Hospital, inbound: number): string =>
  hospitalNote(hospital, inbound) || m('hospitalNormal');
