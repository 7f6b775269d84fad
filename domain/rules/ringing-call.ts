import type { Call } from '../model/call.ts';
import type { Id, Instant } from '../model/values.ts';

/** A call that begins to ring, with what the telephone system knows of it then. */
export const ringingCall = (
  id: Id,
  receivedAt: Instant,
  line: Pick<Call, 'phone' | 'subscriber' | 'address' | 'location'>,
): Call => ({
  kind: 'call',
  id,
  receivedAt,
  ...line,
  locatedAt: line.location === null ? null : receivedAt,
  status: 'ringing',
  answeredBy: null,
  answeredAt: null,
  endedAt: null,
  endReason: null,
  incidentId: null,
});
