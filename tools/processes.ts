// Whatever a tool or a test starts, it ends. Each process leads its own group (so that a terminal's Ctrl-C reaches only the
// owner, who ends them in order), is ended with its whole group, and where the system can do it, dies with its owner even when
// the owner was killed outright.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** Where a process's output goes: prefixed to the console, straight to the terminal, nowhere, or into a file made new. */
export type ProcessLog = 'console' | 'inherit' | 'silent' | { readonly file: string };

export type ProcessOptions = {
  /** Added to this process's own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly log?: ProcessLog;
};

export type ProcessExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The exit code that tells the same as this end. */
export const exitCodeOf = ({ code, signal }: ProcessExit): number => code ?? (signal ? 1 : 0);

export type OwnedProcess = {
  readonly name: string;
  /** Also the id of its process group; -1 when it could not be started. */
  readonly pid: number;
  readonly exited: Promise<ProcessExit>;
  /** The newest lines of both outputs, oldest first, at most 200; empty with log 'inherit'. */
  recentLines(): readonly string[];
  /** Resolves to the first defined answer of `read` over past and coming lines; rejects on exit or after `timeoutMs`. */
  waitForLine<T>(read: (line: string) => T | undefined, timeoutMs: number): Promise<T>;
  /** SIGTERM to the leader, then to what it leaves, SIGKILL to all after `graceMs` (5,000 when absent) and half a second; resolves when nothing is left. */
  stop(graceMs?: number): Promise<ProcessExit>;
};

export type ProcessOwner = {
  start(name: string, command: string, args: readonly string[], options?: ProcessOptions): OwnedProcess;
  /** Ends everything this owner started, the newest first; safe to call again. */
  stopAll(): Promise<void>;
};

const keptLines = 200;
const deathSignalTool = '/usr/bin/setpriv';

/** The living processes of a group by id, zombies left out; needs /proc, else reports only whether the leader lives. */
export const groupMembers = (groupId: number): readonly number[] => {
  if (!existsSync('/proc/self/stat')) {
    try {
      process.kill(-groupId, 0);
      return [groupId];
    } catch {
      return [];
    }
  }
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) return [];
    try {
      // pid (name, which may hold spaces) state parent group …
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(group) === groupId ? [pid] : [];
    } catch {
      return [];
    }
  });
};

const signalGroup = (groupId: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-groupId, signal);
  } catch {
    // The whole group is gone already.
  }
};

const isGroupGone = async (groupId: number, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (groupMembers(groupId).length > 0) {
    if (performance.now() >= deadline) return false;
    await delay(20);
  }
  return true;
};

type LineSink = { readonly write: (line: string) => void; readonly close: () => void };

const openLog = (name: string, log: ProcessLog): LineSink => {
  if (log === 'console') return { write: (line) => process.stdout.write(`${name.padEnd(8)}| ${line}\n`), close: () => undefined };
  if (typeof log === 'string') return { write: () => undefined, close: () => undefined };
  mkdirSync(dirname(log.file), { recursive: true });
  const stream = createWriteStream(log.file);
  return { write: (line) => stream.write(`${new Date().toISOString()} ${line}\n`), close: () => stream.end() };
};

const launch = (name: string, command: string, args: readonly string[], options: ProcessOptions): OwnedProcess => {
  const { log = 'console', cwd, env = {} } = options;
  const [program, programArgs] = existsSync(deathSignalTool)
    ? [deathSignalTool, ['--pdeathsig', 'TERM', '--', command, ...args]]
    : [command, [...args]];
  const child = spawn(program, programArgs, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log === 'inherit' ? 'inherit' : 'pipe', log === 'inherit' ? 'inherit' : 'pipe'],
  });
  const pid = child.pid ?? -1;
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  const sink = openLog(name, log);
  const takeLine = (line: string): void => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    sink.write(line);
    for (const watch of watchers) watch(line);
  };
  for (const output of [child.stdout, child.stderr] as readonly (Readable | null)[]) {
    if (output) createInterface({ input: output }).on('line', takeLine);
  }
  child.once('close', sink.close);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('error', (error) => {
      takeLine(`could not be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

  const waitForLine = <T>(read: (line: string) => T | undefined, timeoutMs: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        clearTimeout(timer);
        watchers.delete(watch);
        act();
      };
      const fail = (why: string) => finish(() => reject(new Error([`${name} ${why}`, ...lines.slice(-20)].join('\n  '))));
      const watch = (line: string): void => {
        const answer = read(line);
        if (answer !== undefined) finish(() => resolve(answer));
      };
      const timer = setTimeout(() => fail(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
      watchers.add(watch);
      for (const line of [...lines]) watch(line);
      // The last lines may still be in the pipe when the exit is told.
      void exited.then(({ code, signal }) => setTimeout(() => fail(`ended (${signal ?? `exit ${code}`})`), 50));
    });

  const stop = async (graceMs = 5_000): Promise<ProcessExit> => {
    if (pid > 0) {
      // The leader first: one that sees its children die before it is told to end would start them again.
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await Promise.race([exited, delay(graceMs, undefined, { ref: false })]);
      }
      signalGroup(pid, 'SIGTERM');
      if (!(await isGroupGone(pid, Math.min(graceMs, 500)))) {
        signalGroup(pid, 'SIGKILL');
        await isGroupGone(pid, 5_000);
      }
    }
    return exited;
  };

  return { name, pid, exited, recentLines: () => [...lines], waitForLine, stop };
};

/** Makes an owner of child processes; its holder must call `stopAll` before it ends. */
export const createProcessOwner = (): ProcessOwner => {
  const owned: OwnedProcess[] = [];
  return {
    start: (name, command, args, options = {}) => {
      const started = launch(name, command, args, options);
      owned.push(started);
      return started;
    },
    stopAll: async () => {
      for (let last = owned.at(-1); last; last = owned.at(-1)) {
        await last.stop();
        // Looked up again: someone else may have been waiting for the same end.
        if (owned.includes(last)) owned.splice(owned.indexOf(last), 1);
      }
    },
  };
};
