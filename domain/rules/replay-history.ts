/**
 * What a desk writes down of what its map shows, so that the last hours can be looked at again: which rows and for how long they
 * matter, which positions of a unit are enough, and which moments a person looks for. Pictures of the past are for looking back;
 * nothing is ever decided on them.
 */
import type { Assignment } from '../model/assignment.ts';
import type { RecordKind, VigilRecord } from '../model/record.ts';
import type { Instant, Position } from '../model/values.ts';
import { straightMetres } from './drive.ts';
import { isUnderWay } from './incident-order.ts';

/** How far back can be looked, milliseconds: a long shift. */
export const REPLAY_KEPT_FOR = 12 * 3_600_000;

/** What the map draws. */
export const replayKinds: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'facility',
  'hospital',
  'unit',
  'incident',
  'assignment',
  'call',
]);

/** What has ended is still in the picture for so long, milliseconds: who looks back asks how the last hour went. */
const IN_PICTURE_AFTER_END = 3_600_000;

const endOf = (record: VigilRecord): Instant | null => {
  switch (record.kind) {
    case 'incident':
      return record.status === 'open' ? null : record.closedAt;
    case 'assignment':
      return isUnderWay(record) ? null : (record.times.backInService ?? record.times.cancelled);
    case 'call':
      return record.endedAt;
    default:
      return null;
  }
};

/** Until when a row belongs into a picture of its time; null is for as long as it exists. */
export const inPictureUntil = (record: VigilRecord): Instant | null => {
  const ended = endOf(record);
  return ended === null ? null : ended + IN_PICTURE_AFTER_END;
};

/**
 * Metres that a unit must have moved for another of its positions to be kept: five lengths of an ambulance. Nearer ones are what
 * receivers wander while standing (a few metres in the open, some twenty between houses).
 */
const MOVED_METRES = 25;
/** Milliseconds between two kept positions of a unit, however fast it drives: 140 m at 50 km/h, about a block. */
const SOONEST_AGAIN = 10_000;
/** Milliseconds after which a position is kept although nothing moved: as long as it takes to look late (rules/freshness.ts). */
const LATEST_AGAIN = 60_000;

/** A position that was kept, and when it came to this desk. */
export type KeptFix = { readonly position: Position; readonly at: Instant };

/** Whether a unit's position that comes at `at` is kept beside the one that was kept last. */
export const keepsFix = (kept: KeptFix | undefined, position: Position, at: Instant): boolean => {
  if (!kept) return true;
  const elapsed = at - kept.at;
  if (elapsed < SOONEST_AGAIN) return false;
  return elapsed >= LATEST_AGAIN || straightMetres(kept.position, position) > MOVED_METRES;
};

export const replayMarkKinds = ['callReceived', 'dispatched', 'emergency', 'divert'] as const;
export type ReplayMarkKind = (typeof replayMarkKinds)[number];

const turnsAway = (record: VigilRecord | undefined): boolean =>
  record?.kind === 'hospital' && (record.divert !== null || record.emsTrafficStatus === 'closed');
const isDiverted = (record: VigilRecord | undefined): record is Assignment =>
  record?.kind === 'assignment' && record.divertedTo !== null;

/** What a person who looks back would look for in one change of a row; null when there is nothing. */
export const replayMark = (before: VigilRecord | undefined, after: VigilRecord | undefined): ReplayMarkKind | null => {
  switch (after?.kind) {
    case 'incident':
      return before ? null : 'callReceived';
    case 'assignment':
      if (!before) return 'dispatched';
      return isDiverted(after) && !isDiverted(before) ? 'divert' : null;
    case 'unit':
      return after.emergency && before?.kind === 'unit' && !before.emergency ? 'emergency' : null;
    case 'hospital':
      return before && turnsAway(after) && !turnsAway(before) ? 'divert' : null;
    default:
      return null;
  }
};
