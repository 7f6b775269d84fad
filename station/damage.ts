/** What a desk says of a database that was damaged before it started. */
import type { Instant } from '#domain/model/values.ts';
import type { OpenedStore } from './store/open-store.ts';
import { readMeta, writeMeta } from './store/queries/meta.ts';
import type { Troubles } from './troubles.ts';

/** A loss is said again at each start for so long: whoever works next must know of it too. */
const SHOWN_FOR = 86_400_000;

const inTheFile = (unsent: number | null): string => {
  if (unsent === null) return 'What had not been sent is in it; how many commands that are is not known.';
  if (unsent === 0) return 'All commands had been sent.';
  return `${unsent} ${unsent === 1 ? 'command' : 'commands'} had not been sent and can only be found there.`;
};

/** Raises the troubles of a file that was put aside (SYNC K2) and of saved commands that are gone (SYNC K5). */
export const reportDamage = (options: {
  readonly store: OpenedStore;
  readonly now: () => Instant;
  readonly troubles: Troubles;
  readonly guardDisk: (write: () => void) => void;
  readonly log: (line: string) => void;
}): void => {
  const { store, now, troubles, guardDisk, log } = options;
  const { database, quarantined, lost } = store;
  if (lost !== null && lost > 0) {
    log(`store lost ${lost} commands`);
    guardDisk(() => database.transaction((handle) => writeMeta(handle, 'lostCommands', { count: lost, at: now() })));
  }
  if (quarantined) {
    troubles.raise(
      'storeQuarantined',
      'degraded',
      `The local database could not be read (${quarantined.code}) and was put aside as ${quarantined.file}. ${inTheFile(lost)}`,
    );
    return;
  }
  const known = readMeta(database.read, 'lostCommands');
  if (!known || now() - known.at > SHOWN_FOR) return;
  troubles.raise(
    'storeLost',
    'degraded',
    `${known.count === 1 ? 'One command that was' : `${known.count} commands that were`} saved here and not sent cannot be found in the local database any more: it was damaged. Check what was done last, and do it again.`,
  );
};
