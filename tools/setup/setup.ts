// The steps between a fresh checkout and a running product, after the dependencies. Each looks first whether it is done, says
// one line when it works, and nothing when there is nothing to do.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeElectron, resolveElectron } from '../electron-runtime/resolve.ts';
import { projectDirectory } from '../places.ts';
import type { ProcessOwner } from '../processes.ts';
import { fingerprint, isStamped, stamp } from './fingerprint.ts';
import { installLibraries, missingLibraries } from './libraries.ts';

type Step = 'electron' | 'city' | 'build';

const stepsOf: Readonly<Record<string, readonly Step[]>> = {
  start: ['electron', 'city', 'build'],
  test: ['electron', 'city', 'build'],
  bench: ['electron', 'city', 'build'],
  console: ['electron', 'city', 'build'],
  build: ['city', 'build'],
  backend: ['city'],
  check: [],
};

const buildSources = [
  'domain',
  'geo',
  'contracts',
  'station',
  'electron',
  'preload',
  'renderer',
  'native',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

const say = (step: string, text: string): void => console.log(`set-up: ${step}: ${text}`);

const timed = async (step: string, doing: string, work: () => Promise<void>): Promise<void> => {
  const started = performance.now();
  say(step, `${doing} …`);
  await work();
  say(step, `done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
};

const runNode = async (processes: ProcessOwner, name: string, args: readonly string[]): Promise<void> => {
  const child = processes.start(name, process.execPath, args, { cwd: projectDirectory, log: 'silent' });
  const { code } = await child.exited;
  if (code !== 0) throw new Error([...child.recentLines(), `set-up: ${name} failed (exit ${code})`].join('\n'));
};

const prepareElectron = async (processes: ProcessOwner, needsVirtualDisplay: boolean): Promise<void> => {
  const electron = await resolveElectron((line) => say('Electron', line));
  console.log(`set-up: ${describeElectron(electron)}`);
  const missing = await missingLibraries(electron.executable, needsVirtualDisplay);
  if (missing.length === 0) return;
  await timed('system libraries', `installing (missing: ${missing.join(', ')})`, () => installLibraries(missing, processes));
  const stillMissing = await missingLibraries(electron.executable, needsVirtualDisplay);
  if (stillMissing.length > 0) throw new Error(`set-up: still missing after the installation: ${stillMissing.join(', ')}`);
};

const prepareCity = async (processes: ProcessOwner): Promise<void> => {
  const builder = join(projectDirectory, 'tools/city/build.ts');
  if (!existsSync(builder)) return say('demo city', 'skipped, there is no converter in this checkout');
  const state = (): string => fingerprint(['tools/city', 'resources/city', 'package-lock.json']);
  if (existsSync(join(projectDirectory, 'resources/city')) && isStamped('city', state())) return;
  await timed('demo city', 'converting Montevideo from OpenStreetMap', () => runNode(processes, 'city', [builder]));
  stamp('city', state());
};

/** Builds main, preload, station and pages into `out/` unless the last build was of these very sources. */
export const prepareBuild = async (processes: ProcessOwner): Promise<void> => {
  if (!existsSync(join(projectDirectory, 'electron.vite.config.ts')))
    return say('build', 'skipped, there is no build configuration');
  const state = (): string => fingerprint([...buildSources, 'out/main'], [process.env['VIGIL_MAPBOX'] ?? '']);
  if (existsSync(join(projectDirectory, 'out/main/main.cjs')) && isStamped('build', state())) return;
  const builder = join(projectDirectory, 'node_modules/electron-vite/bin/electron-vite.js');
  await timed('build', 'main, preload, station and pages', () =>
    runNode(processes, 'build', [builder, 'build', '--logLevel', 'warn']),
  );
  stamp('build', state());
};

/** Makes the checkout ready for one command (`start`, `test`, …); resolves to the exit code. */
export const run = async ([command = '', ...rest]: readonly string[], processes: ProcessOwner): Promise<number> => {
  const steps = stepsOf[command] ?? [];
  const started = performance.now();
  const needsVirtualDisplay = !process.env['DISPLAY'] || command === 'test' || command === 'bench' || rest.includes('--check');
  if (steps.includes('electron')) await prepareElectron(processes, needsVirtualDisplay);
  if (steps.includes('city')) await prepareCity(processes);
  if (steps.includes('build')) await prepareBuild(processes);
  if (steps.length > 0) console.log(`set-up: ready in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return 0;
};
