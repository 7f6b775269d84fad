import { expect, test } from 'vitest';
import { buildIncident, testId, testNow } from '../testing/builders.ts';
import { possibleDuplicates } from './duplicates.ts';

const here = [-56.16, -34.9] as const;
const settings = { metres: 300, minutes: 60 };
const incident = (number: number, changes: Parameters<typeof buildIncident>[0]) =>
  buildIncident({ id: testId('1', number), callReceivedAt: testNow - 600_000, position: [-56.16, -34.901], ...changes });

test('open incidents near and of the last hour are offered, those of the same kind first, then the nearest', () => {
  const fallFar = incident(1, { category: 'Fall', position: [-56.16, -34.902] });
  const burnNear = incident(2, { category: 'Burns' });
  const found = possibleDuplicates([burnNear, fallFar], { position: here, category: 'Fall' }, settings, testNow);
  expect(found).toEqual([
    { incident: fallFar, metres: 222, sameKind: true },
    { incident: burnNear, metres: 111, sameKind: false },
  ]);
});

test('what has ended, is far or was long ago is not offered', () => {
  const none = [
    incident(1, { status: 'cancelled' }),
    incident(2, { position: [-56.16, -34.91] }),
    incident(3, { callReceivedAt: testNow - 3_700_000 }),
  ];
  expect(possibleDuplicates(none, { position: here, category: null }, settings, testNow)).toEqual([]);
});
