/** What the station needs of SQLite, and how SQLite fails. Written so that a statement that writes can only stand in a transaction. */
export type SqlValue = string | number | null | Uint8Array;

/** Reads; the SQL text is prepared once and kept. Rows are what the statement names. */
export type ReadHandle = {
  readonly get: <Row>(sql: string, ...values: readonly SqlValue[]) => Row | undefined;
  readonly all: <Row>(sql: string, ...values: readonly SqlValue[]) => readonly Row[];
  readonly iterate: <Row>(sql: string, ...values: readonly SqlValue[]) => Iterable<Row>;
};

/** Writes; exists only inside `Database.transaction`. */
export type WriteHandle = ReadHandle & {
  /** Runs one statement; the number of changed rows. */
  readonly run: (sql: string, ...values: readonly SqlValue[]) => number;
  /** Runs several statements without values. */
  readonly exec: (sql: string) => void;
};

export type Database = {
  readonly read: ReadHandle;
  /** Commits all that `write` did, durable when it returns, or nothing; throws StoreError for what the disk refused. */
  readonly transaction: <T>(write: (handle: WriteHandle) => T) => T;
  /** Rewrites the file and its log so that nothing that was deleted is left in either; throws StoreError. Not within a transaction. */
  readonly scrub: () => void;
  readonly close: () => void;
};

export const storeErrorCodes = [
  'notADatabase',
  'wrongKey',
  'corrupt',
  'future',
  'diskFull',
  'readOnly',
  'ioError',
  'locked',
  'notEncrypted',
  'unsupported',
  'statement',
] as const;
export type StoreErrorCode = (typeof storeErrorCodes)[number];

/** A failure of the store. The message never holds a value of a row. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Failures after which the same file can never be read: it is put aside and rebuilt. */
export const isUnreadable = (error: unknown): error is StoreError =>
  error instanceof StoreError && (error.code === 'notADatabase' || error.code === 'wrongKey' || error.code === 'corrupt');

/** Failures of the disk that may pass: what was asked is not saved, and reading goes on. */
export const isDiskFailure = (error: unknown): error is StoreError =>
  error instanceof StoreError &&
  (error.code === 'diskFull' || error.code === 'readOnly' || error.code === 'ioError' || error.code === 'locked');
