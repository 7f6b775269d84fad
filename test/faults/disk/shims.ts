/**
 * The two libraries that are put in front of a process's own calls: one before its disk, one before its clocks. They are
 * compiled when they are asked for and kept in the temporary directory under the hash of their source.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type ShimName = 'disk-shim' | 'clock-shim';

const compilers: readonly (readonly [string, ...string[]])[] = [['cc'], ['gcc'], ['clang'], ['g++', '-x', 'c']];

/** Whether this machine can have them: Linux with a C compiler. The sentence says what is missing, null when nothing is. */
export const shimsMissing = (): string | null => {
  if (process.platform !== 'linux') return 'this needs Linux: a library is put before the calls to the disk';
  const found = compilers.some(([command]) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0);
  return found ? null : 'this needs a C compiler (cc, gcc, clang or g++), and there is none here';
};

/** The path of a compiled library; throws what the compiler said. */
const compiled = (name: ShimName): string => {
  const source = join(import.meta.dirname, `${name}.c`);
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const directory = join(tmpdir(), `vigil-shims-${process.getuid?.() ?? 0}`);
  const library = join(directory, `${name}-${digest}.so`);
  if (existsSync(library)) return library;
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const unfinished = `${library}.${process.pid}`;
  let said = '';
  for (const [command, ...options] of compilers) {
    const result = spawnSync(command, [...options, '-O2', '-shared', '-fPIC', '-o', unfinished, source, '-ldl'], {
      encoding: 'utf8',
    });
    if (result.status === 0) {
      renameSync(unfinished, library);
      return library;
    }
    said = result.stderr ?? said;
  }
  throw new Error(`${name}.c could not be compiled: ${said}`);
};

const together = (libraries: readonly string[]): string =>
  [...libraries, ...(process.env.LD_PRELOAD ?? '').split(' ')].filter(Boolean).join(' ');

/** Kinds of calls; they may be added. */
export const calls = { logWrite: 1, mainWrite: 2, sync: 4, cut: 8, create: 16, send: 32, remove: 64 } as const;
export const anyWrite = calls.logWrite | calls.mainWrite | calls.cut | calls.create;

const modes = { nothing: 0, failFrom: 1, failOnce: 2, endBefore: 3, endAfter: 4 } as const;
/** Of the machine's error numbers, those that a disk gives. */
export const diskErrors = { inputOutput: 5, noSpace: 28, readOnly: 30 } as const;

export type DiskControl = {
  /** What the process needs in its environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** From the call after `skip` calls of these kinds on, something happens: all fail, one fails, or the process ends. */
  readonly arm: (fault: {
    readonly mode: Exclude<keyof typeof modes, 'nothing'>;
    readonly kinds: number;
    readonly skip: number;
    readonly error?: number;
  }) => void;
  readonly free: () => void;
  /** How often it happened. */
  readonly hits: () => number;
  /** How many calls of the armed kinds there were. */
  readonly seen: () => number;
};

const CONTROL_BYTES = 24;

/**
 * Watches what a process does to the files below `directory`, which must exist. `log` is a file for every change; with `quick`
 * nothing is really synced, for recordings that are replayed.
 */
export const diskControl = (options: {
  readonly directory: string;
  readonly control: string;
  readonly log?: string;
  readonly quick?: boolean;
}): DiskControl => {
  writeFileSync(options.control, Buffer.alloc(CONTROL_BYTES));
  const write = (values: readonly number[]): void => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
    const file = openSync(options.control, 'r+');
    writeSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
  };
  const read = (index: number): number => {
    const bytes = Buffer.alloc(CONTROL_BYTES);
    const file = openSync(options.control, 'r');
    readSync(file, bytes, 0, CONTROL_BYTES, 0);
    closeSync(file);
    return bytes.readInt32LE(index * 4);
  };
  return {
    environment: {
      LD_PRELOAD: together([compiled('disk-shim')]),
      VIGIL_DISK_DIRECTORY: options.directory,
      VIGIL_DISK_CONTROL: options.control,
      ...(options.log === undefined ? {} : { VIGIL_DISK_LOG: options.log }),
      ...(options.quick ? { VIGIL_DISK_QUICK: '1' } : {}),
    },
    arm: ({ mode, kinds, skip, error = diskErrors.noSpace }) => write([modes[mode], skip, error, kinds, 0, 0]),
    free: () => write([modes.nothing]),
    hits: () => read(4),
    seen: () => read(5),
  };
};

export type ClockControl = {
  readonly environment: NodeJS.ProcessEnv;
  /** How far the wall clock is off, and how long the machine has slept, milliseconds. */
  readonly set: (wallMs: number, sleptMs: number) => void;
};

/** Sets the clocks of one process. `control` is a file to be made. */
export const clockControl = (control: string): ClockControl => {
  writeFileSync(control, Buffer.alloc(16));
  return {
    environment: { LD_PRELOAD: together([compiled('clock-shim')]), VIGIL_CLOCK_CONTROL: control },
    set: (wallMs, sleptMs) => {
      const bytes = Buffer.alloc(16);
      bytes.writeBigInt64LE(BigInt(wallMs), 0);
      bytes.writeBigInt64LE(BigInt(sleptMs), 8);
      const file = openSync(control, 'r+');
      writeSync(file, bytes, 0, bytes.length, 0);
      closeSync(file);
    },
  };
};
