import { z } from 'zod';
import { type Incident, incidentSchema } from '../model/incident.ts';
import type { Author, Instant } from '../model/values.ts';
import { idSchema } from '../model/values.ts';
import { withEvent } from '../rules/incident-events.ts';
import { isSame } from '../rules/same.ts';
import { defineCommand, refuse } from './definition.ts';

const { category, determinant, priority, address, position, patientSummary } = incidentSchema.shape;

const changed = (before: Incident, after: Incident, at: Instant, by: Author): Incident => {
  const told = (field: keyof Incident, what: 'priority' | 'category' | 'address' | 'patient', to: Incident): Incident =>
    before[field] === after[field] ? to : withEvent(to, what, `${before[field] ?? '–'} → ${after[field] ?? '–'}`, at, by);
  return told(
    'patientSummary',
    'patient',
    told('address', 'address', told('category', 'category', told('priority', 'priority', after))),
  );
};

/** Corrects what a caller was understood to say; what stood before stays in the incident's events. */
export const correctIncident = defineCommand({
  name: 'correctIncident',
  input: z.strictObject({
    incidentId: idSchema,
    category: category.min(1).optional(),
    determinant: determinant.optional(),
    priority: priority.optional(),
    /** A new place needs both. */
    place: z.strictObject({ address: address.min(1), position }).optional(),
    patientSummary: patientSummary.optional(),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { incidentId, place, ...given }, { issuedAt, author }) => {
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'unknownIncident');
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const after: Incident = { ...incident, ...values, ...place };
    if (isSame(after, incident)) return refuse('alreadyDone', 'incidentSaysSo');
    return [changed(incident, after, issuedAt, author)];
  },
});
