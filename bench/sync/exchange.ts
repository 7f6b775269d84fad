/**
 * A peer is two processes: its server, and the client that is measured. The client asks the server over Node's own channel
 * and never over the link that is measured. Bytes are counted at the server's sockets, the same way for every peer.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectDirectory } from '#tools/places.ts';

type Asked = { readonly id: number; readonly name: string; readonly input: unknown };
type Answered = { readonly id: number; readonly value: unknown };
type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** A directory on the disk of the checkout, which is no memory file system; `remove` takes it away. */
export const openDirectory = (): { readonly path: string; readonly remove: () => void } => {
  const above = join(projectDirectory, 'out');
  mkdirSync(above, { recursive: true });
  const path = mkdtempSync(join(above, 'bench-sync-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  // Also when the measuring fails.
  process.once('exit', remove);
  return { path, remove };
};

/** In a server's process: starts it, says its port, answers what the client asks, and ends when the client goes. */
export const serveClient = async (start: () => Promise<{ readonly port: number; readonly answers: Answers }>): Promise<void> => {
  const sockets = new Set<Socket>();
  subscribe('net.server.socket', (message) => void sockets.add((message as { readonly socket: Socket }).socket));
  const bytes = (): number => [...sockets].reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0);
  const { port, answers } = await start();
  const all: Answers = { ...answers, bytes };
  process.on('message', async ({ id, name, input }: Asked) => {
    process.send?.({ id, value: await all[name]?.(input as never) } satisfies Answered);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, value: port } satisfies Answered);
};

export type PeerServer = {
  readonly port: number;
  readonly ask: <T>(name: string, input?: unknown) => Promise<T>;
  /** Bytes that went over its sockets in both directions since it started. */
  readonly bytes: () => Promise<number>;
  readonly stop: () => void;
};

/** In a client's process: starts its server's file in a process of its own. */
export const startPeerServer = async (file: string, directory: string): Promise<PeerServer> => {
  const child: ChildProcess = fork(file, [directory], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (value: unknown) => void>();
  let count = 0;
  const port = new Promise<number>((resolve, reject) => {
    waiting.set(0, (value) => resolve(value as number));
    child.once('exit', (code) => reject(new Error(`The server ${file} ended with ${code}.`)));
  });
  child.on('message', ({ id, value }: Answered) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  const ask = <T>(name: string, input: unknown = null): Promise<T> =>
    new Promise((resolve) => {
      count += 1;
      waiting.set(count, resolve as (value: unknown) => void);
      child.send({ id: count, name, input } satisfies Asked);
    });
  return { port: await port, ask, bytes: () => ask<number>('bytes'), stop: () => child.disconnect() };
};

/** Milliseconds by the machine's monotonic clock: the same in all processes. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** In a server's process: makes the k-th change at an even pace; resolves to when each was made, by what it changed. */
export const atPace = async (
  pace: { readonly count: number; readonly perSecond: number },
  change: (k: number) => string | Promise<string>,
): Promise<readonly (readonly [id: string, at: number])[]> => {
  const made: [string, number][] = [];
  const from = now();
  for (let k = 0; k < pace.count; k += 1) {
    while (now() - from < (k * 1_000) / pace.perSecond) await delay(1);
    const at = now();
    made.push([await change(k), at]);
  }
  return made;
};

/** One run of one peer: figures by name. */
export type Measured = Readonly<Record<string, number>>;

/** In a client's process: hands the figures to whoever started it. */
export const report = (measured: Measured): void => void process.send?.(measured);
