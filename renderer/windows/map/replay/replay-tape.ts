/**
 * A stretch of history at hand: one whole moment and the parts that follow it without a hole. What stood at any moment of it is
 * found from the nearest known moment before, so that a seek and a run to the same place show the same. Pure.
 */
import {
  type ReplayAt,
  type ReplayChange,
  type ReplayFix,
  type ReplayFixes,
  type ReplayPart,
  readReplayChanges,
  readReplayFix,
  readReplayRecords,
} from '#contracts/ipc/replay.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { patchTables } from '../../../client/fed.ts';
import { emptyTables, type ReceivedFix, type RecordTables } from '../../../state/store.ts';

/** Where a unit was last heard, and the word before that one. */
type Heard = { readonly fix: ReplayFix; readonly before: ReplayFix | null };
/** What the desk knew at a moment; nothing where nothing was recorded. */
export type Moment = {
  readonly at: Instant;
  readonly recorded: boolean;
  readonly records: RecordTables;
  readonly heard: ReadonlyMap<Id, Heard>;
};
type Stretch = { readonly changes: readonly ReplayChange[]; readonly fixes: ReplayFixes };
/** `moments[n]` is where `stretches[n]` begins; there is one more of them than of stretches. */
export type Tape = { readonly moments: readonly [Moment, ...Moment[]]; readonly stretches: readonly Stretch[] };
type Found<A extends { readonly state: string }> = Extract<A, { readonly state: 'found' }>;

/** Stretches that are kept behind the newest: what was just seen can be gone back to at once. */
const mostKept = 40;

/** A moment of which nothing was recorded. */
export const unrecorded = (at: Instant): Moment => ({ at, recorded: false, records: emptyTables(), heard: new Map() });

const tablesOf = (pages: readonly string[]): RecordTables => {
  const puts = pages.flatMap(readReplayRecords).map((record) => ({ record, pending: false }));
  return patchTables(null, { reset: true, puts, removes: [] }) ?? emptyTables();
};

/** A tape that begins with a moment as it was answered. */
export const tapeFrom = ({ at, recorded, records, fixes }: Found<ReplayAt>): Tape => {
  const heard = new Map<Id, Heard>();
  for (let index = 0; index < fixes.at.length; index += 1) {
    const fix = readReplayFix(fixes, index);
    if (fix) heard.set(fix.unitId, { fix, before: null });
  }
  return { moments: [{ at, recorded, records: tablesOf(records), heard }], stretches: [] };
};

const last = ({ moments }: Tape): Moment => moments.at(-1) ?? moments[0];
/** Until when the tape has been read. */
export const readUntil = (tape: Tape): Instant => last(tape).at;
/** Whether a moment lies on it. */
export const isOn = (tape: Tape, at: Instant): boolean => at >= tape.moments[0].at && at <= readUntil(tape);

/** The first index of a sorted list of so many whose moment is after `at`. */
const firstAfter = (count: number, momentOf: (index: number) => Instant, at: Instant): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (momentOf(middle) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

const recordsAfter = (records: RecordTables, passed: readonly ReplayChange[]): RecordTables => {
  if (passed.length === 0) return records;
  // Of several changes of one row the newest counts: a row that came and went is not there.
  const newest = new Map(passed.map((change) => ['record' in change ? change.record.id : change.removed.id, change]));
  const changes = [...newest.values()];
  const puts = changes.flatMap((change) => ('record' in change ? [{ record: change.record, pending: false }] : []));
  const removes = changes.flatMap((change) => ('removed' in change ? [change.removed] : []));
  return patchTables(records, { reset: false, puts, removes }) ?? records;
};

/** What was known at `to`, from what was known before it and the stretch that leads there. */
const wentOn = (moment: Moment, { changes, fixes }: Stretch, to: Instant): Moment => {
  const changeAt = (index: number): Instant => changes[index]?.at ?? 0;
  const passed = changes.slice(firstAfter(changes.length, changeAt, moment.at), firstAfter(changes.length, changeAt, to));
  const records = recordsAfter(moment.records, passed);
  const fixAt = (index: number): Instant => fixes.at[index] ?? 0;
  const from = firstAfter(fixes.at.length, fixAt, moment.at);
  const until = firstAfter(fixes.at.length, fixAt, to);
  if (from === until) return { ...moment, at: to, records };
  const heard = new Map(moment.heard);
  for (let index = from; index < until; index += 1) {
    const fix = readReplayFix(fixes, index);
    if (fix) heard.set(fix.unitId, { fix, before: heard.get(fix.unitId)?.fix ?? null });
  }
  return { ...moment, at: to, records, heard };
};

/** The tape with the part that leads on from its end. */
export const extended = (tape: Tape, { to, changes, fixes }: Found<ReplayPart>): Tape => {
  const stretch = { changes: changes.flatMap(readReplayChanges), fixes };
  const [begin, ...later] = [tape.moments[0], ...tape.moments.slice(1), wentOn(last(tape), stretch, to)];
  const stretches = [...tape.stretches, stretch];
  const [second, ...rest] = later;
  if (stretches.length <= mostKept || !second) return { moments: [begin, ...later], stretches };
  return { moments: [second, ...rest], stretches: stretches.slice(1) };
};

/**
 * What the desk knew at a moment; null when it does not lie on the tape. `near`, a moment of the same tape that was asked for
 * before, shortens the way.
 */
export const momentOn = (tape: Tape, at: Instant, near: Moment | null = null): Moment | null => {
  if (!isOn(tape, at)) return null;
  const index = firstAfter(tape.moments.length, (each) => tape.moments[each]?.at ?? 0, at) - 1;
  const known = tape.moments[index] ?? tape.moments[0];
  const start = near !== null && near.at <= at && near.at > known.at ? near : known;
  const stretch = tape.stretches[index];
  return start.at === at || !stretch ? { ...start, at } : wentOn(start, stretch, at);
};

/** Fixes so far apart in time or place are not one drive: a marker appears where it was heard, milliseconds and degrees. */
const oneDrive = { milliseconds: 90_000, degrees: 0.03 } as const;
const eased = ({ fix, before }: Heard, at: Instant, ease: number): ReceivedFix => {
  const share = (at - fix.at) / ease;
  if (!before || share >= 1 || fix.at - before.at > oneDrive.milliseconds) return fix;
  const [[longitude, latitude], [fromLongitude, fromLatitude]] = [fix.position, before.position];
  const [east, north] = [longitude - fromLongitude, latitude - fromLatitude];
  if (Math.abs(east) + Math.abs(north) > oneDrive.degrees) return fix;
  return { ...fix, position: [fromLongitude + east * share, fromLatitude + north * share] };
};

/** Where each unit is drawn: where it was heard, to which it slides from the place before for `ease` milliseconds of history. */
export const positionsAt = ({ at, heard }: Moment, ease: number): ReadonlyMap<Id, ReceivedFix> =>
  new Map([...heard].map(([id, one]) => [id, ease > 0 ? eased(one, at, ease) : one.fix]));
