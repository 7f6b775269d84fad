import { z } from 'zod';
import { incidentSchema } from '../model/incident.ts';
import { idSchema } from '../model/values.ts';
import { unitsOn } from '../rules/dispatching.ts';
import { withEvent } from '../rules/incident-events.ts';
import { defineCommand, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

const { category, priority, address, position, patientSummary } = incidentSchema.shape;

/** Makes a second incident of one that turned out to be two; chosen crews go with it. */
export const splitIncident = defineCommand({
  name: 'splitIncident',
  input: z.strictObject({
    incidentId: idSchema,
    category: category.min(1),
    priority,
    address: address.min(1),
    position,
    patientSummary,
    unitIds: z.array(idSchema).max(20),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { incidentId, unitIds, ...second }, { issuedAt, author, newId }) => {
    const incident = view.get('incident', incidentId);
    if (!incident) return refuse('notFound', 'unknownIncident');
    if (incident.status !== 'open') return refuse('conflict', 'incidentIs', { status: wordOf(`incident.${incident.status}`) });
    const crews = unitsOn(view, incidentId).filter(({ unit }) => unitIds.includes(unit.id));
    if (crews.length < new Set(unitIds).size) return refuse('conflict', 'unitOfOtherIncident');
    return [
      withEvent(incident, 'split', `${second.category}, ${second.address}`, issuedAt, author),
      withEvent(
        {
          ...incident,
          ...second,
          id: newId(0),
          number: null,
          determinant: null,
          dispatchNotifiedAt: issuedAt,
          splitFrom: incident.id,
          notes: [],
          events: [],
        },
        'splitOff',
        incident.number ?? incident.address,
        issuedAt,
        author,
      ),
      ...crews.map(({ assignment }) => ({ ...assignment, incidentId: newId(0) })),
    ];
  },
});
