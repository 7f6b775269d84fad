import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { withEvent } from '../rules/incident-events.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Opens an incident again that was closed or cancelled: the undo of a cancellation, and for a caller who calls back. It pages nobody. */
export const reopenIncident = defineCommand({
  name: 'reopenIncident',
  input: z.strictObject({ incidentId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { incidentId, reason }, { issuedAt, author }) => {
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'unknownIncident');
    if (incident.status === 'open') return refuse('alreadyDone', 'incidentIs', { status: wordOf('incident.open') });
    return [withEvent({ ...incident, status: 'open', closedAt: null, endReason: null }, 'reopened', reason, issuedAt, author)];
  },
});
