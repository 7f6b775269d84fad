import { z } from 'zod';
import type { IncidentPriority } from '../model/incident.ts';
import { idSchema } from '../model/values.ts';
import { newest, withEvent } from '../rules/incident-events.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

/**
 * Makes two calls about one thing into one incident. The one that stays takes the crews, the notes and the more urgent priority;
 * the other names it for ever.
 */
export const mergeIncidents = defineCommand({
  name: 'mergeIncidents',
  input: z.strictObject({
    /** The one that stays. */
    incidentId: idSchema,
    mergedIncidentId: idSchema,
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { incidentId, mergedIncidentId }, { issuedAt, author }) => {
    const stays = view.get('incident', incidentId);
    const merged = view.get('incident', mergedIncidentId);
    if (!stays || !merged) return refuse('notFound', 'One of these incidents is not known.');
    if (stays.id === merged.id || merged.status === 'merged') return refuse('alreadyDone', 'These are one incident already.');
    if (stays.status !== 'open') return refuse('conflict', `The incident that would stay is ${stays.status}.`);
    const moved = [...view.list('assignment')].filter((assignment) => assignment.incidentId === merged.id);
    const name = (incident: typeof stays): string => `${incident.number ?? '–'} ${incident.category}, ${incident.address}`;
    const notes = [...stays.notes, ...merged.notes].sort((a, b) => a.at - b.at);
    return [
      withEvent(
        {
          ...stays,
          priority: Math.min(stays.priority, merged.priority) as IncidentPriority,
          callReceivedAt: Math.min(stays.callReceivedAt, merged.callReceivedAt),
          patientSummary: stays.patientSummary ?? merged.patientSummary,
          caller: stays.caller ?? merged.caller,
          notes: newest(notes),
        },
        'tookOver',
        name(merged),
        issuedAt,
        author,
      ),
      withEvent(
        { ...merged, status: 'merged', closedAt: issuedAt, mergedInto: stays.id },
        'merged',
        name(stays),
        issuedAt,
        author,
      ),
      ...moved.map((assignment) => ({ ...assignment, incidentId: stays.id })),
    ];
  },
});
