import { z } from 'zod';
import { idSchema, instantSchema } from '../model/values.ts';
import { departed, movedTo } from '../rules/visit.ts';
import { defineCommand, refuse } from './definition.ts';
import { presentVisit } from './present-visit.ts';

/** A patient who waited was not there when called: left without being seen. */
export const recordLeft = defineCommand({
  name: 'recordLeft',
  input: z.strictObject({
    encounterId: idSchema,
    /** When, of one who was said to have come back and has not; absent: now. */
    leftAt: instantSchema.optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, leftAt }, { issuedAt, author }) => {
    const encounter = presentVisit(view, encounterId);
    if ('code' in encounter) return encounter;
    if (encounter.bedId !== null) {
      const label = view.get('bed', encounter.bedId)?.label ?? 'the bed';
      return refuse('conflict', 'releaseInstead', { bed: label });
    }
    return [
      {
        ...movedTo(encounter, { bedId: null, place: null, at: issuedAt, by: author.name }),
        ...departed(encounter, 'leftWithoutBeingSeen', Math.min(leftAt ?? issuedAt, issuedAt)),
      },
    ];
  },
});
