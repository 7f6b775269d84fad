/** What the station's own thread tells and asks the thread that keeps the history, and what it is told. Moments are server time. */
import type { ReplayAt, ReplayPart, ReplaySpan } from '#contracts/ipc/replay.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { ReplayMarkKind } from '#domain/rules/replay-history.ts';
import type { StoreErrorCode } from '../store/database.ts';
import type { RowKey } from '../sync/rows.ts';
import type { FixLog } from './fix-log.ts';

/** Whose rows these are. History of another station, of another history of the hospital or of another scope is not this desk's. */
export type HistoryMark = { readonly stationId: Id; readonly epoch: Id | null; readonly projection: string | null };

export type HistoryThreadData = {
  /** Null: in memory, and nothing is kept. */
  readonly file: string | null;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly mark: HistoryMark;
};

/** A row as it stands: its JSON text, and until when it belongs into a picture (null: as long as it exists). A text of null is a row that is gone. */
export type RowText = readonly [key: RowKey, text: string | null, until: Instant | null];
/** Positions with the names of what their numbers stand for, by place in the lists. */
export type NamedFixes = { readonly units: readonly Id[]; readonly sources: readonly string[]; readonly log: FixLog };
export type TimedRow = { readonly at: Instant; readonly row: RowText };

export type HistoryQuestions = {
  readonly span: { readonly ask: null; readonly answer: Extract<ReplaySpan, { state: 'found' }> };
  readonly at: { readonly ask: { readonly at: Instant }; readonly answer: Extract<ReplayAt, { state: 'found' }> };
  readonly part: {
    readonly ask: { readonly from: Instant; readonly to: Instant };
    readonly answer: Extract<ReplayPart, { state: 'found' }>;
  };
};
export type HistoryQuestion = keyof HistoryQuestions;

/** `base` (any number) and then `begin` say how things stand; from then on a `tick` says what came since the last, until `end`. */
export type HistoryRequest =
  | { readonly type: 'base'; readonly rows: readonly RowText[] }
  | { readonly type: 'begin'; readonly at: Instant; readonly fixes: NamedFixes }
  | {
      readonly type: 'tick';
      readonly at: Instant;
      readonly rows: readonly TimedRow[];
      readonly fixes: NamedFixes;
      readonly marks: readonly { readonly at: Instant; readonly kind: ReplayMarkKind }[];
    }
  /** Nothing is known after `at`. */
  | { readonly type: 'end'; readonly at: Instant }
  | { readonly type: 'ask'; readonly id: number; readonly question: HistoryQuestion; readonly ask: unknown };

export type HistoryMessage =
  /** `anew`: what lay there could not be read, and was thrown away. */
  | { readonly type: 'open'; readonly anew: StoreErrorCode | null; readonly tookMs: number }
  /** Everything up to the last tick is on the disk. */
  | { readonly type: 'kept' }
  /** The disk did not take it: the run ended with what it had taken before. Questions are answered. */
  | { readonly type: 'refused'; readonly code: StoreErrorCode }
  /** The file cannot be used; the thread ends. */
  | { readonly type: 'broken'; readonly code: StoreErrorCode | 'error' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: string };
