import type { Hospital } from '#domain/model/hospital.ts';
import type { UnitStatus, UnitType } from '#domain/model/unit.ts';
import { type MapWord, m } from './strings.ts';

const typeWords = { als: 'Als', bls: 'Bls', car: 'Car', physician: 'Physician', helicopter: 'Helicopter', supervisor: 'Supervisor' } as const;
/** `ALS ambulance`. */
export const typeName = (type: UnitType): string => m(`type${typeWords[type]}`);
/** `ALS`. */
export const typeShort = (type: UnitType): string => m(`short${typeWords[type]}`);
/** A status in the words of this board. */
export const statusName = (status: UnitStatus): string => m(status === 'dispatched' ? 'statusDispatched' : status);

const trafficWords: Readonly<Record<Hospital['emsTrafficStatus'], MapWord>> = {
  normal: 'hospitalNormal',
  advisory: 'hospitalAdvisory',
  closed: 'hospitalClosed',
  notApplicable: 'hospitalNotApplicable',
};
/** A hospital in one line: how it takes ambulances, and who is on the way. */
export const hospitalLine = (hospital: Hospital, inbound: number): string =>
  [
    m('inbound', { count: inbound }),
    hospital.emsOffload === 'delayed' && hospital.offloadDelayMinutes !== null
      ? m('offloadDelay', { count: hospital.offloadDelayMinutes })
      : m(trafficWords[hospital.emsTrafficStatus]),
  ]
    .filter((_part, index) => !(index === 0 && hospital.emsTrafficStatus === 'closed' && inbound === 0))
    .join(' · ');
