import type { Instant } from '#domain/model/values.ts';
import type { Recovery } from './core/recovery.ts';

const TRY_AGAIN_MS = 1_000;

/** Ends the collecting when its window is over and calls `closed`, at once when nothing is collected; returns the stop. */
export const closeInTime = (
  recovery: Recovery | undefined,
  options: { readonly clock: () => Instant; readonly log: (line: string) => void; readonly closed: () => void },
): (() => void) => {
  const { clock, log, closed } = options;
  if (recovery?.state() !== 'collecting') {
    closed();
    return () => undefined;
  }
  log('restored: collecting from the stations what was acknowledged after the backup; new commands wait');
  let timer = setTimeout(end, Math.max(0, recovery.until - clock()));
  function end(): void {
    try {
      const done = recovery?.close();
      log(`restored: ${done?.applied} commands were done again, ${done?.refused} could not be`);
    } catch (error) {
      // What was written stands and is known by its ids: going on does nothing twice.
      log(`restored: what was collected could not be written down (${(error as Error).message}); trying again`);
      timer = setTimeout(end, TRY_AGAIN_MS);
      return;
    }
    closed();
  }
  return () => clearTimeout(timer);
};
