import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { patientSchema } from '../model/patient.ts';
import { idSchema, lineSchema } from '../model/values.ts';
import { ageInYears } from '../rules/age.ts';
import { initialsOf } from '../rules/initials.ts';
import { newVisit } from '../rules/visit.ts';
import { defineCommand, refuse } from './definition.ts';

/** Takes a person into the department: a patient and a visit. A name is not needed: nobody waits for one. */
export const registerPatient = defineCommand({
  name: 'registerPatient',
  input: z.strictObject({
    /** Null when the patient cannot be identified. */
    name: z.strictObject({ family: lineSchema.min(1), given: lineSchema }).nullable(),
    mrn: patientSchema.shape.mrn,
    birthDate: patientSchema.shape.birthDate,
    /** Read only when there is no birth date. */
    ageYears: patientSchema.shape.ageYears,
    ageEstimated: z.boolean(),
    sex: patientSchema.shape.sex,
    allergies: patientSchema.shape.allergies,
    arrivalMode: encounterSchema.shape.arrivalMode,
    complaint: encounterSchema.shape.complaint,
    /** Where the patient waits. */
    place: encounterSchema.shape.place,
    /** The call that brought this patient, when it is known. */
    incidentId: idSchema.nullable(),
  }),
  roles: ['triageNurse', 'chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (_view, input, { issuedAt, newId }) => {
    const ageYears = input.birthDate === null ? input.ageYears : ageInYears(input.birthDate, issuedAt);
    if (ageYears !== null && ageYears > 130) return refuse('malformed', 'bornTooLongAgo');
    return [
      {
        kind: 'patient',
        id: newId(0),
        mrn: input.mrn,
        name: input.name,
        initials: initialsOf(input.name),
        birthDate: input.birthDate,
        ageYears,
        ageEstimated: input.birthDate === null && input.ageEstimated,
        sex: input.sex,
        allergies: input.allergies,
        mergedInto: null,
      },
      newVisit({
        id: newId(1),
        patientId: newId(0),
        arrivalMode: input.arrivalMode,
        arrivedAt: issuedAt,
        complaint: input.complaint,
        place: input.place,
        flags: [
          ...(input.allergies !== null && input.allergies.length > 0 ? (['ALG'] as const) : []),
          ...(ageYears !== null && ageYears < 16 ? (['CHILD'] as const) : []),
        ],
        incidentId: input.incidentId,
      }),
    ];
  },
});
