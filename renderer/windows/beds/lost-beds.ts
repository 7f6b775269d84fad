import type { Conflict } from '#contracts/ipc/station-window.ts';
import { hasLeft } from '#domain/model/disagreement.ts';
import type { Id } from '#domain/model/values.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { writtenText } from '../../ui/written-text.ts';
import type { Department } from './department.ts';
import { nameOfVisit } from './move-words.ts';
import { b } from './strings.ts';

/** One who was given a bed and did not get it, or of whom an interface says something else: what is said about it, and the bed where they lie all the same, null without one. */
export type LostBed = {
  readonly text: string;
  readonly bedId: Id | null;
  /** The key behind which it is decided. */
  readonly decide: 'F7' | 'Alt+I';
};

/** Always the same, so that nothing is drawn again while nobody is lost. */
const nobodyLost: ReadonlyMap<Id, LostBed> = new Map();

/** Those who were given a bed that they did not get, and those whom an interface puts elsewhere, as long as they are here and nobody has decided about it: by visit. */
export const lostBeds = (
  department: Department | null,
  conflicts: readonly Pick<Conflict, 'name' | 'targets' | 'wonBy'>[],
): ReadonlyMap<Id, LostBed> => {
  const lost = new Map<Id, LostBed>();
  if (!department) return nobodyLost;
  const { encounter: visits, bed: beds } = department.tables;
  const labelOf = (bedId: Id | null | undefined): string => (bedId == null ? '–' : (beds.get(bedId)?.record.label ?? '–'));
  for (const { name, targets, wonBy } of conflicts) {
    if (name !== 'assignBed' && name !== 'swapBeds') continue;
    const idsOf = (kind: 'bed' | 'encounter'): readonly Id[] => targets.flatMap((one) => (one.kind === kind ? [one.id] : []));
    const bed = beds.get(idsOf('bed')[0] ?? '')?.record;
    if (!bed) continue;
    for (const encounterId of idsOf('encounter').slice(0, name === 'swapBeds' ? 2 : 1)) {
      const visit = visits.get(encounterId)?.record;
      if (!visit || !isPresent(visit) || (name === 'assignBed' && bed.encounterId === encounterId)) continue;
      const from = labelOf(visit.bedId);
      const note = (text: string): unknown => lost.set(encounterId, { text, bedId: visit.bedId, decide: 'F7' });
      if (name === 'swapBeds') {
        const pair = { bed: bed.label, other: labelOf(idsOf('bed')[1]) };
        note(visit.bedId === null ? b('noBedSwap', pair) : b('staysSwap', { ...pair, from }));
        continue;
      }
      const winner = bed.encounterId === null ? null : nameOfVisit(department, bed.encounterId);
      const moves = bed.encounterId === null ? undefined : visits.get(bed.encounterId)?.record.moves;
      const by = wonBy ?? moves?.findLast((move) => move.bedId === bed.id)?.by ?? null;
      const who = [winner, by].filter((part) => part !== null).join(', ');
      const said = { bed: bed.label, who, from };
      if (visit.bedId === null) note(winner === null ? b('noBedGone', said) : b('noBedFor', said));
      else note(winner === null ? b('staysGone', said) : b('staysFor', said));
    }
  }
  for (const { about, encounterId, source, theirs } of department.disagreements) {
    const visit = encounterId === null ? undefined : visits.get(encounterId)?.record;
    if (!visit || !isPresent(visit) || lost.has(visit.id) || (about !== 'placement' && about !== 'departure')) continue;
    const text = theirs.text === hasLeft ? b('saysLeft') : writtenText(theirs.text);
    const says = { source, text, bed: labelOf(theirs.bedId), from: labelOf(visit.bedId) };
    const other = theirs.bedId === null ? null : (beds.get(theirs.bedId)?.record.encounterId ?? null);
    lost.set(visit.id, {
      text:
        visit.bedId !== null
          ? b('staysSays', says)
          : other === null
            ? b('noBedSays', says)
            : b('noBedGiven', { ...says, who: nameOfVisit(department, other) }),
      bedId: visit.bedId,
      decide: 'Alt+I',
    });
  }
  return lost.size === 0 ? nobodyLost : lost;
};
