import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Records that a crew at a scene answered the roll-call. A fact with its own time. */
export const answerRollCall = defineCommand({
  name: 'answerRollCall',
  input: z.strictObject({ unitId: idSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { unitId }, { issuedAt }) => {
    const unit = view.get('unit', unitId);
    if (!unit) return refuse('notFound', 'unknownUnit');
    if (unit.assignmentId === null) return refuse('conflict', 'unitNoMission', { unit: unit.callsign });
    if (unit.rollCallAnsweredAt !== null && unit.rollCallAnsweredAt >= issuedAt)
      return refuse('alreadyDone', 'unitAnswered', { unit: unit.callsign });
    return [{ ...unit, rollCallAnsweredAt: issuedAt }];
  },
});
