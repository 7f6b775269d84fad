/**
 * The wire's version. `wire.test.ts` hashes the JSON schema of `up` and `down` and compares it with WIRE_HASH: whoever
 * changes a message changes both lines and adds one to the history.
 *
 * 1  first: hello, commands, pulse, page up; welcome, refused, poke, page, telemetry, pulse down.
 * 2  unknown fields pass; spread, parts of a poke, alarms ahead of the log, ages of telemetry, when to come again, diverged up;
 *    what the author saw in a command, a note in its settlement; recovery in the welcome, offer up;
 *    merged visits; heads of the audit trails in commands and in poke;
 *    snapshotId and the head of the audit trail in hello; patches and short pokes, packed pages, a checksum in pulse down; what commands come after;
 *    the code archived in a settlement; settlements in the welcome;
 *    the source of a fix, its skew and its accuracy;
 *    calls and messages, what an incident, a mission, a unit and a hospital say to dispatch;
 *    the mission for which a bed is held; arrivals that positions told, crews called back by radio;
 *    what a bed, an area and a visit say to the bed board; notes, tasks, counts of the department, surges, handovers,
 *    disagreements and interfaces; what a point of a handover was against the one before, and what was added to it;
 *    questions about messages of interfaces and mapped places up, their answers down; why a disagreement was decided, and of which
 *    moment it speaks; where a surge is over, what was done and taken back, what walls show of a patient; since when a monitor is
 *    bound to whom; whose a patient was in a handover, and why a point of it is new or changed; since when a bed has been dirty;
 *    that nobody has said who is ventilated, what counts as it, observations where NEWS2 says nothing, who left against advice;
 *    what is offered for a clean, a bed out of use and a patient who is out, how long a bed is held, notices, how long who left
 *    unseen is listed; what was changed about a visit, when and by whom; the sentence of a refusal by its key.
 */
export const PROTOCOL_VERSION = 2;
export const WIRE_HASH = '7a70e3f222f47f950cedada5c47a02b9ab94b0b7c6031176964e196dc5317b40';

/** The version two sides speak with each other, the older one's; null when they are more than one apart. */
export const spokenWith = (theirs: number): number | null =>
  Math.abs(theirs - PROTOCOL_VERSION) <= 1 ? Math.min(theirs, PROTOCOL_VERSION) : null;

/** Says which of the two sides must be updated. */
export const versionsApart = (hospital: number, desk: number): string =>
  `The hospital speaks version ${hospital}, this desk ${desk}. Update ${hospital < desk ? "the hospital's server" : 'this desk'}.`;
