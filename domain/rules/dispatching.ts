import { type Refusal, refuse } from '../commands/definition.ts';
import { wordOf } from '../commands/sentence.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Incident } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Unit } from '../model/unit.ts';
import type { Author, Id, Instant } from '../model/values.ts';
import { noTimes } from './assignment-times.ts';
import { isBeforeScene, isFree } from './unit-status.ts';

/** The open incident and the free unit of a dispatch, or the sentence that says why it cannot be. */
export const dispatchObstacle = (
  view: RecordView,
  incidentId: Id,
  unitId: Id,
): { readonly incident: Incident; readonly unit: Unit } | Refusal => {
  const incident = view.get('incident', incidentId);
  const unit = view.get('unit', unitId);
  if (!incident) return refuse('notFound', 'unknownIncident');
  if (!unit) return refuse('notFound', 'unknownUnit');
  const mission = unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
  if (mission?.incidentId === incidentId) return refuse('alreadyDone', 'unitOnIncident', { unit: unit.callsign });
  if (incident.status !== 'open') return refuse('conflict', 'incidentIs', { status: wordOf(`incident.${incident.status}`) });
  if (!isFree(unit.status) || unit.assignmentId !== null) {
    return refuse('conflict', 'unitNotFree', { unit: unit.callsign, status: wordOf(`unit.${unit.status}`) });
  }
  return { incident, unit };
};

/** The assignment that stands when a unit has been notified at `at`. */
export const assignmentAt = (dispatch: {
  readonly id: Id;
  readonly incidentId: Id;
  readonly unitId: Id;
  readonly by: Author;
  readonly at: Instant;
  readonly how: Assignment['how'];
  readonly voiceNote: string | null;
}): Assignment => ({
  kind: 'assignment',
  id: dispatch.id,
  incidentId: dispatch.incidentId,
  unitId: dispatch.unitId,
  dispatchedBy: dispatch.by,
  how: dispatch.how,
  voiceNote: dispatch.voiceNote,
  times: { ...noTimes, unitNotified: dispatch.at },
  refusal: null,
  endReason: null,
  endedByVoice: null,
  divertedTo: null,
  hospitalId: null,
  etaAt: null,
  prealert: null,
  seenArrivals: [],
});

/** The mission of a unit, if it has one. */
export const missionOf = (view: RecordView, unit: Unit): Assignment | undefined =>
  unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);

/** The units still on an incident, with their missions. */
export const unitsOn = (view: RecordView, incidentId: Id): readonly { readonly unit: Unit; readonly assignment: Assignment }[] =>
  [...view.list('unit')].flatMap((unit) => {
    const assignment = missionOf(view, unit);
    return assignment?.incidentId === incidentId ? [{ unit, assignment }] : [];
  });

/** The mission ended before the scene, and the crew free again where it is. */
export const stoodDown = (
  assignment: Assignment,
  unit: Unit,
  at: Instant,
  why: Pick<Assignment, 'endReason'> & Partial<Pick<Assignment, 'refusal' | 'divertedTo' | 'endedByVoice'>>,
): readonly [Assignment, Unit] => [
  { ...assignment, ...why, times: { ...assignment.times, cancelled: at }, etaAt: null },
  { ...unit, status: 'availableMobile', statusSince: at, assignmentId: null, delayed: false, rollCallAnsweredAt: null },
];

/** The unit and mission of a crew that can still be called back, or the sentence that says why it cannot. */
export const recallable = (view: RecordView, unitId: Id): { readonly unit: Unit; readonly assignment: Assignment } | Refusal => {
  const unit = view.get('unit', unitId);
  if (!unit) return refuse('notFound', 'unknownUnit');
  const assignment = missionOf(view, unit);
  if (!assignment) return refuse('alreadyDone', 'unitNoMission', { unit: unit.callsign });
  if (!isBeforeScene(unit.status))
    return refuse('conflict', 'unitAtScene', { unit: unit.callsign, status: wordOf(`unit.${unit.status}`) });
  return { unit, assignment };
};

/** The crew and mission of a diversion to an incident, or the sentence that says why it cannot be. */
export const divertible = (
  view: RecordView,
  unitId: Id,
  incidentId: Id,
): { readonly unit: Unit; readonly assignment: Assignment } | Refusal => {
  const possible = recallable(view, unitId);
  if ('code' in possible) return possible;
  const incident = view.get('incident', incidentId);
  if (!incident) return refuse('notFound', 'unknownIncident');
  if (incident.status !== 'open') return refuse('conflict', 'incidentIs', { status: wordOf(`incident.${incident.status}`) });
  if (possible.assignment.incidentId === incidentId)
    return refuse('alreadyDone', 'unitOnIncident', { unit: possible.unit.callsign });
  return possible;
};

/** The mission that a crew leaves, the one that `next` begins, and the crew sent. */
export const diverted = (
  { unit, assignment }: { readonly unit: Unit; readonly assignment: Assignment },
  next: Parameters<typeof assignmentAt>[0],
  why: Pick<Assignment, 'endReason' | 'endedByVoice'>,
): readonly [Assignment, Assignment, Unit] => {
  const [ended, free] = stoodDown(assignment, unit, next.at, { ...why, divertedTo: next.incidentId });
  return [ended, assignmentAt(next), { ...free, status: 'dispatched', assignmentId: next.id }];
};

/** Why what was told to a crew by radio at `at` cannot stand: it has reported since. Null when it can. */
export const reportedSince = ({ callsign, status, statusSince }: Unit, at: Instant): Refusal | null =>
  statusSince > at ? refuse('conflict', 'unitReported', { unit: callsign, status: wordOf(`unit.${status}`) }) : null;
