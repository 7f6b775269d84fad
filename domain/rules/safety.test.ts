import { describe, expect, test } from 'vitest';
import { decide } from '../commands/decide.ts';
import type { Envelope } from '../commands/envelope.ts';
import {
  buildBed,
  buildEncounter,
  buildFacility,
  buildGrant,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createView, viewWith } from '../testing/view.ts';
import { seenOf } from './safety.ts';
import { stakesOf, targetsOf, wantedBy, wonBy } from './stakes.ts';

const other = buildBed({ id: testId('b', 2), label: 'B2', order: 2 });
const before = createView([buildFacility(), buildPatient(), buildEncounter(), buildBed(), other]);
const triage = {
  encounterId: ids.encounter,
  complaint: 'Chest pain',
  vitals: buildVitals(),
  spo2Scale: 1,
  acuity: 4,
  note: null,
  allergies: ['Latex'],
};
const envelope = (name: string, input: unknown): Envelope => ({
  commandId: testId('6', 1),
  name,
  input,
  issuedAt: testNow,
  issuedAtError: 5,
  grant: 'signed',
});
const made = (name: string, input: unknown) => {
  const decision = decide(before, envelope(name, input), buildGrant(), 0);
  if (!decision.ok) throw new Error(decision.refusal.message);
  const seen = seenOf(before, decision.puts);
  return { envelope: { ...envelope(name, input), ...(seen ? { seen } : {}) }, wanted: wantedBy(before, decision.puts) };
};
const outcome = (view: typeof before, command: Envelope): string => {
  const decision = decide(view, command, buildGrant(), 0);
  return decision.ok ? 'done' : `${decision.refusal.code}: ${decision.refusal.message}`;
};

describe('a safety field that is not as its author saw it goes back to a person', () => {
  const triaged = made('recordTriage', triage).envelope;
  test.each([
    [
      'a level decided meanwhile',
      [buildEncounter({ acuity: 2, triagedAt: testNow - 1 })],
      'conflict: The triage level is now 2 and was not set when this was decided. Compare both and decide.',
    ],
    [
      'allergies written meanwhile',
      [buildPatient({ allergies: ['Penicillin', 'Nuts'] })],
      'conflict: The list of allergies is now Penicillin, Nuts and was not set when this was decided. Compare both and decide.',
    ],
    ['the same level', [buildEncounter({ acuity: 4, triagedAt: testNow - 1 })], 'done'],
    ['another field', [buildEncounter({ place: 'Corridor', complaint: 'Cough' })], 'done'],
  ])('%s', (_name, meanwhile, expected) => {
    expect(outcome(viewWith(before, meanwhile), triaged)).toBe(expected);
  });

  test('a bed given meanwhile by somebody else', () => {
    const { envelope: command } = made('assignBed', { bedId: ids.bed, encounterId: ids.encounter });
    const meanwhile = viewWith(before, [
      buildEncounter({ bedId: other.id, bedAssignedAt: testNow, status: 'inProgress' }),
      { ...other, status: 'occupied', encounterId: ids.encounter },
    ]);
    expect(outcome(meanwhile, command)).toBe(
      'conflict: The bed is now B2 and was not set when this was decided. Compare both and decide.',
    );
  });

  test('a desk that does not say what was seen is decided as before', () => {
    expect(outcome(viewWith(before, [buildPatient({ allergies: ['Nuts'] })]), envelope('recordTriage', triage))).toBe('done');
  });

  test('what was seen of a merged patient counts for the survivor', () => {
    const survivor = buildPatient({ id: testId('c', 9), allergies: ['Nuts'] });
    const stays = buildEncounter({ id: testId('e', 9), patientId: survivor.id, acuity: 1, triagedAt: testNow - 5 });
    const merged = viewWith(before, [
      survivor,
      stays,
      buildEncounter({ status: 'finished', departedAt: testNow, mergedInto: stays.id }),
    ]);
    expect(outcome(merged, triaged)).toMatch(/^conflict: The triage level is now 1/);
  });
});

test('what was lost stands beside what won, with who and when as far as it is known', () => {
  const { wanted } = made('recordTriage', triage);
  const now = viewWith(before, [
    buildEncounter({ acuity: 2, triagedAt: testNow - 1, status: 'triaged' }),
    buildPatient({ allergies: ['Penicillin'] }),
    buildTriageAssessment({ acuity: 2, at: testNow - 1, by: { personId: ids.person, name: 'N. Ferreira' } }),
  ]);
  const stakes = stakesOf(now, wanted);
  expect(stakes.filter(({ kind }) => kind !== 'triageAssessment')).toEqual([
    { kind: 'encounter', id: ids.encounter, label: 'Moreau', field: 'acuity', lost: '4', won: '2', safety: true },
    { kind: 'encounter', id: ids.encounter, label: 'Moreau', field: 'flags', lost: 'ALG', won: 'none known', safety: false },
    { kind: 'patient', id: ids.patient, label: 'Moreau', field: 'allergies', lost: 'Latex', won: 'Penicillin', safety: true },
  ]);
  expect(wonBy(now, stakes)).toEqual({ by: 'N. Ferreira', at: testNow - 1 });
  expect(targetsOf(triage, wanted).map(({ kind }) => kind)).toEqual(['encounter', 'triageAssessment', 'patient']);
});
