import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from './places.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/** `npm run soak -- offline-72h`: one long run of `test/soak`, accelerated; resolves to the exit code. */
export const run = async ([name = '']: readonly string[], processes: ProcessOwner): Promise<number> => {
  const directory = join(projectDirectory, 'test/soak');
  const names = readdirSync(directory).map((file) => file.replace('.ts', ''));
  if (!names.includes(name)) {
    console.error(`no such soak: "${name}" (there are ${names.join(', ')})`);
    return 2;
  }
  const options = { cwd: projectDirectory, log: 'inherit' } as const;
  return exitCodeOf(await processes.start('soak', process.execPath, [join(directory, `${name}.ts`)], options).exited);
};
