import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { assignmentAt, dispatchObstacle, diverted, divertible, reportedSince } from '../rules/dispatching.ts';
import { defineCommand, refuse } from './definition.ts';

/**
 * Records that a person sent a unit by radio or telephone, or diverted it so. A fact with its own time: it pages nobody, however
 * late it arrives, and where the crew has reported since it is handed to a person.
 */
export const dispatchByVoice = defineCommand({
  name: 'dispatchByVoice',
  input: z.strictObject({
    incidentId: idSchema,
    unitId: idSchema,
    /** How and whom: `radio channel 2, crew confirmed`. */
    voiceNote: lineSchema.min(1),
    /** The mission that the crew was told to leave, and why; null for a crew that was free. */
    instead: z
      .strictObject({ assignmentId: idSchema, reason: lineSchema.min(1) })
      .nullable()
      .default(null),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { incidentId, unitId, voiceNote, instead }, { issuedAt, author, newId }) => {
    // An unanswered dispatch may have been done after all: then the call by voice is added to it.
    const mission = view.get('unit', unitId)?.assignmentId ?? null;
    const present = mission === null ? undefined : view.get('assignment', mission);
    if (present?.incidentId === incidentId) return [{ ...present, voiceNote }];
    const next = { id: newId(0), incidentId, unitId, by: author, at: issuedAt, how: 'voice', voiceNote } as const;
    if (instead !== null && mission !== null) {
      const possible = divertible(view, unitId, incidentId);
      if ('code' in possible) return possible;
      const { unit, assignment } = possible;
      if (assignment.id !== instead.assignmentId) return refuse('conflict', 'unitOtherMission', { unit: unit.callsign });
      return (
        reportedSince(unit, issuedAt) ??
        diverted(possible, next, { endReason: instead.reason, endedByVoice: { by: author, note: voiceNote } })
      );
    }
    const possible = dispatchObstacle(view, incidentId, unitId);
    if ('code' in possible) return possible;
    const { unit } = possible;
    return (
      reportedSince(unit, issuedAt) ?? [
        assignmentAt(next),
        { ...unit, status: 'dispatched', statusSince: issuedAt, assignmentId: next.id },
      ]
    );
  },
});
