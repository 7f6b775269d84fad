/** What the crowding of the invented department was, and what was done about it. */

import type { VigilRecord } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { buildCapacitySample, buildSurge, testId } from '#domain/testing/builders.ts';
import { sceneNow } from './department.ts';

const minute = 60_000;
const quarter = 900_000;
const counts = (at: Instant, days: number): readonly VigilRecord[] => {
  const newest = Math.floor(at / quarter) * quarter;
  return Array.from({ length: days * 96 + 1 }, (_, back) => {
    const moment = newest - back * quarter;
    const hourHere = (moment / 3_600_000 - 3) % 24;
    const chance = Math.sin(back * 12.9898) * 43758.5453;
    const busy = 12 * Math.sin(((hourHere - 8) / 24) * 2 * Math.PI) + 3 * Math.sin(back / 61) + (chance - Math.floor(chance)) * 3;
    const present = Math.round(44 + busy - (back < 8 ? 0 : 2));
    const boarders = Math.max(0, Math.round(6 + 3 * Math.sin(back / 40)));
    return buildCapacitySample({
      id: testId('8', 10_000 + back),
      at: moment,
      staffed: 45,
      occupied: Math.min(45, Math.round(present * 0.82)),
      present,
      boarders,
      // Nobody had been given a bed since a start from nothing.
      nedocs: back > 30 && back < 38 ? null : -20 + 85.8 * (present / 48) + boarders * 5 + 45,
    });
    // The server was off for an hour and a half.
  }).filter((_, back) => back < 60 || back > 66);
};

const by = { personId: testId('9', 1), name: 'Ines Okafor' };
const action = (minutesAgo: number, text: string) => ({
  at: sceneNow - minutesAgo * minute,
  by,
  text,
  id: testId('8', 5_000_000 + minutesAgo),
  takenBack: null,
});
const earlier = buildSurge({
  id: testId('8', 2),
  code: 'SEVERE',
  name: 'Severely overcrowded',
  value: 151,
  startedAt: sceneNow - 2_900 * minute,
  actions: [action(2_900, 'Capacity spaces opened'), action(2_880, 'Wards asked to take boarders now')],
  ended: { at: sceneNow - 2_700 * minute, by, value: 118 },
});
const answered = buildSurge({
  id: testId('8', 1),
  startedAt: sceneNow - 95 * minute,
  value: 104,
  actions: [action(95, 'Bed meeting called'), action(80, 'Ambulance room told'), action(31, 'Registrar of medicine called in')],
});

/** What the department's crowding was and what was done: `scene` says whether a surge asks, is answered or over, or what is missing. */
export const crowdingRecords = (scene: string, records: readonly VigilRecord[]): readonly VigilRecord[] => {
  if (scene === 'missing')
    return records.flatMap((one) =>
      one.kind === 'encounter' ? { ...one, bedAssignedAt: null } : one.kind === 'facility' ? [] : one,
    );
  if (scene === 'nohistory') return [...records, ...counts(sceneNow, 2)];
  const past = [...records, ...counts(sceneNow, 8), earlier];
  if (scene === 'surge') return past;
  if (scene === 'over')
    return [...past.filter((one) => one.kind !== 'encounter' || one.bedId !== null || one.acuity !== 3), answered].map((one) =>
      one.kind === 'encounter' ? { ...one, ventilated: false, admitDecidedAt: null } : one,
    );
  return [...past, answered];
};
