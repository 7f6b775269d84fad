import { withDisplay } from './display.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import { startConsole } from './launch.ts';
import { readStartOptions } from './options.ts';
import { dataDirectory } from './places.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/** `npm run console`: one desk against a backend that runs elsewhere, or does not run at all; resolves to the exit code. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const { backend = 'http://127.0.0.1:7410', data = dataDirectory() } = readStartOptions(args);
  const electron = await resolveElectron();
  const { display, isVirtual } = await withDisplay(processes);
  if (isVirtual) console.log(`Vigil: there is no display here, so the windows are on a virtual one (${display})`);
  console.log(`Vigil: console for ${backend}; Ctrl-C ends it`);
  return exitCodeOf(await startConsole(processes, { electron, display, backend, data, log: 'console' }).exited);
};
