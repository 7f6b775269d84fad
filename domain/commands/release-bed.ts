import { z } from 'zod';
import { dispositions } from '../model/encounter.ts';
import { idSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { departed, movedTo } from '../rules/visit.ts';
import { writtenTexts } from '../rules/written-texts.ts';
import { bindMonitors, occupiedBed } from './bed-occupancy.ts';
import { defineCommand, hours } from './definition.ts';

/**
 * Ends a patient's stay in a bed. The bed is contaminated and its monitors are unbound in the same breath, so that nobody's
 * numbers can mix with the next patient's.
 */
export const releaseBed = defineCommand({
  name: 'releaseBed',
  input: z.strictObject({ bedId: idSchema, encounterId: idSchema, disposition: z.enum([...dispositions, 'waiting']) }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, disposition }, { issuedAt, author }) => {
    const found = occupiedBed(view, bedId, encounterId);
    if ('code' in found) return found;
    const { bed, encounter } = found;
    const left = movedTo(encounter, {
      bedId: null,
      place: disposition === 'waiting' ? writtenTexts.waitingRoom : null,
      at: issuedAt,
      by: author.name,
    });
    const goes = disposition === 'waiting' ? { status: waitingStatus(encounter) } : departed(encounter, disposition, issuedAt);
    return [
      { ...bed, status: 'contaminated', since: issuedAt, encounterId: null, reservation: null, note: null, until: null },
      { ...left, ...goes },
      ...bindMonitors(view, bedId, null, issuedAt),
    ];
  },
});
