import type { Bed } from '../model/bed.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Instant } from '../model/values.ts';

/** How long after it was expected a patient may come before the hold of a bed ends, and how far ahead nobody expects one, milliseconds. */
const GRACE = 30 * 60_000;

/** Until when a bed is held for somebody expected at `at`, null when that is not known, asked for at `now`. */
export const holdUntil = (at: Instant | null, now: Instant): Instant => Math.max(at ?? now + GRACE, now) + GRACE;

/** Whether the hold of a reserved bed has ended without anybody lying in it: it keeps nobody out any more. */
export const holdIsOver = ({ status, reservation }: Pick<Bed, 'status' | 'reservation'>, now: Instant): boolean =>
  status === 'reserved' && reservation !== null && reservation.until !== null && reservation.until <= now;

/** Whether a reserved bed is held for this visit: by its name, or for the crew that brought it. */
export const isHeldFor = (view: RecordView, { status, reservation }: Bed, encounter: Encounter): boolean => {
  if (status !== 'reserved' || !reservation) return false;
  if (reservation.encounterId === encounter.id) return true;
  if (reservation.assignmentId === null || encounter.incidentId === null) return false;
  return view.get('assignment', reservation.assignmentId)?.incidentId === encounter.incidentId;
};
