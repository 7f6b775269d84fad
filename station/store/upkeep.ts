/**
 * Keeps the file small and sound while nobody waits for it, a small step at a time: one table is checked, or a few free pages are
 * given back, and then it is another's turn. A table that does not pass ends this process: the next start reads the file anew,
 * puts it aside when it is damaged, and takes everything again (SYNC K2, K8).
 */
import type { Health } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import { type Database, isDiskFailure, isUnreadable, StoreError } from './database.ts';
import { countKept, cutHistory, freePages, giveBackPages, type KeptCounts, tableIsSound, tableNames } from './queries/upkeep.ts';

export type Upkeep = {
  /** When every table was last found sound; the start of this run counts, for the file is checked when it is opened. */
  readonly lastCheck: () => NonNullable<Health['store']['lastCheck']>;
  /** What is kept for how long, as it was counted last; undefined until it was. */
  readonly retention: () => Health['retention'];
  readonly stop: () => void;
};

const CHECK_EVERY = 3_600_000;
const TEND_EVERY = 300_000;
/** Between two steps. */
const STEP_AFTER = 1_000;
/** Fewer free pages than this are left for what comes next: 1 MB. */
const FREE_KEPT = 256;
/** Given back in one step: 256 KB, some 15 ms. */
const FREED_AT_ONCE = 64;
/** Points of all monitors together: a day of 139 monitors. */
const MOST_POINTS = 200_000;

/** The days that the rest of the station keeps things, to be said with their counts. */
const keptDays = { points: 1, answered: 7, spans: 1, audit: 90 } as const;

/** Tends the store until stopped. Moments are server time. */
export const startUpkeep = (options: {
  readonly database: Database;
  readonly clock: Pick<Clock, 'after' | 'every'>;
  readonly serverNow: () => Instant;
  /** The disk refused; it is tried again at the next round. */
  readonly refused: (error: StoreError) => void;
  readonly log: (line: string) => void;
  readonly fatal: (error: unknown) => void;
}): Upkeep => {
  const { database, clock, serverNow } = options;
  const now = (): Instant => Math.round(serverNow());
  let lastCheck = { at: now(), ok: true };
  let kept: KeptCounts | null = null;
  let checking: readonly string[] = [];
  let stopStep = (): void => undefined;
  let isWaiting = false;

  const unsound = (table: string): void => {
    lastCheck = { at: now(), ok: false };
    checking = [];
    options.log(`store check failed in ${table}`);
    options.fatal(new StoreError('corrupt', 'The database does not pass its check.'));
  };
  /** One step of what is to be done; whether there is more. */
  const step = (): boolean => {
    const [table, ...rest] = checking;
    if (table !== undefined) {
      if (!tableIsSound(database.read, table)) {
        unsound(table);
        return false;
      }
      checking = rest;
      if (rest.length === 0) lastCheck = { at: now(), ok: true };
      return true;
    }
    if (kept === null) {
      const found = countKept(database.read);
      const cut = found.points > MOST_POINTS ? database.transaction((handle) => cutHistory(handle, MOST_POINTS)) : 0;
      kept = { ...found, points: found.points - cut };
      return true;
    }
    const free = freePages(database.read);
    if (free <= FREE_KEPT) return false;
    database.transaction((handle) => giveBackPages(handle, FREED_AT_ONCE));
    // A file that was made before pages could be given back keeps them.
    return freePages(database.read) < free;
  };
  const safely = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (isUnreadable(error)) unsound('reading');
      else if (isDiskFailure(error)) options.refused(error);
      else options.fatal(error);
    }
  };
  const goOn = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    stopStep = clock.after(STEP_AFTER, () => {
      isWaiting = false;
      safely(() => {
        if (step()) goOn();
      });
    });
  };
  goOn();
  const stops = [
    clock.every(TEND_EVERY, () =>
      safely(() => {
        kept = null;
        goOn();
      }),
    ),
    clock.every(CHECK_EVERY, () =>
      safely(() => {
        if (checking.length === 0) checking = tableNames(database.read);
        goOn();
      }),
    ),
  ];
  return {
    lastCheck: () => lastCheck,
    retention: () =>
      kept === null
        ? undefined
        : [
            { what: 'readings', count: kept.points, days: keptDays.points, most: MOST_POINTS },
            { what: 'answered', count: kept.answered, days: keptDays.answered, most: null },
            { what: 'conflicts', count: kept.dismissed, days: keptDays.answered, most: null },
            { what: 'linkHistory', count: kept.spans, days: keptDays.spans, most: null },
            { what: 'audit', count: kept.audit, days: keptDays.audit, most: null },
          ],
    stop: () => {
      for (const stop of stops) stop();
      stopStep();
    },
  };
};
