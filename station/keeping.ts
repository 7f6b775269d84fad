import type { AuditTrail } from './audit/trail.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { Database, WriteHandle } from './store/database.ts';
import { forgetAnswered } from './store/queries/outbox.ts';
import type { ServerClock } from './sync/server-clock.ts';

/** Answered commands stay so long, milliseconds. */
const RETAINED_FOR = 7 * 86_400_000;

/** Makes what writes down all that is only in memory (`parts`) and the time, and forgets what was retained for long enough. */
export const createKeeping = ({
  database,
  disk,
  audit,
  serverClock,
  keepTime,
  parts,
}: {
  readonly database: Database;
  readonly disk: DiskGuard;
  readonly audit: Pick<AuditTrail, 'cut'>;
  readonly serverClock: Pick<ServerClock, 'now' | 'error'>;
  readonly keepTime: (handle: WriteHandle) => void;
  readonly parts: readonly (() => void)[];
}): (() => void) => {
  const keep = (): void => {
    for (const part of parts) part();
    database.transaction((handle) => {
      keepTime(handle);
      // A wall clock that was set must not make what is retained look old.
      if (serverClock.error() === null) return;
      forgetAnswered(handle, serverClock.now() - RETAINED_FOR);
      audit.cut(handle);
    });
  };
  return () => void disk.write(keep);
};
