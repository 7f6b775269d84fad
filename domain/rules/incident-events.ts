import type { Incident, IncidentEvent } from '../model/incident.ts';
import type { Author, Instant } from '../model/values.ts';

/** The longest list a row may hold. */
const MOST = 500;

/** A list as a row may hold it: the oldest of a longer one give way. */
export const newest = <Item>(list: readonly Item[]): Item[] => list.slice(-MOST);

/** The incident with one more thing that was done to it. */
export const withEvent = (incident: Incident, what: IncidentEvent['what'], text: string, at: Instant, by: Author): Incident => ({
  ...incident,
  events: newest([...incident.events, { at, by, what, text: text.slice(0, 200) }]),
});

/** The incident with one more note. */
export const withNote = (incident: Incident, text: string, at: Instant, by: Author): Incident => ({
  ...incident,
  notes: newest([...incident.notes, { at, by, text }]),
});
