/**
 * The hospital's own process. One JSON line on standard output when it listens, everything else on standard error. It
 * ends on SIGTERM and SIGINT, when its parent is gone, and when the pipe it was given as standard input ends.
 */
import { fstatSync } from 'node:fs';
import { startBackend } from './backend.ts';
import { OptionError, readOptions, usage } from './options.ts';

const log = (line: string) => void process.stderr.write(`backend: ${line}\n`);
const END_WITHIN_MS = 900;

/** Whether somebody holds the other end of standard input; a terminal, a file and nothing at all do not count. */
const hasPipedInput = (): boolean => {
  try {
    const input = fstatSync(0);
    return input.isFIFO() || input.isSocket();
  } catch {
    return false;
  }
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  const backend = await startBackend(options, log);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    // Whatever still holds on: the store commits each transaction by itself, nothing is lost by going.
    setTimeout(() => process.exit(0), END_WITHIN_MS).unref();
    void backend.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (hasPipedInput()) {
    process.stdin.resume();
    process.stdin.once('end', end);
    process.stdin.once('close', end);
  }
  const { parentPid } = options;
  if (parentPid !== null) {
    setInterval(() => {
      try {
        process.kill(parentPid, 0);
      } catch {
        end();
      }
    }, 500).unref();
  }
  const { port, osmandPort, callsPort, adtPort, fhirPort } = backend;
  const started = {
    listening: port,
    pid: process.pid,
    ...(osmandPort === null ? {} : { osmand: osmandPort }),
    ...(callsPort === null ? {} : { calls: callsPort }),
    ...(adtPort === null ? {} : { adt: adtPort }),
    ...(fhirPort === null ? {} : { fhir: fhirPort }),
  };
  process.stdout.write(`${JSON.stringify(started)}\n`);
};

main().catch((error: Error) => {
  log(error instanceof OptionError ? `${error.message}\n${usage}` : `cannot start: ${error.message}`);
  process.exit(error instanceof OptionError ? 2 : 1);
});
