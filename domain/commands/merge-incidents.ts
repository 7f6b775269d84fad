import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { withEvent } from '../rules/incident-events.ts';
import { incidentLine, missionsOn, withTakenOver } from '../rules/incident-merge.ts';
import { defineCommand, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/**
 * Makes two calls about one thing into one incident. The one that stays takes the crews, the notes and the more urgent priority;
 * the other names it until it is taken back.
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
    if (!stays || !merged) return refuse('notFound', 'unknownOfIncidents');
    if (stays.id === merged.id || merged.status === 'merged') return refuse('alreadyDone', 'incidentsAreOne');
    if (stays.status !== 'open') return refuse('conflict', 'incidentThatStaysIs', { status: wordOf(`incident.${stays.status}`) });
    const moved = missionsOn(view, merged.id);
    return [
      withEvent(withTakenOver(stays, merged), 'tookOver', incidentLine(merged), issuedAt, author),
      withEvent(
        { ...merged, status: 'merged', closedAt: issuedAt, mergedInto: stays.id },
        'merged',
        incidentLine(stays),
        issuedAt,
        author,
      ),
      ...moved.map((assignment) => ({ ...assignment, incidentId: stays.id })),
    ];
  },
});
