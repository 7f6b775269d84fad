import { preferredPort, startBackend } from './launch.ts';
import { readStartOptions } from './options.ts';
import { exitCodeOf, type ProcessOwner } from './processes.ts';

/** `npm run backend`: the hospital and its simulator alone, until it is ended; resolves to the exit code. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const { simulator, data, afterRestore, positions, port = await preferredPort() } = readStartOptions(args);
  const backend = await startBackend(processes, {
    simulator,
    port,
    log: 'console',
    ...(data === undefined ? {} : { data }),
    ...(afterRestore ? { afterRestore } : {}),
    ...(positions ? { positions } : {}),
  });
  console.log(`Vigil: hospital and city simulated at ${backend.url}; Ctrl-C ends it`);
  return exitCodeOf(await backend.process.exited);
};
