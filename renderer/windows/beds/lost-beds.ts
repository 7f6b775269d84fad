import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Id } from '#domain/model/values.ts';
import type { Department } from './department.ts';
import { nameOfVisit } from './move-words.ts';
import { b } from './strings.ts';

/** Those who were given a bed that they did not get, as long as nobody has decided about it: by visit, what is said about it. */
export const lostBeds = (
  department: Department | null,
  conflicts: readonly Pick<Conflict, 'name' | 'targets' | 'wonBy'>[],
): ReadonlyMap<Id, string> => {
  const lost = new Map<Id, string>();
  if (!department) return lost;
  for (const { name, targets, wonBy } of conflicts) {
    if (name !== 'assignBed') continue;
    const encounterId = targets.find(({ kind }) => kind === 'encounter')?.id;
    const bedId = targets.find(({ kind }) => kind === 'bed')?.id;
    const bed = bedId === undefined ? undefined : department.tables.bed.get(bedId)?.record;
    if (encounterId === undefined || !bed) continue;
    const winner = bed.encounterId === null || bed.encounterId === encounterId ? null : nameOfVisit(department, bed.encounterId);
    const moves = bed.encounterId === null ? undefined : department.tables.encounter.get(bed.encounterId)?.record.moves;
    const by = wonBy ?? moves?.findLast((move) => move.bedId === bed.id)?.by ?? null;
    const who = [winner, by].filter((part) => part !== null).join(', ');
    lost.set(encounterId, winner === null ? b('noBedGone', { bed: bed.label }) : b('noBedFor', { bed: bed.label, who }));
  }
  return lost;
};
