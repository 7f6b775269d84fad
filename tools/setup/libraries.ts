// The system libraries that Electron needs and a bare Debian or Ubuntu does not have, and the virtual display.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessOwner } from '../processes.ts';

const run = promisify(execFile);

const packages = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'];

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));

/** What this Electron lacks on this machine: names of shared libraries, and Xvfb when a virtual display will be needed. */
export const missingLibraries = async (electron: string, needsVirtualDisplay: boolean): Promise<readonly string[]> => {
  if (process.platform !== 'linux') return [];
  const { stdout } = await run('ldd', [electron]);
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '');
  return needsVirtualDisplay && !isOnPath('Xvfb') ? [...missing, 'Xvfb'] : missing;
};

/** Newer releases have renamed some packages (64-bit time): takes the name that this one can install. */
const nameHere = async (name: string): Promise<string> => {
  const renamed = `${name}t64`;
  const { stdout } = await run('apt-cache', ['policy', renamed]);
  return /Candidate: (?!\(none\))/.test(stdout) ? renamed : name;
};

/** Installs the libraries with apt; rejects with the one command to type where it may not or cannot. */
export const installLibraries = async (missing: readonly string[], processes: ProcessOwner): Promise<void> => {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const advice = `missing on this machine: ${missing.join(', ')}. On Debian or Ubuntu, as root:\n  ${command}`;
  if (!isOnPath('apt-get') || process.getuid?.() !== 0) throw new Error(advice);
  const apt = async (...args: readonly string[]): Promise<void> => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const child = processes.start('apt-get', 'apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env, log: 'silent' });
    const { code } = await child.exited;
    if (code !== 0) throw new Error([...child.recentLines().slice(-10), advice].join('\n'));
  };
  await apt('update');
  await apt('install', '-y', '--no-install-recommends', ...(await Promise.all(packages.map(nameHere))));
};
