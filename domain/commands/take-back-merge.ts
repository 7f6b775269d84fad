import { z } from 'zod';
import { incidentSchema } from '../model/incident.ts';
import { idSchema } from '../model/values.ts';
import { withEvent } from '../rules/incident-events.ts';
import { incidentLine, isSentSince, missionsOn, stoodOf, withTakenOver } from '../rules/incident-merge.ts';
import { isSame } from '../rules/same.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

const { priority, callReceivedAt, patientSummary, caller, status, closedAt } = incidentSchema.shape;

/**
 * Undoes a merge: two incidents again, each with its own crews and notes. Its author says what stood before; it is done only where
 * the incident that stayed is still what the merge made of that, so that nothing built on it is lost.
 */
export const takeBackMerge = defineCommand({
  name: 'takeBackMerge',
  input: z.strictObject({
    /** The one that stayed. */
    incidentId: idSchema,
    mergedIncidentId: idSchema,
    /** The missions that came along. */
    assignmentIds: z.array(idSchema).max(100),
    /** Of the one that stayed, before. */
    stood: z.strictObject({ priority, callReceivedAt, patientSummary, caller: caller.unwrap() }),
    /** Of the merged one, before. */
    ended: z.strictObject({ status: status.exclude(['merged']), closedAt }),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { incidentId, mergedIncidentId, assignmentIds, stood, ended }, { issuedAt, author }) => {
    const stays = view.get('incident', incidentId);
    const merged = view.get('incident', mergedIncidentId);
    if (!stays || !merged) return refuse('notFound', 'unknownOfIncidents');
    if (merged.status !== 'merged' || merged.mergedInto !== stays.id || merged.closedAt === null)
      return refuse('alreadyDone', 'incidentsAreTwo');
    const at = merged.closedAt;
    const rest = merged.notes.map((note) => JSON.stringify(note));
    const notes = stays.notes.filter((note) => {
      const index = rest.indexOf(JSON.stringify(note));
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
    const before = { ...stays, ...stood, notes };
    const last = stays.events.at(-1);
    const missions = missionsOn(view, stays.id);
    const back = missions.filter(({ id }) => assignmentIds.includes(id));
    const isAsMerged =
      stays.status === 'open' &&
      last?.what === 'tookOver' &&
      last.at === at &&
      rest.length === 0 &&
      notes.every((note) => note.at <= at) &&
      isSame(stoodOf(withTakenOver(before, merged)), stoodOf(stays)) &&
      back.length === new Set(assignmentIds).size &&
      !isSentSince(missions, at);
    if (!isAsMerged) return refuse('conflict', 'mergeWorkedOn');
    return [
      withEvent(before, 'takenBack', incidentLine(merged), issuedAt, author),
      withEvent({ ...merged, ...ended, mergedInto: null }, 'takenBack', incidentLine(stays), issuedAt, author),
      ...back.map((assignment) => ({ ...assignment, incidentId: merged.id })),
    ];
  },
});
