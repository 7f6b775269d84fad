import { expect, test } from 'vitest';
import type { BoardSettings } from '#domain/model/board-settings.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { buildEncounter, testId, testNow } from '#domain/testing/builders.ts';
import { emptyTables } from '../../state/store.ts';
import { sideListsOf } from './side-lists.tsx';

const hour = 3_600_000;
const visits = [
  { bedId: testId('b', 1), expectedDepartureAt: testNow + 2 * hour },
  { bedId: testId('b', 2), expectedDepartureAt: testNow - hour, admitDecidedAt: testNow - hour },
  { bedId: testId('b', 3), expectedDepartureAt: testNow + 5 * hour, admitDecidedAt: testNow - 2 * hour },
  { bedId: testId('b', 4), away: { to: 'CT', since: testNow - hour, expectedBackAt: null } },
  { status: 'leftWithoutBeingSeen', departedAt: testNow - 2 * hour },
  { status: 'leftWithoutBeingSeen', departedAt: testNow - hour },
  { status: 'leftWithoutBeingSeen', departedAt: testNow - 13 * hour },
  { status: 'finished', departedAt: testNow - hour, admitDecidedAt: testNow - 3 * hour },
  { expectedDepartureAt: testNow },
] as const;

test('who leaves, boards, is out and has left: the longest first, of those who left the last', () => {
  const encounter = new Map(
    visits.map((changes, index) => {
      const id = testId('e', index + 1);
      return [id, { record: buildEncounter({ id, ...changes }), pending: false }] as const;
    }),
  );
  const numbers = (settings: BoardSettings) =>
    Object.fromEntries(
      Object.entries(sideListsOf({ tables: { ...emptyTables(), encounter }, settings }, testNow)).map(([list, of]) => [
        list,
        of.map(({ id }) => Number(id.slice(-2))),
      ]),
    );
  const shipped = { leaving: [2, 1], boarders: [3, 2], out: [4], left: [6, 5] };
  expect(numbers(shippedBoardSettings)).toEqual(shipped);
  expect(numbers({ ...shippedBoardSettings, leftListedMinutes: 90 })).toEqual({ ...shipped, left: [6] });
});
