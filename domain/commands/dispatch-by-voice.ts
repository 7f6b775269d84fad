import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { assignmentAt, dispatchObstacle } from '../rules/dispatching.ts';
import { defineCommand } from './definition.ts';

/** Records that a person sent a unit by radio or telephone. A fact with its own time: it pages nobody, however late it arrives. */
export const dispatchByVoice = defineCommand({
  name: 'dispatchByVoice',
  input: z.strictObject({
    incidentId: idSchema,
    unitId: idSchema,
    /** How and whom: `radio channel 2, crew confirmed`. */
    voiceNote: lineSchema.min(1),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { incidentId, unitId, voiceNote }, { issuedAt, author, newId }) => {
    // An unanswered dispatch may have been done after all: then the call by voice is added to it.
    const mission = view.get('unit', unitId)?.assignmentId ?? null;
    const present = mission === null ? undefined : view.get('assignment', mission);
    if (present?.incidentId === incidentId) return [{ ...present, voiceNote }];
    const possible = dispatchObstacle(view, incidentId, unitId);
    if ('code' in possible) return possible;
    const { incident, unit } = possible;
    return [
      assignmentAt({ id: newId(0), incidentId: incident.id, unitId: unit.id, by: author, at: issuedAt, how: 'voice', voiceNote }),
      { ...unit, status: 'dispatched', statusSince: issuedAt, assignmentId: newId(0) },
    ];
  },
});
