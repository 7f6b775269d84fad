// The official, pinned Electron: the one the `electron` package stands for. One short try to fetch it, and a failed try is
// remembered for a day, so that a machine which cannot reach the download does not wait at every start.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDirectory, projectDirectory } from '../places.ts';

const run = promisify(execFile);
const packageDirectory = join(projectDirectory, 'node_modules/electron');
const rememberFailureMs = 24 * 3_600_000;
const answerMs = 5_000;
const downloadMs = 300_000;

const pinnedVersion = (): string => JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')).version;

const installed = (version: string): string | undefined => {
  const directory = join(packageDirectory, 'dist');
  const versionFile = join(directory, 'version');
  return existsSync(versionFile) && readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === version
    ? directory
    : undefined;
};

const failedLately = (note: string): boolean => existsSync(note) && Date.now() - statSync(note).mtimeMs < rememberFailureMs;

/** A mirror was named by someone who knows that it can be reached; the public address is asked first, because it often cannot. */
const isDownloadReachable = async (version: string): Promise<boolean> => {
  if (process.env['ELECTRON_MIRROR'] || process.env['npm_config_electron_mirror']) return true;
  const address = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(answerMs) })).ok;
  } catch {
    return false;
  }
};

/** The directory of the official Electron when it is there or can be fetched now; undefined is no error. */
export const officialElectron = async (report: (line: string) => void): Promise<string | undefined> => {
  const version = pinnedVersion();
  const present = installed(version);
  if (present) return present;
  const note = join(cacheDirectory(), `electron-${version}-not-reachable`);
  if (failedLately(note)) return undefined;
  try {
    if (!(await isDownloadReachable(version))) throw new Error('no answer');
    report(`fetching the official Electron ${version} (about 115 MB) …`);
    await run(process.execPath, [join(packageDirectory, 'install.js')], { timeout: downloadMs });
    return installed(version);
  } catch {
    report(`the official Electron ${version} cannot be downloaded here (asked again in a day)`);
    await mkdir(cacheDirectory(), { recursive: true });
    await writeFile(note, '');
    return undefined;
  }
};
