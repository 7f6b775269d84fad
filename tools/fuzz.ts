import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectDirectory } from './places.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/**
 * `npm run fuzz -- --seeds N [--from K] [--resume]`: simulated outages of the real station and backend, one a seed; resolves to
 * the exit code, 0 when all were clean. `--resume` goes on where the last run from the same seed was ended.
 */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '500' },
      from: { type: 'string', default: '1' },
      resume: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'seeds' | 'from'): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} must be a whole number from 1 on, not "${values[name]}"`);
    return value;
  };
  const directory = join(projectDirectory, 'out');
  mkdirSync(directory, { recursive: true });
  const progressFile = join(directory, 'fuzz-progress.json');
  if (!values.resume) rmSync(progressFile, { force: true });
  const simulation = processes.start(
    'fuzz',
    process.execPath,
    [join(projectDirectory, 'test/fuzz/run.ts'), String(whole('from')), String(whole('seeds')), progressFile],
    { cwd: projectDirectory, log: 'inherit' },
  );
  return exitCodeOf(await simulation.exited);
};
