import { z } from 'zod';
import { incidentSchema } from '../model/incident.ts';
import { defineCommand } from './definition.ts';

const { category, determinant, priority, address, position, patientSummary } = incidentSchema.shape;

/** Opens an incident for a call. The backend gives it its number; until then it has none. */
export const createIncident = defineCommand({
  name: 'createIncident',
  input: z.strictObject({ category: category.min(1), determinant, priority, address: address.min(1), position, patientSummary }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (_view, input, { issuedAt, newId }) => [
    {
      kind: 'incident',
      id: newId(0),
      number: null,
      ...input,
      status: 'open',
      callReceivedAt: issuedAt,
      closedAt: null,
      notes: [],
    },
  ],
});
