import { expect, test } from 'vitest';
import type { Vitals } from '../model/triage-assessment.ts';
import { buildFacility, buildVitals, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { boardSettingsOf } from './board-defaults.ts';
import { observationDue } from './observation-due.ts';

const shipped = boardSettingsOf(createView([buildFacility()]));

const dueAfter = (changes: Partial<Vitals>, spo2Scale: 1 | 2 = 1) => {
  const { at, ...rest } = observationDue({ at: testNow, vitals: buildVitals(changes), spo2Scale }, shipped);
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
