/**
 * Which packs were shown and printed. Each is an export and belongs into the desk's audit trail, which only the station writes;
 * and main shows a pack without one. So each is kept in a file first, and leaves it when the station has noted it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type PackUse, packUseSchema } from '#contracts/ipc/main-station.ts';

export type PackUses = {
  /** Keeps one. */
  readonly add: (how: PackUse['how'], madeAt: number) => PackUse;
  /** Those that the station has not noted yet, oldest first. */
  readonly waiting: () => readonly PackUse[];
  readonly noted: (id: string) => void;
};

/** The uses kept in a JSON file. A disk that refuses is reported: a pack is needed most when a desk is in trouble. */
export const openPackUses = (file: string, report: (line: string) => void): PackUses => {
  let uses: readonly PackUse[] = [];
  try {
    uses = z.array(packUseSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(`the list of downtime packs that were shown cannot be read`);
  }
  const keep = (next: readonly PackUse[]): void => {
    uses = next;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(uses), { flush: true });
      renameSync(`${file}.new`, file);
    } catch (error) {
      report(`a downtime pack was shown and this cannot be kept: ${(error as Error).message}`);
    }
  };
  return {
    add: (how, madeAt) => {
      const use: PackUse = { id: randomUUID(), how, at: Date.now(), madeAt };
      keep([...uses, use]);
      return use;
    },
    waiting: () => uses,
    noted: (id) => keep(uses.filter((use) => use.id !== id)),
  };
};
