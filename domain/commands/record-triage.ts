import { z } from 'zod';
import { patientSchema } from '../model/patient.ts';
import { triageAssessmentSchema } from '../model/triage-assessment.ts';
import { isPresent } from '../rules/encounter-status.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

const { encounterId, complaint, vitals, spo2Scale, acuity, note } = triageAssessmentSchema.shape;

/** Records one triage: what was measured and the level a person decided. Waits for ever: a note is never too late. */
export const recordTriage = defineCommand({
  name: 'recordTriage',
  input: z.strictObject({
    encounterId,
    complaint,
    vitals,
    spo2Scale,
    acuity,
    note,
    /** Null leaves the patient's list as it is; an empty list says that none are known. */
    allergies: patientSchema.shape.allergies,
  }),
  roles: ['triageNurse', 'chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, input, { issuedAt, author, newId }) => {
    const encounter = view.get('encounter', input.encounterId);
    if (!encounter) return refuse('notFound', 'unknownPatient');
    if (!isPresent(encounter)) return refuse('conflict', 'patientHasLeft');
    // A level is a safety field: a later one by somebody else is not overwritten by an older gesture.
    if (encounter.triagedAt !== null && encounter.triagedAt > issuedAt) return refuse('conflict', 'triagedSince');
    const [facility] = view.list('facility');
    if (!facility) return refuse('notFound', 'unknownTriageTargets');
    const patient = view.get('patient', encounter.patientId);
    if (input.allergies !== null && !patient) return refuse('notFound', 'unknownPatient');
    const target = facility.triageTargetMinutes[input.acuity - 1] ?? 0;
    const otherFlags = encounter.flags.filter((flag) => flag !== 'ALG');
    const flags =
      input.allergies === null ? encounter.flags : input.allergies.length > 0 ? (['ALG', ...otherFlags] as const) : otherFlags;
    return [
      {
        kind: 'triageAssessment',
        id: newId(0),
        encounterId: encounter.id,
        at: issuedAt,
        by: author,
        complaint: input.complaint,
        vitals: input.vitals,
        spo2Scale: input.spo2Scale,
        acuity: input.acuity,
        note: input.note,
      },
      {
        ...encounter,
        complaint: input.complaint,
        acuity: input.acuity,
        triagedAt: issuedAt,
        retriageDueAt: issuedAt + minutes(target),
        status: encounter.status === 'inProgress' ? 'inProgress' : 'triaged',
        flags: [...flags],
      },
      ...(patient && input.allergies !== null ? [{ ...patient, allergies: input.allergies }] : []),
    ];
  },
});
