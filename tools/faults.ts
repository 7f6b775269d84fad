import { join } from 'node:path';
import { withDisplay } from './display.ts';
import { projectDirectory } from './places.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/** `npm run faults -- F1 --runs N [--seed S]`, or `-- --all --minutes M`: plays faults against real processes; resolves to the exit code. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const { display } = await withDisplay(processes, { alwaysVirtual: true });
  const campaign = join(projectDirectory, 'test/faults/campaign.ts');
  const options = { cwd: projectDirectory, env: { DISPLAY: display }, log: 'inherit' } as const;
  return exitCodeOf(await processes.start('faults', process.execPath, [campaign, ...args], options).exited);
};
