/** What a desk remembers of its windows between starts: theme, and where each window stood on each arrangement of displays. */
import { z } from 'zod';
import { type Theme, themeSchema, windowKindSchema } from '#contracts/ipc/main-window.ts';
import { openKeptFile } from './kept-file.ts';

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
  const { get, keep } = openKeptFile<Remembered>({
    file,
    schema: rememberedSchema,
    otherwise: { theme: 'dark', placements: {} },
    failed: (what, error) =>
      report(
        what === 'read'
          ? `the window placement in ${file} cannot be read and is forgotten`
          : `the window placement cannot be kept: ${error.message}`,
      ),
  });
  return {
    get,
    setTheme: (theme) => keep({ ...get(), theme }),
    setPlacement: (signature, board, bounds) => {
      const { placements } = get();
      keep({ ...get(), placements: { ...placements, [signature]: { ...placements[signature], [board]: bounds } } });
    },
  };
};
