/** The two ways in which a text of a page leaves the desk, each by a person's hand: a file of their choice, and the clipboard. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog } from 'electron';

export type TextOutlets = {
  /** Asks for a file and writes it; the name that was chosen, or null when none was. Rejects with a sentence when the disk refuses. */
  readonly save: (window: BrowserWindow, fileName: string, text: string) => Promise<string | null>;
  readonly copy: (text: string) => void;
};

export const textOutlets: TextOutlets = {
  save: async (window, fileName, text) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: join(app.getPath('documents'), fileName),
      filters: [{ name: 'Text', extensions: ['txt'] }],
    });
    if (canceled || !filePath) return null;
    try {
      await writeFile(filePath, text, { mode: 0o600 });
    } catch (error) {
      throw new Error(`The file could not be written (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
    }
    return filePath;
  },
  copy: (text) => clipboard.writeText(text),
};
