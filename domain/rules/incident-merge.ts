import type { Incident, IncidentPriority } from '../model/incident.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { newest } from './incident-events.ts';

/** What a merge changes in the incident that stays, besides its notes. */
export type Stood = Pick<Incident, 'priority' | 'callReceivedAt' | 'patientSummary' | 'caller'>;

export const stoodOf = ({ priority, callReceivedAt, patientSummary, caller }: Stood): Stood => ({
  priority,
  callReceivedAt,
  patientSummary,
  caller,
});

/** The incident that stays with what it takes over from the other: the more urgent priority, the first ring, what it did not know, the notes. */
export const withTakenOver = (stays: Incident, merged: Incident): Incident => ({
  ...stays,
  priority: Math.min(stays.priority, merged.priority) as IncidentPriority,
  callReceivedAt: Math.min(stays.callReceivedAt, merged.callReceivedAt),
  patientSummary: stays.patientSummary ?? merged.patientSummary,
  caller: stays.caller ?? merged.caller,
  notes: newest([...stays.notes, ...merged.notes].sort((a, b) => a.at - b.at)),
});

/** As people name an incident to each other: number, category and place. */
export const incidentLine = ({ number, category, address }: Incident): string => `${number ?? '–'} ${category}, ${address}`;

/** The missions of an incident, also those that have ended. */
export const missionsOn = (view: RecordView, incidentId: Id) =>
  [...view.list('assignment')].filter((assignment) => assignment.incidentId === incidentId);

/** Whether a crew was sent to an incident after a moment. */
export const isSentSince = (missions: ReturnType<typeof missionsOn>, at: Instant): boolean =>
  missions.some(({ times: { unitNotified } }) => unitNotified !== null && unitNotified > at);
