import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { withEvent } from '../rules/incident-events.ts';
import { incidentLine, isSentSince, missionsOn } from '../rules/incident-merge.ts';
import { defineCommand, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/**
 * Undoes a split: the crews come back to the first incident, which is as it was; the second keeps its number and names the first
 * from now on. Refused when somebody has worked on the second.
 */
export const takeBackSplit = defineCommand({
  name: 'takeBackSplit',
  input: z.strictObject({
    /** The one that was split. */
    incidentId: idSchema,
    splitIncidentId: idSchema,
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { incidentId, splitIncidentId }, { issuedAt, author }) => {
    const first = view.get('incident', incidentId);
    const second = view.get('incident', splitIncidentId);
    if (!first || !second) return refuse('notFound', 'unknownOfIncidents');
    if (second.splitFrom !== first.id || second.status === 'merged') return refuse('alreadyDone', 'incidentsAreOne');
    if (first.status !== 'open') return refuse('conflict', 'incidentSplitIs', { status: wordOf(`incident.${first.status}`) });
    const missions = missionsOn(view, second.id);
    const [split] = second.events;
    const isAsSplit =
      second.status === 'open' &&
      split !== undefined &&
      second.events.length === 1 &&
      second.notes.length === 0 &&
      !isSentSince(missions, split.at) &&
      ![...view.list('call')].some((call) => call.incidentId === second.id);
    if (!isAsSplit) return refuse('conflict', 'splitWorkedOn');
    return [
      withEvent(first, 'takenBack', incidentLine(second), issuedAt, author),
      withEvent(
        { ...second, status: 'merged', closedAt: issuedAt, mergedInto: first.id },
        'takenBack',
        incidentLine(first),
        issuedAt,
        author,
      ),
      ...missions.map((assignment) => ({ ...assignment, incidentId: first.id })),
    ];
  },
});
