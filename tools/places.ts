import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own directory, absolute. */
export const projectDirectory = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where set-up notes what it has done; it goes when the dependencies are installed anew. */
export const stampDirectory = join(projectDirectory, 'node_modules/.vigil');

/** The user's cache directory for what can be fetched again (XDG base directories). */
export const cacheDirectory = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'vigil');

/** The user's data directory for what cannot be fetched again: database, key file, logs (XDG base directories). */
export const dataDirectory = (): string => join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'vigil');
