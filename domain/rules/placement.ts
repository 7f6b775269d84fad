import type { Bed } from '../model/bed.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';

/** Rules of a department about who lies where, each of which a person may override with a reason. */
export const placementConcerns = ['isolation', 'sex'] as const;
export type PlacementConcern = (typeof placementConcerns)[number];

/** What speaks against this patient in this bed. A sex that is not known, or neither, speaks against nothing. */
export const concernsAbout = (view: RecordView, bed: Bed, encounter: Encounter): readonly PlacementConcern[] => {
  const meantFor = view.get('area', bed.areaId)?.sex ?? 'any';
  const sex = view.get('patient', encounter.patientId)?.sex;
  const concerns: PlacementConcern[] = [];
  if (encounter.isolation !== null && !bed.single) concerns.push('isolation');
  if (meantFor !== 'any' && (sex === 'female' || sex === 'male') && sex !== meantFor) concerns.push('sex');
  return concerns;
};

/** A concern as a sentence about a bed. */
export const concernSentence = (view: RecordView, bed: Bed, encounter: Encounter, concern: PlacementConcern): string =>
  concern === 'isolation'
    ? `The patient needs ${encounter.isolation} isolation and ${bed.label} is not a room of its own.`
    : `${bed.label} is in an area for ${view.get('area', bed.areaId)?.sex} patients.`;
