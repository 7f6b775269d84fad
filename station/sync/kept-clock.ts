import type { Clock } from '../clock.ts';
import type { Database, WriteHandle } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/queries/meta.ts';
import { createServerClock, type ServerClock, serverTimeAtStart } from './server-clock.ts';

/** Server time that goes on from what the last run kept. `keepTime` keeps it for the next one, once this run was synchronised. */
export const openServerClock = (
  database: Database,
  clock: Clock,
  bootId: string,
): { readonly serverClock: ServerClock; readonly keepTime: (handle: WriteHandle) => void } => {
  const [kept, wallOffset] = [readMeta(database.read, 'keptTime'), readMeta(database.read, 'wallOffset')];
  const serverClock = createServerClock(clock, serverTimeAtStart(clock, bootId, kept, wallOffset));
  const keepTime = (handle: WriteHandle): void => {
    if (serverClock.error() === null) return;
    const time = { bootId, monotonicAt: clock.monotonicNow(), serverTime: serverClock.now() };
    writeMeta(handle, 'wallOffset', serverClock.wallOffset());
    writeMeta(handle, 'keptTime', time);
  };
  return { serverClock, keepTime };
};
