import { z } from 'zod';
import type { Bed } from '../model/bed.ts';
import type { RecordView } from '../model/record.ts';
import { type Instant, idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { heldAlready } from '../rules/bed-hold.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { movedTo } from '../rules/visit.ts';
import { asItStood, bindMonitors, occupiedBed, stoodSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

const holdSchema = stoodSchema.extend({ bedId: idSchema });

/** The holds that an assignment ended and that nobody has touched since: a bed that went to another, or a patient held for elsewhere, stays so. */
const holdsGivenBack = (
  view: RecordView,
  holds: readonly z.infer<typeof holdSchema>[],
  assignedAt: Instant,
  now: Instant,
): readonly Bed[] =>
  holds.flatMap(({ bedId, ...stood }) => {
    const bed = view.get('bed', bedId);
    const isUntouched = bed?.status === 'available' && bed.since === assignedAt;
    if (!isUntouched || !stood.reservation || heldAlready(view, stood.reservation, now)) return [];
    return [{ ...bed, ...asItStood(stood, now) }];
  });

/**
 * Undoes an assignment of a patient who never lay down: the bed is as it stood before, not contaminated, and so are the holds that the
 * assignment ended. A patient who came from another bed goes back into it, as long as nobody has done anything with that bed since.
 */
export const unassignBed = defineCommand({
  name: 'unassignBed',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema,
    /** Where the patient waited before; absent or null when that is not known. */
    place: lineSchema.nullable().optional(),
    /** The bed that the patient left for this one, and the `since` it got from that. */
    backTo: z.strictObject({ bedId: idSchema, leftAt: instantSchema }).optional(),
    /** When the patient had last got a bed before this one; absent when that is not known. */
    bedAssignedAt: instantSchema.nullable().optional(),
    /** What the bed was before. */
    stood: stoodSchema.optional(),
    /** The other beds that were held for the patient. */
    holds: z.array(holdSchema).max(20).optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, place, backTo, bedAssignedAt, stood, holds = [] }, { issuedAt, author }) => {
    const found = occupiedBed(view, bedId, encounterId);
    if ('code' in found) return found;
    const { bed, encounter } = found;
    const isHeldElsewhere = stood?.reservation && heldAlready(view, stood.reservation, issuedAt) !== undefined;
    const before = isHeldElsewhere ? { ...stood, reservation: null } : stood;
    const free: Bed = { ...bed, ...asItStood(before, issuedAt), encounterId: null, note: null, until: null };
    const given = holdsGivenBack(view, holds, bed.since, issuedAt);
    if (backTo) {
      const left = view.get('bed', backTo.bedId);
      if (!left) return refuse('notFound', 'unknownBed');
      if (left.status !== 'contaminated' || left.since !== backTo.leftAt)
        return refuse('conflict', 'bedSince', { bed: left.label, status: wordOf(`bed.${left.status}`) });
      // The stay goes on: that bed has been this patient's since it was assigned, not since the undo.
      const since = Math.min(
        bedAssignedAt ?? encounter.moves.findLast((move) => move.bedId === left.id)?.at ?? backTo.leftAt,
        backTo.leftAt,
      );
      return [
        free,
        { ...left, status: 'occupied', since, encounterId },
        { ...movedTo(encounter, { bedId: left.id, place: null, at: issuedAt, by: author.name }), bedAssignedAt: since },
        ...given,
        ...bindMonitors(view, bedId, null, issuedAt),
        ...bindMonitors(view, left.id, encounterId, issuedAt),
      ];
    }
    return [
      free,
      {
        ...movedTo(encounter, { bedId: null, place: place ?? null, at: issuedAt, by: author.name }),
        status: waitingStatus(encounter),
        bedAssignedAt: bedAssignedAt ?? null,
      },
      ...given,
      ...bindMonitors(view, bedId, null, issuedAt),
    ];
  },
});
