/**
 * Every read is a row of the hospital's audit trail before it is answered. Reads that come together are one transaction, so that the
 * disk is asked once for all of them and the core goes on. What could not be noted is not read: `note` then rejects.
 */
import type { AuditEvent } from '../../audit/trail.ts';

export type ReadJournal = {
  /** Resolves when the row is on the disk. */
  readonly note: (event: AuditEvent) => Promise<void>;
  /** Writes what waits; nothing is taken any more. */
  readonly stop: () => void;
};

const GATHER_MS = 5;

/** A journal over the trail. */
export const createReadJournal = (options: {
  readonly noteAll: (events: readonly AuditEvent[]) => void;
  readonly after: (ms: number, run: () => void) => () => void;
}): ReadJournal => {
  type Waiting = { readonly event: AuditEvent; readonly done: () => void; readonly failed: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let isOver = false;
  let cancel: (() => void) | null = null;
  const write = (): void => {
    cancel?.();
    cancel = null;
    const these = waiting;
    waiting = [];
    if (these.length === 0) return;
    try {
      options.noteAll(these.map(({ event }) => event));
    } catch (error) {
      for (const { failed } of these) failed(error);
      return;
    }
    for (const { done } of these) done();
  };
  return {
    note: (event) =>
      new Promise((done, failed) => {
        if (isOver) return failed(new Error('The journal is closed.'));
        waiting.push({ event, done, failed });
        cancel ??= options.after(GATHER_MS, write);
      }),
    stop: () => {
      isOver = true;
      write();
    },
  };
};
