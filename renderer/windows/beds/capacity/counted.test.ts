import { expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import {
  buildBed,
  buildCapacitySample,
  buildEncounter,
  buildFacility,
  buildSurge,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { emptyTables, type RecordTables } from '../../../state/store.ts';
import { countDepartment, recentSurges } from './counted.ts';
import { bandText, missingText } from './nedocs-text.ts';

const tablesOf = (records: readonly VigilRecord[], pending = false): RecordTables => {
  const tables = emptyTables() as unknown as Record<string, Map<string, unknown>>;
  for (const record of records) tables[record.kind]?.set(record.id, { record, pending });
  return tables as unknown as RecordTables;
};
const minute = 60_000;
/** One bed and five patients, one of whom was given it: far beyond overcrowded. */
const crowded: readonly VigilRecord[] = [
  buildFacility(),
  buildBed(),
  ...[1, 2, 3, 4, 5].map((n) => buildEncounter({ id: testId('e', n), bedAssignedAt: n === 1 ? testNow - minute : null })),
];
const sample = (minutesAgo: number, nedocs: number | null) =>
  buildCapacitySample({ id: testId('6', minutesAgo), at: testNow - minutesAgo * minute, nedocs });

test('a surge asks since the counts say so, and an answered one since the earlier of counts and first action', () => {
  const severe = buildSurge({ code: 'SEVERE', startedAt: testNow - 10 * minute });
  const since = (records: readonly VigilRecord[]) =>
    countDepartment(tablesOf([...crowded, ...records], true), [], testNow).surges.map((one) => [
      one.threshold.code,
      one.state,
      one.since === null ? null : (testNow - one.since) / minute,
      one.pending,
    ]);
  expect([
    since([]),
    since([sample(5, 160), sample(20, 150), sample(35, 120)]),
    since([severe, sample(5, 160), sample(20, 150)]),
    since([severe, sample(5, 120)]),
  ]).toEqual([
    [['SEVERE', 'asks', null, false]],
    [['SEVERE', 'asks', 20, false]],
    [['SEVERE', 'answered', 20, true]],
    [['SEVERE', 'answered', 10, true]],
  ]);
});

test('a missing input is named, with why and what to do; of a copy that is not whole only that is said', () => {
  const scoreOf = (records: readonly VigilRecord[]) => countDepartment(tablesOf(records), [], testNow).score;
  const unbedded = scoreOf([buildFacility(), buildBed(), buildEncounter()]);
  expect([bandText(unbedded), bandText(scoreOf([buildBed(), buildEncounter()]))]).toEqual([
    'Wait of the last bedded not known',
    '2 inputs not known',
  ]);
  expect([missingText('lastBedHours', true), missingText('hospitalBeds', false)]).toEqual([
    'Nobody has been given a bed in the last days. The next bed that is given fills it in.',
    'The copy of this desk is not whole. It comes by itself when the server is reached.',
  ]);
});

test('surges of the last seven days, the newest first, and one that has not ended however old', () => {
  const day = 86_400_000;
  const surge = (n: number, daysAgo: number, endedDaysAgo: number | null) =>
    buildSurge({
      id: testId('6', n),
      startedAt: testNow - daysAgo * day,
      ended:
        endedDaysAgo === null
          ? null
          : { at: testNow - endedDaysAgo * day, by: { personId: testId('9', 1), name: 'Kerr' }, value: 90 },
    });
  expect(recentSurges([surge(1, 20, null), surge(2, 9, 8), surge(3, 9, 6), surge(4, 1, 1)], testNow).map(({ id }) => id)).toEqual(
    [testId('6', 4), testId('6', 3), testId('6', 1)],
  );
});
