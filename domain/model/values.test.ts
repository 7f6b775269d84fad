import { expect, test } from 'vitest';
import { decide } from '../commands/decide.ts';
import { buildFacility, buildGrant, testId, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { lineSchema, textSchema } from './values.ts';

test('half of a pair in what a person wrote becomes a sign that every store can hold; all else stays as it is', () => {
  expect([lineSchema.parse('Zoë 😀\ud83d'), textSchema.parse('\ude00 pain'), lineSchema.parse('😀')]).toEqual([
    'Zoë 😀\ufffd',
    '\ufffd pain',
    '😀',
  ]);
});

test('a command made with half a pair puts records that survive being written and read', () => {
  const envelope = {
    commandId: testId('9', 1),
    name: 'registerPatient',
    input: {
      name: { family: '\ud835dris', given: 'Hana' },
      mrn: 'A\udc00',
      birthDate: null,
      ageYears: 40,
      ageEstimated: true,
      sex: 'unknown',
      allergies: ['Latex\ud800'],
      arrivalMode: 'walkIn',
      complaint: 'Fall\ud800',
      place: null,
      incidentId: null,
    },
    issuedAt: testNow,
    issuedAtError: 5,
    grant: 'signed',
  };
  const decision = decide(createView([buildFacility()]), envelope, buildGrant(), 0);
  const puts = decision.ok ? decision.puts : [];
  expect(JSON.parse(Buffer.from(JSON.stringify(puts)).toString())).toEqual(puts);
  expect(JSON.stringify(puts)).not.toMatch(/\\ud[89a-f]/);
  expect(puts.map((put) => (put.kind === 'patient' ? [put.name?.family, put.mrn, put.allergies] : put.kind))).toEqual([
    ['\ufffddris', 'A\ufffd', ['Latex\ufffd']],
    'encounter',
  ]);
});
