import { z } from 'zod';
import { callerSchema, incidentSchema } from '../model/incident.ts';
import { idSchema, instantSchema, textSchema } from '../model/values.ts';
import { defineCommand, hours, refuse } from './definition.ts';

const { category, determinant, priority, address, position, patientSummary } = incidentSchema.shape;
/** A form may have been open for so long. */
const LONGEST_FORM = hours(4);

/** Opens an incident for a call. The backend gives it its number; until then it has none. */
export const createIncident = defineCommand({
  name: 'createIncident',
  input: z.strictObject({
    category: category.min(1),
    determinant,
    priority,
    address: address.min(1),
    position,
    patientSummary,
    /** The call that was answered; its ring is when the call was received. */
    callId: idSchema.nullable().default(null),
    /** When the form was opened, for a call that no telephone system told of; null takes the moment of the command. */
    callReceivedAt: instantSchema.nullable().default(null),
    caller: callerSchema.nullable().default(null),
    note: textSchema.nullable().default(null),
  }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { callId, callReceivedAt, caller, note, ...input }, { issuedAt, author, newId }) => {
    const call = callId === null ? undefined : view.get('call', callId);
    if (callId !== null && !call) return refuse('notFound', 'unknownCall');
    if (call && call.incidentId !== null) return refuse('alreadyDone', 'callHasIncident');
    const received = call?.receivedAt ?? callReceivedAt ?? issuedAt;
    if (received > issuedAt || received < issuedAt - LONGEST_FORM) return refuse('malformed', 'callNotThen');
    return [
      {
        kind: 'incident',
        id: newId(0),
        number: null,
        ...input,
        caller,
        status: 'open',
        callReceivedAt: received,
        dispatchNotifiedAt: issuedAt,
        closedAt: null,
        endReason: null,
        mergedInto: null,
        splitFrom: null,
        notes: note === null || note.trim() === '' ? [] : [{ at: issuedAt, by: author, text: note }],
        events: [],
      },
      ...(call ? [{ ...call, status: 'ended' as const, endedAt: issuedAt, incidentId: newId(0) }] : []),
    ];
  },
});
