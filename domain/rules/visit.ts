import { type Disposition, type Encounter, type Move, mostMoves } from '../model/encounter.ts';
import type { Instant } from '../model/values.ts';
import { endedStatus } from './encounter-status.ts';

/** What must be known of a visit when it begins. */
type Beginning = Pick<Encounter, 'id' | 'patientId' | 'arrivalMode' | 'arrivedAt'>;

/** A visit that has just begun: nobody has triaged, bedded or decided anything. */
export const newVisit = (beginning: Beginning & Partial<Encounter>): Encounter => ({
  kind: 'encounter',
  status: 'arrived',
  complaint: null,
  acuity: null,
  triagedAt: null,
  retriageDueAt: null,
  bedId: null,
  bedAssignedAt: null,
  place: null,
  admitDecidedAt: null,
  expectedDepartureAt: null,
  ventilated: null,
  flags: [],
  flagNotes: [],
  isolation: null,
  nextStep: null,
  waitingFor: [],
  away: null,
  admitTo: null,
  disposition: null,
  visitNumber: null,
  moves: [],
  changes: [],
  nurse: null,
  doctor: null,
  departedAt: null,
  incidentId: null,
  ...beginning,
});

/** The visit with the patient in another place, and the move among its moves; of too many the oldest are forgotten. */
export const movedTo = (
  encounter: Encounter,
  { bedId, place, at, by, note = null }: Omit<Move, 'note'> & { readonly note?: string | null },
): Encounter => ({
  ...encounter,
  bedId,
  place,
  moves: [...encounter.moves, { at, bedId, place, by, note }].slice(-mostMoves),
});

/** What a visit says of itself once its patient has left; who goes to a ward was admitted then at the latest. */
export const departed = (
  { admitDecidedAt }: Pick<Encounter, 'admitDecidedAt'>,
  disposition: Disposition,
  at: Instant,
): Pick<Encounter, 'status' | 'departedAt' | 'disposition' | 'away' | 'admitDecidedAt'> => ({
  status: endedStatus(disposition),
  departedAt: at,
  disposition,
  away: null,
  admitDecidedAt: disposition === 'admitted' ? (admitDecidedAt ?? at) : admitDecidedAt,
});

/**
 * When the patient last got a bed who had none; null when there was none, or it was taken back. Moving on from bed to bed, or coming
 * back to one from which the visit had been ended, is no such moment: `bedAssignedAt` is that of the present bed.
 */
export const beddedAt = ({ moves, bedAssignedAt }: Pick<Encounter, 'moves' | 'bedAssignedAt'>): Instant | null => {
  if (bedAssignedAt === null) return null;
  const bedded = moves.findLast((move, index) => {
    const before = moves[index - 1];
    return move.bedId !== null && (!before || (before.bedId === null && before.place !== null));
  });
  return bedded?.at ?? bedAssignedAt;
};
