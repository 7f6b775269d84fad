import type { Assignment } from '../model/assignment.ts';
import type { Incident } from '../model/incident.ts';

/** The order of an incident list: priority, then the longest since the call. */
export const compareIncidents = (a: Incident, b: Incident): number =>
  a.priority - b.priority || a.callReceivedAt - b.callReceivedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Open incidents in order. */
export const openIncidents = (incidents: Iterable<Incident>): readonly Incident[] =>
  [...incidents].filter((incident) => incident.status === 'open').sort(compareIncidents);

/** Whether a unit is still on this assignment, by its times. */
export const isUnderWay = (assignment: Assignment): boolean =>
  assignment.times.backInService === null && assignment.times.cancelled === null;

/** Open incidents that no unit is on, in order. */
export const unansweredIncidents = (incidents: Iterable<Incident>, assignments: Iterable<Assignment>): readonly Incident[] => {
  const answered = new Set([...assignments].filter(isUnderWay).map((assignment) => assignment.incidentId));
  return openIncidents(incidents).filter((incident) => !answered.has(incident.id));
};
