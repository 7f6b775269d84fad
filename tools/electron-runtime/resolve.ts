// Which Electron runs Vigil on this machine: the one that was pointed at, else the official pinned one, else the registry's.
import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { officialElectron } from './official.ts';
import { registryElectron } from './registry.ts';

const oldestMajor = 25;

export type ElectronRuntime = {
  readonly executable: string;
  readonly version: string;
  readonly kind: 'official' | 'registry' | 'given';
  /** What to put on the command line to run the application in this directory; the application's own arguments come after. */
  argumentsFor(appDirectory: string): string[];
};

const executableName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron';

const versionOf = async (executable: string): Promise<string> => {
  const versionFile = join(dirname(executable), 'version');
  if (existsSync(versionFile)) return (await readFile(versionFile, 'utf8')).trim().replace(/^v/, '');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(executable, ['-p', 'process.versions.electron'], { env });
  return stdout.trim();
};

/** Flags this machine needs; none of them is ever set in the application's own code. */
const machineFlags = (): string[] => {
  const flags: string[] = [];
  // Chromium refuses to run its sandbox as root.
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  // Without a graphics card WebGL is drawn by SwiftShader; newer Chromium wants to be told twice.
  if (process.platform === 'linux' && !existsSync('/dev/dri')) {
    // Pages are put together by the software compositor, which paints only what changed: with SwiftShader one flashing alarm
    // costs more than a whole processor.
    flags.push('--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing');
  }
  return flags;
};

const describeAt = async (directoryOrFile: string, kind: ElectronRuntime['kind']): Promise<ElectronRuntime> => {
  const isFile = existsSync(directoryOrFile) && statSync(directoryOrFile).isFile();
  const executable = isFile ? directoryOrFile : join(directoryOrFile, executableName);
  if (!existsSync(executable)) throw new Error(`there is no Electron at ${executable}`);
  const version = await versionOf(executable);
  if (!(Number.parseInt(version, 10) >= oldestMajor))
    throw new Error(`Electron ${version} at ${executable} is older than ${oldestMajor}`);
  return { executable, version, kind, argumentsFor: (appDirectory) => [...machineFlags(), appDirectory] };
};

/**
 * Finds the Electron to run, fetching one when there is none; `report` gets a line for whatever takes time. Order:
 * `VIGIL_ELECTRON_DIST` (a directory or an executable), the official pinned one, the registry's. Fails with a sentence.
 */
export const resolveElectron = async (report: (line: string) => void = () => undefined): Promise<ElectronRuntime> => {
  const given = process.env['VIGIL_ELECTRON_DIST'];
  if (given) return describeAt(given, 'given');
  const official = await officialElectron(report);
  if (official) return describeAt(official, 'official');
  return describeAt(await registryElectron(report), 'registry');
};

/** One plain line saying which Electron this is and what it may be used for. */
export const describeElectron = ({ version, kind, executable }: ElectronRuntime): string => {
  if (kind === 'official') return `Electron ${version} (official)`;
  if (kind === 'given') return `Electron ${version} (given: ${executable})`;
  return `Electron ${version} (from the npm registry): development and tests only, never packaged for release`;
};
