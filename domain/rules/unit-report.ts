import { type Refusal, refuse } from '../commands/definition.ts';
import { wordOf } from '../commands/sentence.ts';
import type { Assignment, AssignmentTimes } from '../model/assignment.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { UnitStatus } from '../model/unit.ts';
import type { Id, Instant } from '../model/values.ts';
import { missionOf, reportedSince } from './dispatching.ts';
import { endsMission, isFree, mayFollow, timeOfStatus } from './unit-status.ts';

/** The assignment with the moment a status begins. A moment that is already known stands: the first report counts. */
const withMoment = (assignment: Assignment, status: keyof typeof timeOfStatus, at: Instant): Assignment => {
  const { times } = assignment;
  const set = (name: keyof AssignmentTimes): AssignmentTimes => (times[name] === null ? { ...times, [name]: at } : times);
  const name = timeOfStatus[status];
  // Nothing was transported, so no care was handed over.
  if (name === null || (name === 'transferOfCare' && times.leftScene === null)) {
    return status === 'outOfService' && times.onScene === null ? { ...assignment, times: set('cancelled') } : assignment;
  }
  if (name === 'backInService' && times.onScene === null)
    return { ...assignment, times: { ...set(name), cancelled: times.cancelled ?? at } };
  return { ...assignment, times: set(name) };
};

/** The incident closed, when this was the last unit on it and one of them had reached the scene. */
const closedBy = (view: RecordView, ended: Assignment, at: Instant): readonly VigilRecord[] => {
  const incident = view.get('incident', ended.incidentId);
  if (incident?.status !== 'open') return [];
  const others = [...view.list('assignment')].filter((other) => other.incidentId === incident.id && other.id !== ended.id);
  const goesOn = others.some((other) => view.get('unit', other.unitId)?.assignmentId === other.id);
  const reached = [ended, ...others].some((assignment) => assignment.times.onScene !== null);
  return goesOn || !reached ? [] : [{ ...incident, status: 'closed', closedAt: at }];
};

/** What follows when a unit has a status from `at` on, or why it cannot; a late report fills its time only. */
export const unitReported = (
  view: RecordView,
  { unitId, status, reason }: { readonly unitId: Id; readonly status: UnitStatus; readonly reason: string | null },
  at: Instant,
): readonly VigilRecord[] | Refusal => {
  const unit = view.get('unit', unitId);
  if (!unit) return refuse('notFound', 'unknownUnit');
  const label = wordOf(`unit.${status}`);
  const assignment = missionOf(view, unit);
  const updated = assignment && withMoment(assignment, status, at);
  const since = reportedSince(unit, at);
  if (since) {
    const fills = updated && timeOfStatus[status] !== null && !endsMission(status) && (updated.times.unitNotified ?? at) <= at;
    if (fills && updated.times !== assignment.times) return [updated];
    return since;
  }
  if (unit.status === status) return refuse('alreadyDone', 'unitIsAlready', { unit: unit.callsign, status: label });
  if (status === 'dispatched') return refuse('conflict', 'unitNotByStatus');
  if (!mayFollow(unit.status, status)) {
    return refuse('conflict', 'unitCannotGo', { unit: unit.callsign, from: wordOf(`unit.${unit.status}`), to: label });
  }
  if (status === 'outOfService' && (reason === null || reason.trim() === '')) return refuse('malformed', 'unitWhyOut');
  const ends = endsMission(status);
  return [
    {
      ...unit,
      status,
      statusSince: at,
      outOfServiceReason: status === 'outOfService' ? reason : null,
      assignmentId: ends ? null : unit.assignmentId,
      // A rest ends when the crew is out of service or sent; a delay ends with its mission.
      delayed: ends ? false : unit.delayed,
      rollCallAnsweredAt: ends ? null : unit.rollCallAnsweredAt,
      restingUntil: isFree(status) ? unit.restingUntil : null,
    },
    ...(updated && updated.times !== assignment.times ? [updated] : []),
    ...(updated && ends ? closedBy(view, updated, at) : []),
  ];
};
