import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { holdIsOver, holdsEndedBy, isHeldFor } from '../rules/bed-hold.ts';
import { movedTo } from '../rules/visit.ts';
import { bindMonitors } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { notOverridden, overrideSchema } from './placement-override.ts';
import { wordOf } from './sentence.ts';

/**
 * Puts a patient into a bed. A patient who already had one leaves it contaminated. What speaks against the bed
 * (rules/placement.ts) must be overridden with a reason.
 */
export const assignBed = defineCommand({
  name: 'assignBed',
  input: z.strictObject({ bedId: idSchema, encounterId: idSchema, override: overrideSchema }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, override }, { issuedAt, author }) => {
    const bed = view.get('bed', bedId);
    const encounter = view.get('encounter', encounterId);
    if (!bed) return refuse('notFound', 'unknownBed');
    if (!encounter) return refuse('notFound', 'unknownPatient');
    if (encounter.departedAt !== null) return refuse('conflict', 'patientHasLeft');
    if (encounter.bedId === bedId) return refuse('alreadyDone', 'bedHasPatient', { bed: bed.label });
    const isFreeForThis = bed.status === 'available' || isHeldFor(view, bed, encounter) || holdIsOver(bed, issuedAt);
    if (!isFreeForThis)
      return refuse('conflict', 'bedIsNot', {
        bed: bed.label,
        status: wordOf(`bed.${bed.status}`),
        wanted: wordOf('bed.available'),
      });
    const concern = notOverridden(view, bed, encounter, override);
    if (concern) return concern;
    const left = encounter.bedId === null ? undefined : view.get('bed', encounter.bedId);
    return [
      { ...bed, status: 'occupied', since: issuedAt, encounterId, reservation: null, note: null, until: null },
      {
        ...movedTo(encounter, { bedId, place: null, at: issuedAt, by: author.name, note: override?.reason ?? null }),
        status: 'inProgress',
        bedAssignedAt: issuedAt,
      },
      ...(left
        ? [{ ...left, status: 'contaminated' as const, since: issuedAt, encounterId: null, note: null, until: null }]
        : []),
      ...holdsEndedBy(view, encounter, bedId).map((held) => ({
        ...held,
        status: 'available' as const,
        since: issuedAt,
        reservation: null,
      })),
      ...bindMonitors(view, bedId, encounterId, issuedAt),
      ...(left ? bindMonitors(view, left.id, null, issuedAt) : []),
    ];
  },
});
