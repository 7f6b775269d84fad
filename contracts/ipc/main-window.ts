import { z } from 'zod';
import type { Contract } from './contract.ts';
import { printFileSchema } from './downtime-pack.ts';
import { longestText } from './health.ts';

/** The boards of a desk, in the order of their keys. */
export const boards = ['map', 'beds', 'triage', 'alarms'] as const;
export type Board = (typeof boards)[number];
/** What may be open from the start: boards, and the wall of a charge nurse, which a display shows alone. */
export const startBoardSchema = z.enum([...boards, 'wall']);
export type StartBoard = z.infer<typeof startBoardSchema>;
/** What a window can be: what is open from the start, or one that opens when it is asked for: the health of the desk, the figures of the shift. */
export const windowKindSchema = z.enum([...startBoardSchema.options, 'health', 'shift']);
export type WindowKind = z.infer<typeof windowKindSchema>;
export const themeSchema = z.enum(['dark', 'light']);
export type Theme = z.infer<typeof themeSchema>;

/** From where a wall is read. */
export const viewingSchema = z.strictObject({
  /** Of the picture, corner to corner. */
  diagonalInches: z.number().min(10).max(300),
  distanceMetres: z.number().min(1).max(30),
});
export type Viewing = z.infer<typeof viewingSchema>;

/** Whether there was a downtime pack to show; moments are server time. */
export const packShownSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('opened'), asOf: z.int(), madeAt: z.int(), pages: z.int() }),
  z.strictObject({ state: z.literal('none'), message: z.string() }),
]);
export type PackShown = z.infer<typeof packShownSchema>;

/** What became of a sheet that the station drew; `gone`: nobody fetched it in time, or its file does not open. */
export const sheetOutSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('printed') }),
  z.strictObject({ state: z.literal('saved'), savedAs: z.string() }),
  z.strictObject({ state: z.literal('cancelled') }),
  z.strictObject({ state: z.literal('noPrinter') }),
  z.strictObject({ state: z.literal('refused'), message: z.string() }),
  z.strictObject({ state: z.literal('gone') }),
]);
export type SheetOut = z.infer<typeof sheetOutSchema>;

/** The boundary between main and one window. */
export const mainWindow = {
  calls: {
    /** What this window is and how it is configured. */
    context: {
      in: z.strictObject({}),
      out: z.strictObject({
        windowId: z.string(),
        board: windowKindSchema,
        theme: themeSchema,
        locale: z.string(),
        /** Null unless policy turned the online engine on and named the operator's own token. */
        mapboxToken: z.string().nullable(),
        versions: z.record(z.string(), z.string()),
        /** How this window is read as a wall; `assumed`: nobody has said it, and what is shipped stands in. */
        wall: viewingSchema.extend({ assumed: z.boolean() }),
      }),
    },
    /** Brings the window of a board to the front, opening it when there is none. */
    showBoard: { in: z.strictObject({ board: windowKindSchema }), out: z.strictObject({}) },
    /** Closes this window, if it is one that opens when it is asked for. */
    closeWindow: { in: z.strictObject({}), out: z.strictObject({}) },
    /** Asks the person for a file and writes a text to it; null when the person chose none. */
    saveText: {
      in: z.strictObject({ fileName: z.string().regex(/^[\w.-]{1,80}$/), text: z.string().max(longestText) }),
      out: z.strictObject({ savedAs: z.string().nullable() }),
    },
    /** Puts a text on the clipboard. */
    copyText: { in: z.strictObject({ text: z.string().max(longestText) }), out: z.strictObject({}) },
    /** Said every 500 ms by the window's event loop; main replaces a window that stops saying it. */
    alive: { in: z.strictObject({}), out: z.strictObject({}) },
    /** Switches the theme of every window. */
    setTheme: { in: z.strictObject({ theme: themeSchema }), out: z.strictObject({}) },
    /** Opens the newest downtime pack in a window of its own. */
    openDowntimePack: { in: z.strictObject({}), out: packShownSchema },
    /** The same, and asks for a printer. */
    printDowntimePack: { in: z.strictObject({}), out: packShownSchema },
    /** Shows what the station drew and asks for a printer; without one it stays to be saved. */
    printSheet: { in: z.strictObject({ file: printFileSchema }), out: sheetOutSchema },
    /** Asks the person for a file and writes what the station drew to it as a PDF. */
    saveSheet: {
      in: z.strictObject({ file: printFileSchema, fileName: z.string().regex(/^[\w.-]{1,80}$/) }),
      out: sheetOutSchema,
    },
  },
  feeds: {
    theme: z.strictObject({ theme: themeSchema }),
    /** Whether the station lives. While `restarting` the window shows what it was last told, and says so. */
    station: z.strictObject({ state: z.enum(['starting', 'running', 'restarting', 'refused']), message: z.string().nullable() }),
  },
} as const satisfies Contract;
