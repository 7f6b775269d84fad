import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { recallable, reportedSince, stoodDown } from '../rules/dispatching.ts';
import { defineCommand, refuse } from './definition.ts';

/**
 * Records that a person called a crew back by radio or telephone. A fact with its own time: it pages nobody, however late it
 * arrives, and where the crew has reported since it is handed to a person.
 */
export const cancelDispatchByVoice = defineCommand({
  name: 'cancelDispatchByVoice',
  input: z.strictObject({
    /** The mission that the crew was told to leave: by the time this arrives it may have another. */
    assignmentId: idSchema,
    reason: lineSchema.min(1),
    /** How and whom: `radio channel 2, crew confirmed`. */
    voiceNote: lineSchema.min(1),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { assignmentId, reason, voiceNote }, { issuedAt, author }) => {
    const assignment = view.get('assignment', assignmentId);
    const unit = assignment && view.get('unit', assignment.unitId);
    if (!assignment || !unit) return refuse('notFound', 'unknownMission');
    if (unit.assignmentId !== assignmentId) return refuse('alreadyDone', 'unitLeftMission', { unit: unit.callsign });
    const possible = recallable(view, unit.id);
    if ('code' in possible) return possible;
    return (
      reportedSince(unit, issuedAt) ??
      stoodDown(assignment, unit, issuedAt, { endReason: reason, endedByVoice: { by: author, note: voiceNote } })
    );
  },
});
