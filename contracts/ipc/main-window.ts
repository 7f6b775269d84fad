import { z } from 'zod';
import type { Contract } from './contract.ts';

export const boards = ['map', 'beds', 'triage', 'alarms'] as const;
export const boardSchema = z.enum(boards);
export type Board = z.infer<typeof boardSchema>;
export const themeSchema = z.enum(['dark', 'light']);
export type Theme = z.infer<typeof themeSchema>;

/** The boundary between main and one window. */
export const mainWindow = {
  calls: {
    /** What this window is and how it is configured. */
    context: {
      in: z.strictObject({}),
      out: z.strictObject({
        windowId: z.string(),
        board: boardSchema,
        theme: themeSchema,
        locale: z.string(),
        /** Null unless policy turned the online engine on and named the operator's own token. */
        mapboxToken: z.string().nullable(),
        versions: z.record(z.string(), z.string()),
      }),
    },
    /** Brings the window of a board to the front. */
    showBoard: { in: z.strictObject({ board: boardSchema }), out: z.strictObject({}) },
    /** Said every 500 ms by the window's event loop; main replaces a window that stops saying it. */
    alive: { in: z.strictObject({}), out: z.strictObject({}) },
    /** Switches the theme of every window. */
    setTheme: { in: z.strictObject({ theme: themeSchema }), out: z.strictObject({}) },
  },
  feeds: {
    theme: z.strictObject({ theme: themeSchema }),
    /** Whether the station lives. While `restarting` the window shows what it was last told, and says so. */
    station: z.strictObject({ state: z.enum(['starting', 'running', 'restarting', 'refused']), message: z.string().nullable() }),
  },
} as const satisfies Contract;
