import type { Core } from './core/core.ts';
import type { Timers } from './server/timers.ts';

const EVERY_MS = 3_600_000;
/** Between two parts of what leaves: stations and people come first. */
const NEXT_PART_MS = 250;

/** Archives what is old in parts, soon and once an hour, and then forgets as well; what the disk refuses is tried again an hour later. Returns the stop. */
export const keepHouse = (
  core: Pick<Core, 'forgetOld' | 'archiveOld'>,
  timers: Pick<Timers, 'after' | 'every'>,
  log: (line: string) => void,
): (() => void) => {
  const archive = (): void => {
    const left = core.archiveOld();
    if (left === 0) return;
    log(`archived: ${left} records left the desks`);
    stopArchiving = timers.after(NEXT_PART_MS, archive);
  };
  let stopArchiving = timers.after(0, archive);
  const stopHourly = timers.every(EVERY_MS, () => {
    stopArchiving();
    stopArchiving = timers.after(0, archive);
    core.forgetOld();
  });
  return () => {
    stopHourly();
    stopArchiving();
  };
};
