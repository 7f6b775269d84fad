import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { assignmentAt, dispatchObstacle } from '../rules/dispatching.ts';
import { defineCommand } from './definition.ts';

/** Sends a unit to an incident and pages its crew. Never queued: a page that is late sends yesterday's ambulance. */
export const dispatchUnit = defineCommand({
  name: 'dispatchUnit',
  input: z.strictObject({ incidentId: idSchema, unitId: idSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'refuse', instead: 'instead.dispatch' },
  apply: (view, { incidentId, unitId }, { issuedAt, author, newId }) => {
    const possible = dispatchObstacle(view, incidentId, unitId);
    if ('code' in possible) return possible;
    const { incident, unit } = possible;
    return [
      assignmentAt({
        id: newId(0),
        incidentId: incident.id,
        unitId: unit.id,
        by: author,
        at: issuedAt,
        how: 'console',
        voiceNote: null,
      }),
      { ...unit, status: 'dispatched', statusSince: issuedAt, assignmentId: newId(0) },
    ];
  },
});
