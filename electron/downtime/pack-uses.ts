/**
 * Which packs were shown and printed. Each is an export and belongs into the desk's audit trail, which only the station writes;
 * and main shows a pack without one. So each is kept in a file first, and leaves it when the station has noted it.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type PackUse, packUseSchema } from '#contracts/ipc/main-station.ts';
import { openKeptFile } from '../policy/kept-file.ts';

export type PackUses = {
  /** Keeps one. */
  readonly add: (how: PackUse['how'], madeAt: number) => PackUse;
  /** Those that the station has not noted yet, oldest first. */
  readonly waiting: () => readonly PackUse[];
  readonly noted: (id: string) => void;
};

/** The uses kept in a JSON file. A disk that refuses is reported: a pack is needed most when a desk is in trouble. */
export const openPackUses = (file: string, report: (line: string) => void): PackUses => {
  const uses = openKeptFile<readonly PackUse[]>({
    file,
    schema: z.array(packUseSchema),
    otherwise: [],
    failed: (what, error) =>
      report(
        what === 'read'
          ? 'the list of downtime packs that were shown cannot be read'
          : `a downtime pack was shown and this cannot be kept: ${error.message}`,
      ),
  });
  return {
    add: (how, madeAt) => {
      const use: PackUse = { id: randomUUID(), how, at: Date.now(), madeAt };
      uses.keep([...uses.get(), use]);
      return use;
    },
    waiting: uses.get,
    noted: (id) => uses.keep(uses.get().filter((use) => use.id !== id)),
  };
};
