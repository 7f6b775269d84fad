import { z } from 'zod';
import { prealertSchema } from '../model/assignment.ts';
import { idSchema } from '../model/values.ts';
import { missionOf } from '../rules/dispatching.ts';
import { defineCommand, refuse } from './definition.ts';

const { urgency, age, time, mechanism, injuries, signs, treatment } = prealertSchema.shape;

/** Records what a crew says of its patient before it arrives (ATMIST); a later one replaces it. */
export const recordPrealert = defineCommand({
  name: 'recordPrealert',
  input: z.strictObject({ unitId: idSchema, urgency, age, time, mechanism, injuries, signs, treatment }),
  roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { unitId, ...said }, { issuedAt, author }) => {
    const unit = view.get('unit', unitId);
    if (!unit) return refuse('notFound', 'unknownUnit');
    const assignment = missionOf(view, unit);
    if (!assignment) return refuse('conflict', 'unitNoMission', { unit: unit.callsign });
    return [{ ...assignment, prealert: { at: issuedAt, by: author, ...said } }];
  },
});
