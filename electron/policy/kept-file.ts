import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

export type KeptFile<T> = {
  readonly get: () => T;
  /** Takes effect at once, and on disk whole or not at all. */
  readonly keep: (next: T) => void;
};

/** A value that main keeps in a JSON file. One that cannot be read is `otherwise`; both that and a disk that refuses are told to `failed`. */
export const openKeptFile = <T>(options: {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  readonly otherwise: T;
  readonly failed: (what: 'read' | 'kept', error: Error) => void;
}): KeptFile<T> => {
  const { file, schema, failed } = options;
  let value = options.otherwise;
  try {
    value = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failed('read', error as Error);
  }
  return {
    get: () => value,
    keep: (next) => {
      value = next;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(`${file}.new`, JSON.stringify(next), { flush: true });
        renameSync(`${file}.new`, file);
      } catch (error) {
        failed('kept', error as Error);
      }
    },
  };
};
