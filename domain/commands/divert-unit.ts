import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { assignmentAt, recallable, stoodDown } from '../rules/dispatching.ts';
import { defineCommand, refuse } from './definition.ts';

/** Sends a crew that is on its way to another incident instead. Never queued. */
export const divertUnit = defineCommand({
  name: 'divertUnit',
  input: z.strictObject({ unitId: idSchema, incidentId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'refuse', instead: 'The crew has not been told: divert it by radio.' },
  apply: (view, { unitId, incidentId, reason }, { issuedAt, author, newId }) => {
    const possible = recallable(view, unitId);
    if ('code' in possible) return possible;
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'This incident is not known.');
    if (incident.status !== 'open') return refuse('conflict', `This incident is ${incident.status}.`);
    const { unit, assignment } = possible;
    if (assignment.incidentId === incidentId) return refuse('alreadyDone', `${unit.callsign} is already on this incident.`);
    const [ended, free] = stoodDown(assignment, unit, issuedAt, { endReason: reason, divertedTo: incidentId });
    return [
      ended,
      assignmentAt({ id: newId(0), incidentId, unitId, by: author, at: issuedAt, how: 'console', voiceNote: null }),
      { ...free, status: 'dispatched', assignmentId: newId(0) },
    ];
  },
});
