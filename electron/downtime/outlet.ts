/**
 * What a person prints from a board: the station has drawn, sealed and noted it; here it goes to a printer or into a PDF of their
 * choice, and its file is removed. Without a printer it stays for the PDF.
 */
import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { SheetOut } from '#contracts/ipc/main-window.ts';
import { type OpenedPack, openPack } from './packs.ts';
import type { SheetWindows } from './sheet-window.ts';

export type SheetOutlet = {
  /** Shows a sheet and asks for a printer. */
  readonly print: (file: string) => Promise<SheetOut>;
  /** Asks for a file and writes the PDF. Rejects with a sentence when the disk refuses. */
  readonly save: (window: BrowserWindow, file: string, fileName: string) => Promise<SheetOut>;
};

/** The outlet over the folder in which the station keeps what is printed; `key` is a fresh copy, wiped here. */
export const createSheetOutlet = (options: {
  readonly sheets: SheetWindows;
  readonly directory: string;
  readonly key: () => Uint8Array;
  readonly report: (line: string) => void;
}): SheetOutlet => {
  const { sheets, directory, report } = options;
  const opened = (file: string): OpenedPack | undefined => {
    const key = options.key();
    try {
      return openPack(readFileSync(join(directory, file)), key);
    } catch {
      return undefined;
    } finally {
      key.fill(0);
    }
  };
  const discard = (file: string): void => rmSync(join(directory, file), { force: true });
  return {
    print: async (file) => {
      const sheet = opened(file);
      if (!sheet) return { state: 'gone' };
      return new Promise<SheetOut>((resolve, reject) => {
        const refused = (why: string): void => {
          report(`what was to be printed was not: ${why}`);
          resolve({ state: 'refused', message: why });
        };
        const window = sheets.open({
          title: 'Vigil',
          html: sheet.html,
          failed: refused,
          closed: () => resolve({ state: 'cancelled' }),
        });
        window.printers().then((count) => {
          if (count === 0) {
            resolve({ state: 'noPrinter' });
            return window.destroy();
          }
          discard(file);
          window.front();
          window.print((outcome) => {
            if (outcome === 'printed' || outcome === 'cancelled') resolve({ state: outcome });
            else refused(outcome.failed);
          });
        }, reject);
      });
    },
    save: async (window, file, fileName) => {
      const sheet = opened(file);
      if (!sheet) return { state: 'gone' };
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), fileName),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      });
      try {
        if (canceled || !filePath) return { state: 'cancelled' };
        await writeFile(filePath, sheet.pdf, { mode: 0o600 });
        return { state: 'saved', savedAs: filePath };
      } catch (error) {
        throw new Error(`The file could not be written (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
      } finally {
        discard(file);
      }
    },
  };
};
