/** What a desk remembers of its windows between starts: theme, and where each window stood on each arrangement of displays. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Theme, themeSchema, windowKindSchema } from '#contracts/ipc/main-window.ts';

const boundsSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
const rememberedSchema = z.strictObject({
  theme: themeSchema,
  /** By the signature of the displays (placement.ts), then by board. */
  placements: z.record(z.string(), z.partialRecord(windowKindSchema, boundsSchema)),
});
export type Remembered = z.infer<typeof rememberedSchema>;

export type Memory = {
  readonly get: () => Remembered;
  readonly setTheme: (theme: Theme) => void;
  readonly setPlacement: (
    signature: string,
    board: z.infer<typeof windowKindSchema>,
    bounds: z.infer<typeof boundsSchema>,
  ) => void;
};

/** The memory kept in a JSON file; a file that cannot be read is a desk that remembers nothing, and one that cannot be written is reported. */
export const openMemory = (file: string, report: (line: string) => void): Memory => {
  let remembered: Remembered = { theme: 'dark', placements: {} };
  try {
    remembered = rememberedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      report(`the window placement in ${file} cannot be read and is forgotten`);
  }
  const keep = (next: Remembered): void => {
    remembered = next;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(next));
      renameSync(`${file}.new`, file);
    } catch (error) {
      report(`the window placement cannot be kept: ${(error as Error).message}`);
    }
  };
  return {
    get: () => remembered,
    setTheme: (theme) => keep({ ...remembered, theme }),
    setPlacement: (signature, board, bounds) =>
      keep({
        ...remembered,
        placements: { ...remembered.placements, [signature]: { ...remembered.placements[signature], [board]: bounds } },
      }),
  };
};
