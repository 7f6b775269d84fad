/**
 * How far the outbox has come, kept in a small file beside the database. A database whose log is damaged, cut or gone opens
 * without complaint as it was at its last checkpoint: what was committed since then is missing, and nothing in it can say so.
 * This file can. It is written after the commit and never synced, so it may say less than the database holds and never more.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { ReadHandle } from './database.ts';

const progressSchema = z.strictObject({
  /** Place of the newest command in the order of the outbox, 0 for none. */
  last: z.int().min(0),
  /** Place of the oldest command that is not settled; `last + 1` when all are. */
  firstUnsent: z.int().min(1),
});
export type Progress = z.infer<typeof progressSchema>;

export type ProgressFile = {
  /** What the last run kept; null when it kept nothing that can be read. */
  readonly before: Progress | null;
  /** Never throws: a full disk makes it say less than is so. */
  readonly keep: (progress: Progress) => void;
  readonly close: () => void;
};

const LENGTH = 64;

const read = (path: string): Progress | null => {
  try {
    return progressSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
};

/** Opens or makes the file; without one that can be written, nothing is kept. */
export const openProgress = (path: string): ProgressFile => {
  const before = read(path);
  let file: number | null = null;
  try {
    file = openSync(path, before ? 'r+' : 'w+', 0o600);
  } catch {
    file = null;
  }
  /** Of this length from the first writing on: it is written with each command, and a file that is cut is one more thing for the disk to note. */
  let cut = false;
  return {
    before,
    keep: (progress) => {
      if (file === null) return;
      try {
        writeSync(file, JSON.stringify(progress).padEnd(LENGTH), 0);
        if (!cut) ftruncateSync(file, LENGTH);
        cut = true;
      } catch {
        // The database says NOT SAVED for itself.
      }
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
};

const LAST_SEQUENCE = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'";

/** Place of the newest command that a database ever held, 0 for none. */
export const lastSequence = (handle: ReadHandle): number => handle.get<{ seq: number }>(LAST_SEQUENCE)?.seq ?? 0;

/** Commands that had not been sent and are not in a database whose order ends at `sequence`. */
export const lostSince = ({ last, firstUnsent }: Progress, sequence: number): number =>
  Math.max(0, last - Math.max(sequence, firstUnsent - 1));
