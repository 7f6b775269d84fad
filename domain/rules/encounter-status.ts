import type { Disposition, Encounter, EncounterStatus } from '../model/encounter.ts';

/** The status of a patient who is in the department without a bed: triaged once a level was decided. */
export const waitingStatus = (encounter: Pick<Encounter, 'acuity'>): EncounterStatus =>
  encounter.acuity === null ? 'arrived' : 'triaged';

/** The status of a visit that ended so. */
export const endedStatus = (disposition: Disposition | null): EncounterStatus =>
  disposition === 'leftWithoutBeingSeen' ? 'leftWithoutBeingSeen' : 'finished';

/** Whether the patient is in the department: not finished, not gone. */
export const isPresent = (encounter: Pick<Encounter, 'status' | 'departedAt'>): boolean =>
  encounter.departedAt === null && encounter.status !== 'finished' && encounter.status !== 'leftWithoutBeingSeen';
