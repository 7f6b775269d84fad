import type { Bed } from '../model/bed.ts';
import type { BoardSettings } from '../model/board-settings.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { broughtBy } from './call-to-bed.ts';

/** Until when a bed is held for somebody expected at `at`, null when that is not known, asked for at `now`: by the site's grace. */
export const holdUntil = (
  at: Instant | null,
  now: Instant,
  { holdGraceMinutes }: Pick<BoardSettings, 'holdGraceMinutes'>,
): Instant => {
  const grace = holdGraceMinutes * 60_000;
  return Math.max(at ?? now + grace, now) + grace;
};

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

/** The bed that is held at `now` for whom a reservation names; undefined where none is. */
export const heldAlready = (
  view: RecordView,
  { encounterId, assignmentId }: Pick<NonNullable<Bed['reservation']>, 'encounterId' | 'assignmentId'>,
  now: Instant,
): Bed | undefined =>
  [...view.list('bed')].find(
    (one) =>
      one.status === 'reserved' &&
      !holdIsOver(one, now) &&
      ((encounterId !== null && one.reservation?.encounterId === encounterId) ||
        (assignmentId !== null && one.reservation?.assignmentId === assignmentId)),
  );

/**
 * The beds whose hold ends when a visit gets another bed: held by its name, or for the crew that brought it, unless somebody else
 * of the same incident still waits for one.
 */
export const holdsEndedBy = (view: RecordView, encounter: Encounter, bedId: Id): readonly Bed[] => {
  const held = [...view.list('bed')].filter((bed) => bed.id !== bedId && isHeldFor(view, bed, encounter));
  if (held.length === 0) return held;
  const { incidentId } = encounter;
  const others = [...view.list('encounter')].filter(
    (one) => one.id !== encounter.id && incidentId !== null && one.incidentId === incidentId,
  );
  const isAwaited = others.some((one) => one.bedId === null && one.departedAt === null);
  const crew = broughtBy(
    encounter,
    [...view.list('assignment')].filter((mission) => mission.incidentId === incidentId),
  );
  return held.filter(
    ({ reservation }) =>
      reservation?.encounterId === encounter.id || (!isAwaited && crew !== undefined && reservation?.assignmentId === crew.id),
  );
};
