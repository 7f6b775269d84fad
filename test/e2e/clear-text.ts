import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files anywhere under a directory that hold a text in clear: as UTF-8, or as UTF-16 of either order. */
export const filesHolding = (directory: string, text: string): readonly string[] => {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      try {
        const bytes = readFileSync(file);
        return needles.some((needle) => bytes.includes(needle));
      } catch {
        // Chromium has removed it meanwhile.
        return false;
      }
    });
};
