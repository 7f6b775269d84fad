import { expect, test } from 'vitest';
import type { Vitals } from '../model/triage-assessment.ts';
import { buildEncounter, buildFacility, buildPatient, buildVitals, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { boardSettingsOf } from './board-defaults.ts';
import { observationDue } from './observation-due.ts';

const shipped = boardSettingsOf(createView([buildFacility()]));

const dueAfter = (changes: Partial<Vitals>, spo2Scale: 1 | 2 = 1) => {
  const adult = { patient: buildPatient(), encounter: buildEncounter() };
  const due = observationDue({ at: testNow, vitals: buildVitals(changes), spo2Scale }, adult, shipped);
  if (!due) throw new Error('no time is due');
  const { at, ...rest } = due;
  return { minutes: (at - testNow) / 60_000, ...rest };
};

test('the next observations come as often as NEWS2 asks, and sooner where something was not measured', () => {
  expect([
    dueAfter({}),
    dueAfter({ heartRate: 91 }),
    dueAfter({ respiratoryRate: 25 }),
    dueAfter({ spo2: 89 }, 2),
    dueAfter({ respiratoryRate: 21, spo2: 95, systolic: 110, heartRate: 91 }),
    dueAfter({ respiratoryRate: 25, oxygen: 'oxygen', spo2: 92 }),
    dueAfter({ temperature: null }),
    dueAfter({ temperature: null, heartRate: 135, oxygen: 'oxygen', spo2: 90 }),
  ]).toEqual([
    { minutes: 720, because: 'none', continuous: false },
    { minutes: 240, because: 'low', continuous: false },
    { minutes: 60, because: 'single', continuous: false },
    { minutes: 720, because: 'none', continuous: false },
    { minutes: 60, because: 'medium', continuous: false },
    { minutes: 15, because: 'high', continuous: true },
    { minutes: 60, because: 'incomplete', continuous: false },
    { minutes: 15, because: 'high', continuous: true },
  ]);
});

test('a child of 4 with HR 135 and RR 30 and a pregnant patient have no clock of NEWS2: that of their level, or none', () => {
  const measured = { at: testNow, vitals: buildVitals({ heartRate: 135, respiratoryRate: 30 }), spo2Scale: 1 } as const;
  const child = { patient: buildPatient({ ageYears: 4 }), encounter: buildEncounter({ acuity: 3 }) };
  const pregnant = { patient: buildPatient(), encounter: buildEncounter({ acuity: 2, flags: ['PREG'] }) };
  const site = { ...shipped, levelObservationMinutes: [0, 15, 30, 60, 120] as [number, number, number, number, number] };
  expect([
    observationDue(measured, child, shipped),
    observationDue(measured, pregnant, shipped),
    observationDue(measured, child, site),
    observationDue(measured, pregnant, site),
    observationDue(measured, { ...child, encounter: buildEncounter({ acuity: null }) }, site),
  ]).toEqual([
    null,
    null,
    { at: testNow + 30 * 60_000, because: 'level', continuous: false },
    { at: testNow + 15 * 60_000, because: 'level', continuous: false },
    null,
  ]);
});
