/** A department at the size a pack must hold: beds, alarms and units with the longest texts that are allowed, from one seed. */
import type { VigilRecord } from '#domain/model/record.ts';
import {
  buildAlarm,
  buildArea,
  buildAssignment,
  buildBed,
  buildEncounter,
  buildFacility,
  buildHospital,
  buildIncident,
  buildPatient,
  buildTriageAssessment,
  buildUnit,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createView } from '#domain/testing/view.ts';
import type { PackSource } from '../pack-source.ts';

const families = ['Nuñez', 'Łukasiewicz', 'Ångström', 'Şahin-Öztürk', 'Παπαδόπουλος', 'Nguyễn', 'Ковальчук', "O'Brien"] as const;
const given = ['María José', 'Zoë', 'Søren', 'Đorđe', 'Lea', 'Jürgen', 'Anaïs', 'Čeněk'] as const;
const complaints = [
  'Chest pain',
  'Fall from standing height, pain in the left hip, cannot bear weight',
  'Fever',
  'Shortness of breath since the morning',
] as const;

/** `beds` beds in areas of 40, three quarters occupied; a quarter as many patients wait. */
export const largeDepartment = (size: { readonly beds: number; readonly units: number; readonly alarms: number }): PackSource => {
  const random = createRandom(7);
  const records: VigilRecord[] = [buildFacility({ name: 'Hospital de Clínicas «São João»' }), buildHospital()];
  const fixes = new Map<string, ReturnType<PackSource['fixes']['get']> & object>();
  const person = (index: number, arrivedAt: number, bedId: string | null): void => {
    const [patientId, encounterId] = [testId('c', index), testId('e', index)];
    records.push(
      buildPatient({
        id: patientId,
        mrn: `M${String(index).padStart(6, '0')}`,
        name: { family: random.pick(families), given: random.pick(given) },
        allergies: random.chance(0.3) ? ['Penicillin', 'Latex', 'Contrast medium with iodine'] : random.chance(0.5) ? [] : null,
      }),
      buildEncounter({
        id: encounterId,
        patientId,
        bedId,
        status: bedId === null ? 'arrived' : 'inProgress',
        arrivedAt,
        acuity: random.pick([1, 2, 3, 4, 5, null] as const),
        complaint: index % 97 === 0 ? `Long ${'history '.repeat(24)}`.slice(0, 200) : random.pick(complaints),
        nurse: 'R. Ortiz',
        doctor: 'A. Méndez',
        flags: random.chance(0.3) ? ['ALG', 'FALL', 'ISO', 'SEPSIS'] : [],
        nextStep: random.chance(0.5) ? 'CT head, then surgical review' : null,
        retriageDueAt: bedId === null ? arrivedAt + 1_800_000 : null,
      }),
      buildTriageAssessment({ id: testId('7', index), encounterId, at: arrivedAt + 300_000 }),
    );
  };
  for (let index = 1; index <= size.beds; index += 1) {
    const area = Math.ceil(index / 40);
    if (index % 40 === 1) records.push(buildArea({ id: testId('a', area), name: `Área ${area}`, code: `A${area}`, order: area }));
    const isOccupied = index % 4 !== 0;
    records.push(
      buildBed({
        id: testId('b', index),
        areaId: testId('a', area),
        label: `A${area}-${index}`,
        order: index,
        status: isOccupied ? 'occupied' : random.pick(['available', 'cleaning', 'blocked'] as const),
        encounterId: isOccupied ? testId('e', index) : null,
      }),
    );
    if (isOccupied) person(index, testNow - random.int(5, 900) * 60_000, testId('b', index));
  }
  for (let index = 1; index <= size.beds / 4; index += 1) person(size.beds + index, testNow - random.int(1, 300) * 60_000, null);
  for (let index = 1; index <= size.units; index += 1) {
    const isOut = index % 5 === 0;
    records.push(
      buildUnit({
        id: testId('2', index),
        callsign: `A${String(index).padStart(4, '0')}`,
        status: isOut ? 'enRoute' : 'availableAtStation',
        assignmentId: isOut ? testId('3', index) : null,
      }),
    );
    if (isOut)
      records.push(
        buildIncident({ id: testId('1', index), number: `2611-${index}` }),
        buildAssignment({
          id: testId('3', index),
          unitId: testId('2', index),
          incidentId: testId('1', index),
          hospitalId: testId('5', 1),
          etaAt: testNow + 600_000,
        }),
      );
    fixes.set(testId('2', index), {
      unitId: testId('2', index),
      position: [-56.1 - index / 10_000, -34.9],
      heading: null,
      speed: null,
      observedAt: testNow - 20_000,
      receivedAt: testNow - 19_000,
    });
  }
  for (let index = 1; index <= size.alarms; index += 1)
    records.push(
      buildAlarm({
        id: testId('4', index),
        bedId: testId('b', index),
        encounterId: testId('e', index),
        priority: random.pick(['high', 'medium', 'low'] as const),
      }),
    );
  return {
    view: createView(records),
    isPending: (kind, id) => kind === 'bed' && id.endsWith('3'),
    fixes,
    facilityName: null,
    desk: 'ED-CHARGE-02',
    asOf: testNow - 65_000,
    now: testNow,
    unsent: 2,
    language: 'en',
  };
};
