/**
 * Which status may follow which. Statuses are compared by their exact id, never by a part of it.
 *
 *   available ─► dispatched ─► acknowledged ─► enRoute ─► (staging) ─► onScene ─► atPatient ─► transporting ─► atDestination
 *       ▲             │ a crew may skip what it did not press, forward only                         (offloading) │
 *       └─────────────┴──────────────────────── clearing ◄──────────────────────────────────────────────────────┘
 */
import type { AssignmentTimes } from '../model/assignment.ts';
import type { UnitStatus } from '../model/unit.ts';

const free = ['availableAtStation', 'availableMobile'] as const;
const afterScene = ['transporting', 'clearing', ...free] as const;

/** From each status, the statuses that may follow by `setUnitStatus`. `dispatched` is entered by a dispatch alone. */
export const unitTransitions: Readonly<Record<UnitStatus, readonly UnitStatus[]>> = {
  availableAtStation: ['availableMobile', 'outOfService'],
  availableMobile: ['availableAtStation', 'outOfService'],
  dispatched: ['acknowledged', 'enRoute', 'staging', 'onScene', ...free, 'outOfService'],
  acknowledged: ['enRoute', 'staging', 'onScene', ...free, 'outOfService'],
  enRoute: ['staging', 'onScene', 'atPatient', ...free, 'outOfService'],
  staging: ['enRoute', 'onScene', 'atPatient', ...free, 'outOfService'],
  onScene: ['atPatient', ...afterScene],
  atPatient: ['onScene', ...afterScene],
  transporting: ['atDestination', 'offloading', 'clearing'],
  atDestination: ['offloading', 'clearing', ...free],
  offloading: ['clearing', ...free],
  clearing: [...free, 'outOfService'],
  outOfService: [...free],
};

/** Names as people say them. */
export const unitStatusLabels: Readonly<Record<UnitStatus, string>> = {
  availableAtStation: 'Available at station',
  availableMobile: 'Available mobile',
  dispatched: 'Dispatched',
  acknowledged: 'Acknowledged',
  enRoute: 'En route',
  staging: 'Staging',
  onScene: 'On scene',
  atPatient: 'At patient',
  transporting: 'Transporting',
  atDestination: 'At destination',
  offloading: 'Offloading',
  clearing: 'Clearing',
  outOfService: 'Out of service',
};

/** The eTimes moment that a status begins; null for one that has none of its own. */
export const timeOfStatus: Readonly<Record<UnitStatus, keyof AssignmentTimes | null>> = {
  availableAtStation: 'backInService',
  availableMobile: 'backInService',
  dispatched: 'unitNotified',
  acknowledged: 'acknowledged',
  enRoute: 'enRoute',
  staging: null,
  onScene: 'onScene',
  atPatient: 'atPatient',
  transporting: 'leftScene',
  atDestination: 'atDestination',
  offloading: null,
  clearing: 'transferOfCare',
  outOfService: null,
};

/** Whether a unit of this status may be sent. */
export const isFree = (status: UnitStatus): boolean => status === 'availableAtStation' || status === 'availableMobile';

/** Whether the status ends the unit's mission. */
export const endsMission = (status: UnitStatus): boolean => isFree(status) || status === 'outOfService';

/** Whether a unit has a mission in this status. */
export const isOnMission = (status: UnitStatus): boolean => !endsMission(status);

/** Whether a unit is sent and has not reached the scene: it can still be called back or diverted. */
export const isBeforeScene = (status: UnitStatus): boolean =>
  status === 'dispatched' || status === 'acknowledged' || status === 'enRoute' || status === 'staging';

/** Whether `to` may follow `from`. */
export const mayFollow = (from: UnitStatus, to: UnitStatus): boolean => unitTransitions[from].includes(to);
