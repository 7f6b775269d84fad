/**
 * The one place that writes down what was changed about a visit: it compares the visit that will stand with the one that stands, so
 * that no command, message or undo can forget it, and one that changes nothing leaves nothing.
 */
import { type Encounter, type EncounterFlag, encounterFlags, mostChanges, type VisitChange } from '../model/encounter.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { isSame } from './same.ts';

/** When it was done, and by whom. */
type Stamp = Pick<VisitChange, 'at' | 'by'>;

// An absence says the same in whatever order its fields were written.
const isSameAway = (one: Encounter['away'], other: Encounter['away']): boolean =>
  one?.to === other?.to && one?.since === other?.since && one?.expectedBackAt === other?.expectedBackAt;

const changesOfWay = (before: Encounter, after: Encounter, stamp: Stamp): readonly VisitChange[] => {
  const changes: VisitChange[] = [];
  const { away, admitDecidedAt, admitTo, expectedDepartureAt: expectedAt, departedAt, disposition } = after;
  if (departedAt === null) {
    if (before.departedAt !== null) changes.push({ what: 'returned', ...stamp });
    // Who was merged goes on in the visit that stays.
  } else if (after.mergedInto === undefined && (departedAt !== before.departedAt || disposition !== before.disposition))
    changes.push({ what: 'left', ...stamp, disposition, leftAt: departedAt });
  if (!isSameAway(away, before.away)) {
    if (away) changes.push({ what: 'away', ...stamp, ...away });
    // Who left from there did not come back.
    else if (before.away && departedAt === null)
      changes.push({ what: 'back', ...stamp, to: before.away.to, since: before.away.since });
  }
  if (admitDecidedAt === null) {
    if (before.admitDecidedAt !== null) changes.push({ what: 'admissionWithdrawn', ...stamp });
  } else if (admitDecidedAt !== before.admitDecidedAt || admitTo !== before.admitTo)
    changes.push({ what: 'admission', ...stamp, to: admitTo, since: admitDecidedAt });
  if (expectedAt !== before.expectedDepartureAt) changes.push({ what: 'expectedDeparture', ...stamp, expectedAt });
  return changes;
};

const flagOf = ({ flags, flagNotes }: Encounter, flag: EncounterFlag) => ({
  isSet: flags.includes(flag),
  note: flagNotes.find((one) => one.flag === flag)?.text ?? null,
});

const changesOfCare = (before: Encounter, after: Encounter, stamp: Stamp): readonly VisitChange[] => {
  const changes: VisitChange[] = [];
  const { waitingFor, ventilated, isolation } = after;
  for (const what of ['nurse', 'doctor', 'nextStep'] as const)
    if (after[what] !== before[what]) changes.push({ what, ...stamp, text: after[what] });
  if (!isSame(waitingFor, before.waitingFor)) changes.push({ what: 'waitingFor', ...stamp, waitingFor });
  if (ventilated !== before.ventilated) changes.push({ what: 'ventilated', ...stamp, ventilated });
  if (isolation !== before.isolation) changes.push({ what: 'isolation', ...stamp, isolation });
  for (const flag of encounterFlags) {
    const [was, is] = [flagOf(before, flag), flagOf(after, flag)];
    // The flag of isolation goes with the isolation, which says more.
    const isTold = flag === 'ISO' && isolation !== before.isolation && was.note === is.note;
    if (!isTold && !isSame(was, is)) changes.push({ what: 'flag', ...stamp, flag, ...is });
  }
  return changes;
};

const nothingDecided = { away: null, admitDecidedAt: null, expectedDepartureAt: null, departedAt: null };

/** What differs between a visit as it stands and as it will stand, one entry a thing; the care with which it begins is its arrival's. */
const changesBetween = (before: Encounter | undefined, after: Encounter, stamp: Stamp): readonly VisitChange[] =>
  before
    ? [...changesOfWay(before, after, stamp), ...changesOfCare(before, after, stamp)]
    : [{ what: 'arrived', ...stamp }, ...changesOfWay({ ...after, ...nothingDecided }, after, stamp)];

/** The arrival is never forgotten; of the rest the oldest are. */
const bounded = (changes: readonly VisitChange[]): VisitChange[] => {
  const [first, ...rest] = changes;
  return first?.what === 'arrived' ? [first, ...rest.slice(1 - mostChanges)] : changes.slice(-mostChanges);
};

/** The records that will stand, the visits among them with what was changed about them since they stood in the view. */
export const withChanges = (view: RecordView, puts: readonly VigilRecord[], stamp: Stamp): readonly VigilRecord[] =>
  puts.map((put) => {
    if (put.kind !== 'encounter') return put;
    const before = view.get('encounter', put.id);
    const stood = before?.changes ?? [];
    return { ...put, changes: bounded([...stood, ...changesBetween(before, put, stamp)]) };
  });
