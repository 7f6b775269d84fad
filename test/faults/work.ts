/** What people do at the desks of the faults: a department, and gestures whose outcome is known beforehand. */
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, testId } from '#domain/testing/builders.ts';
import type { Random } from '#domain/testing/random.ts';

export const facility = buildFacility();
export const beds = Array.from({ length: 24 }, (_, index) =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null }),
);
export const patients = Array.from({ length: 12 }, (_, index) =>
  buildPatient({ id: testId('c', index + 1), name: { family: `Canary${index}`, given: 'Given' } }),
);
export const encounters = patients.map((patient, index) =>
  buildEncounter({
    id: testId('e', index + 1),
    patientId: patient.id,
    bedId: null,
    bedAssignedAt: null,
    status: 'triaged',
    departedAt: null,
  }),
);
/** One facility, 24 free beds, 12 patients who wait. */
export const department: readonly VigilRecord[] = [facility, buildArea(), ...beds, ...patients, ...encounters];

export type Gesture = { readonly commandId: Id; readonly name: string; readonly input: unknown };

const registration = (complaint: string) => ({
  name: { family: 'Canaryfamily', given: 'Canarygiven' },
  mrn: null,
  birthDate: null,
  ageYears: 40,
  ageEstimated: true,
  sex: 'unknown',
  allergies: null,
  arrivalMode: 'walkIn',
  complaint,
  place: null,
  incidentId: null,
});
const call = (address: string) => ({
  category: 'Fall',
  determinant: null,
  priority: 2,
  address,
  position: facility.position,
  patientSummary: null,
});

export type Worker = {
  /** The next thing this person does; all of them apply in the order in which they were made. */
  readonly next: () => Gesture;
  /** One gesture that never expires and that the backend numbers: done twice it would take two numbers. */
  readonly call: () => Gesture;
  readonly register: () => Gesture;
  /** One gesture that expires four hours after it was made. */
  readonly block: () => Gesture;
};

/**
 * Somebody at a desk. A bed is blocked and unblocked in turn, so that two of them swapped or one left out is refused; a call
 * is numbered by the backend, so that one done twice leaves a gap. People with different `place`s use different beds.
 */
export const createWorker = (random: Random, place = 0): Worker => {
  const own = beds.slice(place * 6, place * 6 + 6);
  const blocked = new Set<Id>();
  let count = 0;
  const gesture = (name: string, input: unknown): Gesture => ({ commandId: random.id(), name, input });
  const block = (): Gesture => {
    const bed = random.pick(own);
    if (blocked.delete(bed.id)) return gesture('unblockBed', { bedId: bed.id });
    blocked.add(bed.id);
    return gesture('blockBed', { bedId: bed.id, reason: 'equipment', until: null });
  };
  const text = (what: string): string => {
    count += 1;
    return `${what} ${place} ${count}`;
  };
  const createCall = (): Gesture => gesture('createIncident', call(text('Street')));
  const register = (): Gesture => gesture('registerPatient', registration(text('complaint')));
  return { next: () => random.pick([block, block, createCall, register])(), call: createCall, register, block };
};
