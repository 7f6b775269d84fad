import { z } from 'zod';
import { acuitySchema, type Encounter } from '../model/encounter.ts';
import { patientSchema } from '../model/patient.ts';
import type { RecordView } from '../model/record.ts';
import { type Id, idSchema } from '../model/values.ts';
import { isPresent } from '../rules/encounter-status.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

const presentVisit = (visits: readonly Encounter[]): Encounter | undefined => visits.find(isPresent);
const visitsOf = (view: RecordView, patientId: Id): readonly Encounter[] =>
  [...view.list('encounter')].filter((encounter) => encounter.patientId === patientId);

/**
 * Two records are one person: one survives, the other names it for ever. Nothing that protects the patient is chosen by the
 * program: differing allergies or triage levels need the one that shall stand, and of two visits under way the one without a
 * bed gives way.
 */
export const mergePatients = defineCommand({
  name: 'mergePatients',
  input: z.strictObject({
    survivorId: idSchema,
    mergedId: idSchema,
    /** The list that shall stand; null keeps the one that both agree on, or the only one there is. */
    allergies: patientSchema.shape.allergies,
    /** The level that shall stand when both have a visit under way; null as above. */
    acuity: acuitySchema.nullable(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { survivorId, mergedId, allergies, acuity }, { issuedAt }) => {
    const survivor = view.get('patient', survivorId);
    const merged = view.get('patient', mergedId);
    if (!survivor || !merged) return refuse('notFound', 'unknownPatient');
    if (merged.mergedInto !== null) return refuse('alreadyDone', 'mergedAlready');
    if (survivorId === mergedId) return refuse('malformed', 'mergedWithItself');
    const lists = [survivor.allergies, merged.allergies].filter((list) => list !== null);
    const agreed = lists.every((list) => JSON.stringify([...list].sort()) === JSON.stringify([...(lists[0] ?? [])].sort()));
    if (allergies === null && !agreed) return refuse('conflict', 'allergiesDiffer');
    const standing = allergies ?? lists[0] ?? null;
    const kept = visitsOf(view, survivorId);
    const moved = visitsOf(view, mergedId);
    const [stays, ends] = [presentVisit(kept), presentVisit(moved)];
    const merging = stays !== undefined && ends !== undefined;
    if (merging && ends.bedId !== null)
      return refuse('conflict', 'endingVisitHasBed', { bed: view.get('bed', ends.bedId)?.label ?? wordOf('bed.some') });
    const levels = new Set(merging ? [stays.acuity, ends.acuity].filter((level) => level !== null) : []);
    if (acuity === null && levels.size > 1) return refuse('conflict', 'levelsDiffer');
    const flagged = (encounter: Encounter): Encounter => {
      const others = encounter.flags.filter((flag) => flag !== 'ALG');
      return { ...encounter, flags: standing !== null && standing.length > 0 ? ['ALG', ...others] : others };
    };
    return [
      { ...survivor, allergies: standing },
      { ...merged, mergedInto: survivorId },
      ...kept.filter(isPresent).map((encounter): Encounter => {
        if (!merging || encounter.id !== stays.id) return flagged(encounter);
        const triaged = stays.acuity === null ? ends : stays;
        return {
          ...flagged(stays),
          acuity: acuity ?? triaged.acuity,
          triagedAt: triaged.triagedAt,
          retriageDueAt: triaged.retriageDueAt,
          complaint: stays.complaint ?? ends.complaint,
          incidentId: stays.incidentId ?? ends.incidentId,
          status: stays.status === 'arrived' && triaged.acuity !== null ? 'triaged' : stays.status,
        };
      }),
      ...moved.map((encounter): Encounter => {
        const own = { ...encounter, patientId: survivorId };
        if (!merging || encounter.id !== ends.id) return isPresent(own) ? flagged(own) : own;
        return { ...own, status: 'finished', departedAt: issuedAt, place: null, mergedInto: stays.id };
      }),
      // What was measured and decided on the visit that ends belongs to the person, and so to the visit that stays.
      ...(merging
        ? [...view.list('triageAssessment')]
            .filter(({ encounterId }) => encounterId === ends.id)
            .map((assessment) => ({ ...assessment, encounterId: stays.id }))
        : []),
      ...(merging
        ? [...view.list('bed')]
            .filter(({ reservation }) => reservation?.encounterId === ends.id)
            .map((bed) => ({ ...bed, reservation: bed.reservation && { ...bed.reservation, encounterId: stays.id } }))
        : []),
    ];
  },
});
