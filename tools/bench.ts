import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withDisplay } from './display.ts';
import { projectDirectory } from './places.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/** `npm run bench [-- NAME]`: every `bench/NAME.bench.ts` in turn, each printing JSON lines; resolves to the exit code. */
export const run = async ([wanted]: readonly string[], processes: ProcessOwner): Promise<number> => {
  const directory = join(projectDirectory, 'bench');
  const all = readdirSync(directory).filter((file) => file.endsWith('.bench.ts'));
  const chosen = wanted === undefined ? all : all.filter((file) => file === `${wanted}.bench.ts`);
  if (chosen.length === 0) {
    console.error(
      `no such benchmark: "${wanted ?? ''}" (there are ${all.map((file) => file.replace('.bench.ts', '')).join(', ')})`,
    );
    return 2;
  }
  const { display } = await withDisplay(processes, { alwaysVirtual: true });
  let worst = 0;
  for (const file of chosen.sort()) {
    const options = { cwd: projectDirectory, env: { DISPLAY: display }, log: 'inherit' } as const;
    worst = Math.max(worst, exitCodeOf(await processes.start(file, process.execPath, [join(directory, file)], options).exited));
  }
  return worst;
};
