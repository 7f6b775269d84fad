import { z } from 'zod';
import { idSchema, textSchema } from '../model/values.ts';
import { withNote } from '../rules/incident-events.ts';
import { defineCommand, refuse } from './definition.ts';

/** Adds a note with its time and author. It waits for ever, and an incident that has ended takes it too. */
export const addIncidentNote = defineCommand({
  name: 'addIncidentNote',
  input: z.strictObject({ incidentId: idSchema, text: textSchema.min(1) }),
  roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { incidentId, text }, { issuedAt, author }) => {
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'unknownIncident');
    return [withNote(incident, text, issuedAt, author)];
  },
});
