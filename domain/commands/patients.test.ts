import { describe, expect, test } from 'vitest';
import { buildEncounter, buildFacility, buildPatient, buildVitals, ids, testNow } from '../testing/builders.ts';
import { done, give, givenCommandId, logged, refusalOf } from '../testing/giving.ts';
import { derivedId } from './derived-id.ts';
import type { CommandInput } from './registry.ts';

const { bed: bedId, encounter: encounterId, incident: incidentId } = ids;
const author = { personId: ids.person, name: 'R. Ortiz' };
const waiting = buildEncounter();
const lying = buildEncounter({ status: 'inProgress', bedId, bedAssignedAt: testNow - 500, place: null });

describe('patients', () => {
  const registration: CommandInput<'registerPatient'> = {
    name: null,
    mrn: null,
    birthDate: null,
    ageYears: 50,
    ageEstimated: true,
    sex: 'male',
    allergies: null,
    arrivalMode: 'ambulance',
    complaint: null,
    place: 'Desk 2',
    incidentId,
  };
  const [patientId, visitId] = [derivedId(givenCommandId, 0), derivedId(givenCommandId, 1)];
  test('a person without a name', () => {
    expect(give([], 'registerPatient', registration)).toEqual(
      done(
        buildPatient({
          id: patientId,
          mrn: null,
          name: null,
          initials: '?',
          birthDate: null,
          ageYears: 50,
          ageEstimated: true,
          sex: 'male',
        }),
        logged(
          buildEncounter({
            id: visitId,
            patientId,
            arrivedAt: testNow,
            arrivalMode: 'ambulance',
            complaint: null,
            place: 'Desk 2',
            ventilated: null,
            incidentId,
          }),
          { what: 'arrived' },
        ),
      ),
    );
  });
  test('a birth date gives the age and ends the estimate; flags follow', () => {
    const decision = give([], 'registerPatient', {
      ...registration,
      name: { family: 'Idris', given: 'Hana' },
      birthDate: '2016-11-21',
      allergies: ['Penicillin'],
    });
    expect(decision.ok && decision.puts).toMatchObject([
      { initials: 'HI', ageYears: 9, ageEstimated: false },
      { flags: ['ALG', 'CHILD'] },
    ]);
    expect(refusalOf(give([], 'registerPatient', { ...registration, birthDate: '1826-01-01' }))).toBe(
      'malformed: The birth date is more than 130 years ago.',
    );
  });
  const triage: CommandInput<'recordTriage'> = {
    encounterId,
    complaint: 'Chest pain',
    vitals: buildVitals(),
    spo2Scale: 1,
    acuity: 2,
    note: null,
    allergies: ['Penicillin'],
  };
  test('triage writes the assessment, the level with its clocks, the allergy with its flag', () => {
    const given = buildEncounter({ flags: ['FALL'] });
    expect(give([buildFacility(), given, buildPatient()], 'recordTriage', triage)).toEqual(
      done(
        {
          kind: 'triageAssessment',
          id: derivedId(givenCommandId, 0),
          encounterId,
          at: testNow,
          by: author,
          complaint: 'Chest pain',
          vitals: buildVitals(),
          spo2Scale: 1,
          acuity: 2,
          note: null,
        },
        logged(
          {
            ...given,
            acuity: 2,
            triagedAt: testNow,
            retriageDueAt: testNow + 600_000,
            status: 'triaged',
            flags: ['ALG', 'FALL'],
          },
          { what: 'flag', flag: 'ALG', isSet: true, note: null },
        ),
        buildPatient({ allergies: ['Penicillin'] }),
      ),
    );
  });
  test('triage leaves a list alone that nobody asked about, and clears the flag when none are known', () => {
    const records = [
      buildFacility(),
      { ...lying, flags: ['ALG', 'ISO'] as ('ALG' | 'ISO')[] },
      buildPatient({ allergies: ['Latex'] }),
    ];
    const changed = (allergies: string[] | null) => {
      const decision = give(records, 'recordTriage', { ...triage, allergies });
      return decision.ok && decision.puts.slice(1);
    };
    expect(changed(null)).toMatchObject([{ status: 'inProgress', flags: ['ALG', 'ISO'] }]);
    expect(changed([])).toMatchObject([{ flags: ['ISO'] }, { allergies: [] }]);
  });
  test('triage never overwrites a later one, nor one who left', () => {
    expect(
      refusalOf(
        give([buildFacility(), buildEncounter({ triagedAt: testNow + 1, acuity: 4 }), buildPatient()], 'recordTriage', triage),
      ),
    ).toBe('conflict: This patient was triaged again after this. Compare both and decide.');
    expect(
      refusalOf(give([buildFacility(), buildEncounter({ departedAt: testNow, status: 'finished' })], 'recordTriage', triage)),
    ).toBe('conflict: This patient has left the department.');
    expect(refusalOf(give([waiting, buildPatient()], 'recordTriage', triage))).toBe(
      'notFound: The triage targets of this department are not known yet.',
    );
  });
});
