/** Crews on the way to the invented department. */

import type { VigilRecord } from '#domain/model/record.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Instant } from '#domain/model/values.ts';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { buildAssignment, buildIncident, buildUnit, testId } from '#domain/testing/builders.ts';

const minute = 60_000;

const crew = (
  number: number,
  callsign: string,
  status: Unit['status'],
  incident: Parameters<typeof buildIncident>[0],
  mission: Parameters<typeof buildAssignment>[0],
): readonly VigilRecord[] => [
  buildUnit({ id: testId('2', number), callsign, status, assignmentId: testId('3', number) }),
  buildIncident({ id: testId('1', number), number: `2611-03${40 + number}`, ...incident }),
  buildAssignment({
    id: testId('3', number),
    unitId: testId('2', number),
    incidentId: testId('1', number),
    hospitalId: testId('5', 1),
    ...mission,
  }),
];

/** Crews on the way, in every state of what is known of them. */
export const arriving = (now: Instant): readonly VigilRecord[] => {
  const said = { at: now - 4 * minute, by: { personId: testId('9', 1), name: 'Kerr' } };
  return [
    ...crew(1, 'M21', 'transporting', { category: 'Chest pain', priority: 1, patientSummary: '78 F' }, { etaAt: now + 400_000 }),
    ...crew(
      2,
      'M34',
      'transporting',
      { category: 'Road collision', priority: 1, patientSummary: 'Man, about 30' },
      {
        etaAt: now + 551_000,
        prealert: {
          ...said,
          urgency: 'red',
          age: '31 M',
          time: '05:40',
          mechanism: 'Motorcycle against car, thrown 10 m',
          injuries: 'Open femur left, pelvis unstable, GCS 12',
          signs: 'RR 28, SpO2 91, HR 132, BP 84/50',
          treatment: 'Pelvic binder, tourniquet, TXA 1 g, oxygen',
        },
      },
    ),
    ...crew(
      3,
      'B12',
      'enRoute',
      { category: 'Cardiac arrest', priority: 1, patientSummary: '66 M, witnessed' },
      {
        prealert: {
          ...said,
          urgency: 'red',
          age: null,
          time: null,
          mechanism: 'Collapse, bystander CPR',
          injuries: null,
          signs: null,
          treatment: null,
        },
      },
    ),
    ...crew(
      4,
      'B07',
      'transporting',
      { category: 'Fall', priority: 3, patientSummary: '84 M' },
      {
        etaAt: now + 1_085_000,
        prealert: {
          ...said,
          urgency: 'amber',
          age: '84 M',
          time: 'night',
          mechanism: 'Fall, long lie',
          injuries: 'Hip left',
          signs: null,
          treatment: null,
        },
      },
    ),
    ...crew(5, 'M09', 'transporting', { category: 'Back pain', priority: 4, patientSummary: null }, { etaAt: now - 190_000 }),
    ...crew(6, 'M15', 'transporting', { category: 'Sick person', priority: 4, patientSummary: '50 F' }, {}),
    ...crew(
      9,
      'M02',
      'clearing',
      { category: 'Sick person', priority: 2, callReceivedAt: now - 170 * minute },
      {
        times: {
          ...noTimes,
          unitNotified: now - 168 * minute,
          onScene: now - 156 * minute,
          leftScene: now - 130 * minute,
          atDestination: now - 110 * minute,
          transferOfCare: now - 100 * minute,
        },
      },
    ),
  ];
};
