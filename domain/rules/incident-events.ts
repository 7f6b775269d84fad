import type { Incident, IncidentEvent } from '../model/incident.ts';
import type { Author, Instant } from '../model/values.ts';

/** The longest list a row may hold; the oldest of a longer one give way. */
const MOST = 500;

/** The incident with one more thing that was done to it. */
export const withEvent = (incident: Incident, what: IncidentEvent['what'], text: string, at: Instant, by: Author): Incident => ({
  ...incident,
  events: [...incident.events, { at, by, what, text: text.slice(0, 200) }].slice(-MOST),
});

/** The incident with one more note. */
export const withNote = (incident: Incident, text: string, at: Instant, by: Author): Incident => ({
  ...incident,
  notes: [...incident.notes, { at, by, text }].slice(-MOST),
});
