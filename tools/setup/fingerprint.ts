import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectDirectory, stampDirectory } from '../places.ts';

const filesUnder = (path: string): readonly string[] => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** A digest of names, sizes and times of the files at these paths of the project, tests and papers left out, and of `extra`. */
export const fingerprint = (paths: readonly string[], extra: readonly string[] = []): string => {
  const hash = createHash('sha256').update(JSON.stringify(extra));
  const files = paths.flatMap((path) => filesUnder(join(projectDirectory, path)));
  for (const file of files.filter((name) => !/\.test\.ts$|\.md$|\.tsbuildinfo$/.test(name)).sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(projectDirectory, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

const stampFile = (step: string): string => join(stampDirectory, step);

/** Whether this step was last done with this very fingerprint. */
export const isStamped = (step: string, value: string): boolean =>
  existsSync(stampFile(step)) && readFileSync(stampFile(step), 'utf8') === value;

/** Notes that this step is done for this fingerprint. */
export const stamp = (step: string, value: string): void => {
  mkdirSync(stampDirectory, { recursive: true });
  writeFileSync(stampFile(step), value);
};
