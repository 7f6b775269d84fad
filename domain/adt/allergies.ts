/**
 * What a patient does not tolerate, where two sides say it. What an interface said bears its name behind it, so that its next word
 * replaces its own words and never what a nurse noted.
 */
import type { Patient } from '../model/patient.ts';

const MOST = 20;
const LONGEST = 200;

/** The list with what a source says now in the place of what it said before; null stays null while nobody has said anything. */
export const allergiesWith = (
  present: Patient['allergies'],
  said: readonly string[] | null | undefined,
  source: string,
): Patient['allergies'] => {
  if (!said) return present;
  const mark = ` (${source.slice(0, 60)})`;
  const noted = (present ?? []).filter((one) => !one.endsWith(mark));
  const known = new Set(noted.map((one) => one.toLowerCase()));
  const theirs = [...new Set(said)].filter((one) => !known.has(one.toLowerCase()));
  const room = MOST - noted.length;
  const told =
    theirs.length <= room ? theirs : [...theirs.slice(0, room - 1), `and ${theirs.length - room + 1} more`].slice(0, room);
  return [...noted, ...told.map((one) => one.slice(0, LONGEST - mark.length) + mark)];
};
