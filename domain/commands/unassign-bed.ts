import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { movedTo } from '../rules/visit.ts';
import { bindMonitors, occupiedBed } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/**
 * Undoes an assignment of a patient who never lay down: the bed is available again, not contaminated. A patient who came from
 * another bed goes back into it, as long as nobody has done anything with that bed since.
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
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, place, backTo }, { issuedAt, author }) => {
    const found = occupiedBed(view, bedId, encounterId);
    if ('code' in found) return found;
    const { bed, encounter } = found;
    const free = {
      ...bed,
      status: 'available',
      since: issuedAt,
      encounterId: null,
      reservation: null,
      note: null,
      until: null,
    } as const;
    if (backTo) {
      const before = view.get('bed', backTo.bedId);
      if (!before) return refuse('notFound', 'This bed is not known.');
      if (before.status !== 'contaminated' || before.since !== backTo.leftAt)
        return refuse('conflict', `${before.label} has been ${before.status} since another action: it cannot be taken back.`);
      // The stay goes on: that bed has been this patient's since it was assigned, not since the undo.
      const since = encounter.moves.findLast((move) => move.bedId === before.id)?.at ?? backTo.leftAt;
      return [
        free,
        { ...before, status: 'occupied', since, encounterId },
        { ...movedTo(encounter, { bedId: before.id, place: null, at: issuedAt, by: author.name }), bedAssignedAt: since },
        ...bindMonitors(view, bedId, null, issuedAt),
        ...bindMonitors(view, before.id, encounterId, issuedAt),
      ];
    }
    return [
      free,
      {
        ...movedTo(encounter, { bedId: null, place: place ?? null, at: issuedAt, by: author.name }),
        status: waitingStatus(encounter),
        bedAssignedAt: null,
      },
      ...bindMonitors(view, bedId, null, issuedAt),
    ];
  },
});
