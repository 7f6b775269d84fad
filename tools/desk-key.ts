import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file with a desk's key, where the desk keeps it in development; throws a sentence when it cannot be read from here. */
export const keyFileOf = (data: string): string => {
  if (existsSync(join(data, 'keys/database.key.sealed')))
    throw new Error(
      `The key of the desk in ${data} is sealed by the key store of its user: only that desk can open its database.`,
    );
  const file = join(data, 'keys/database.key.development');
  if (!existsSync(file)) throw new Error(`There is no key of a desk in ${data}.`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`The database key in ${file} can be read by others. Make it readable by its owner only (chmod 600).`);
  return file;
};
