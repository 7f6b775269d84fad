/** One line from the call to the bed: what the dispatch room wrote and what the department wrote, of one patient. */
import type { Assignment } from '../model/assignment.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Incident } from '../model/incident.ts';
import type { Id, Instant } from '../model/values.ts';
import { beddedAt } from './visit.ts';

const missionMoments = ['unitNotified', 'onScene', 'leftScene', 'atDestination'] as const;
type Moment = 'called' | (typeof missionMoments)[number] | 'registered' | 'triaged' | 'bed';

export type CallToBedStep = {
  readonly moment: Moment;
  readonly at: Instant;
  /** The crew whose moment it is; null for those of the department and of the call. */
  readonly unitId: Id | null;
  /** Earlier than the one before it: one of the two is wrong. It is shown, never swapped. */
  readonly isBreak: boolean;
};

/** The mission that brought the patient: of those that arrived the one nearest to the registration, else the one that is furthest. */
export const broughtBy = (encounter: Encounter, missions: readonly Assignment[]): Assignment | undefined => {
  const far = ({ times }: Assignment): number =>
    times.atDestination === null ? Number.POSITIVE_INFINITY : Math.abs(times.atDestination - encounter.arrivedAt);
  const left = ({ times }: Assignment): number => times.leftScene ?? Number.NEGATIVE_INFINITY;
  return missions
    .filter(({ times }) => times.cancelled === null)
    .toSorted((a, b) => far(a) - far(b) || left(b) - left(a) || (a.id < b.id ? -1 : 1))[0];
};

/** The known moments of a visit in the order in which they must happen. Without an incident it begins at the door. */
export const callToBed = (
  encounter: Encounter,
  incident: Incident | undefined,
  assignments: Iterable<Assignment>,
): readonly CallToBedStep[] => {
  const mission =
    incident &&
    broughtBy(
      encounter,
      [...assignments].filter(({ incidentId }) => incidentId === incident.id),
    );
  const moments: readonly (readonly [Moment, Instant | null, Id | null])[] = [
    ['called', incident?.callReceivedAt ?? null, null],
    ...missionMoments.map((moment) => [moment, mission?.times[moment] ?? null, mission?.unitId ?? null] as const),
    ['registered', encounter.arrivedAt, null],
    ['triaged', encounter.triagedAt, null],
    ['bed', beddedAt(encounter), null],
  ];
  let before = Number.NEGATIVE_INFINITY;
  return moments.flatMap(([moment, at, unitId]) => {
    if (at === null) return [];
    const isBreak = at < before;
    before = at;
    return [{ moment, at, unitId, isBreak }];
  });
};
