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
    if (!unit) return refuse('notFound', 'unknownUnit');
    const hospital = view.get('hospital', hospitalId);
    if (!hospital) return refuse('notFound', 'unknownHospital');
    const assignment = missionOf(view, unit);
    if (!assignment) return refuse('conflict', 'unitNoMission', { unit: unit.callsign });
    if (assignment.times.atDestination !== null) return refuse('conflict', 'unitArrived', { unit: unit.callsign });
    if (assignment.hospitalId === hospitalId)
      return refuse('alreadyDone', 'unitGoesThere', { unit: unit.callsign, hospital: hospital.name });
    return [{ ...assignment, hospitalId, etaAt: null }];
  },
});
