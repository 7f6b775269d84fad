import { type Refusal, refuse } from '../commands/definition.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Incident } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Unit } from '../model/unit.ts';
import type { Author, Id, Instant } from '../model/values.ts';
import { noTimes } from './assignment-times.ts';
import { isFree, unitStatusLabels } from './unit-status.ts';

/** The open incident and the free unit of a dispatch, or the sentence that says why it cannot be. */
export const dispatchObstacle = (
  view: RecordView,
  incidentId: Id,
  unitId: Id,
): { readonly incident: Incident; readonly unit: Unit } | Refusal => {
  const incident = view.get('incident', incidentId);
  const unit = view.get('unit', unitId);
  if (!incident) return refuse('notFound', 'This incident is not known.');
  if (!unit) return refuse('notFound', 'This unit is not known.');
  const mission = unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
  if (mission?.incidentId === incidentId) return refuse('alreadyDone', `${unit.callsign} is already on this incident.`);
  if (incident.status !== 'open') return refuse('conflict', `This incident is ${incident.status}.`);
  if (!isFree(unit.status) || unit.assignmentId !== null) {
    return refuse('conflict', `${unit.callsign} is not free: ${unitStatusLabels[unit.status].toLowerCase()}.`);
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
  hospitalId: null,
  etaAt: null,
});
