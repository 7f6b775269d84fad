import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { missionOf } from '../rules/dispatching.ts';
import { defineCommand, refuse } from './definition.ts';

/** Names the hospital a crew brings its patient to, as agreed by radio. The old estimate of its arrival falls with it. */
export const setDestination = defineCommand({
  name: 'setDestination',
  input: z.strictObject({ unitId: idSchema, hospitalId: idSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { unitId, hospitalId }) => {
    const unit = view.get('unit', unitId);
    if (!unit) return refuse('notFound', 'This unit is not known.');
    const hospital = view.get('hospital', hospitalId);
    if (!hospital) return refuse('notFound', 'This hospital is not known.');
    const assignment = missionOf(view, unit);
    if (!assignment) return refuse('conflict', `${unit.callsign} has no mission.`);
    if (assignment.times.atDestination !== null) return refuse('conflict', `${unit.callsign} has arrived.`);
    if (assignment.hospitalId === hospitalId) return refuse('alreadyDone', `${unit.callsign} goes to ${hospital.name}.`);
    return [{ ...assignment, hospitalId, etaAt: null }];
  },
});
