/** Hands what is drawn to a thread of its own: one pack at a time, and whatever a person prints. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PackHeader } from '#contracts/ipc/downtime-pack.ts';
import type { Pack } from './paper.ts';

export type PackPlaces = {
  /** Where sealed packs lie. */
  readonly directory: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The folder that site policy names for plain copies; null: none are written. */
  readonly plainDirectory: string | null;
};

export type PackJob = PackPlaces & {
  /** `print`: kept for one printing, under a name of its own, and nowhere in clear. */
  readonly kind: 'pack' | { readonly print: string };
  readonly pack: Pack;
  readonly header: Omit<PackHeader, 'pages'>;
  readonly wallNow: number;
};

export type PackResult =
  | {
      readonly state: 'kept';
      readonly pages: number;
      readonly bytes: number;
      readonly kept: number;
      readonly plainError: string | null;
    }
  | { readonly state: 'failed'; readonly error: string };

export type PackMaker = {
  /** Draws and keeps a pack; one at a time. Never rejects. */
  readonly make: (pack: Pack, header: PackJob['header'], wallNow: number) => Promise<PackResult>;
  /** Draws what is to be printed and keeps it sealed under this name; also while a pack is made. Never rejects. */
  readonly print: (sheet: Pack, header: PackJob['header'], name: string, wallNow: number) => Promise<PackResult>;
  /** Removes what was kept for a printing. */
  readonly discard: (name: string) => void;
  readonly plainDirectory: string | null;
  /** Ends a running thread and wipes the key. */
  readonly stop: () => void;
};

/** A pack takes a second or two; after this its thread is taken for hung and ended, milliseconds. */
const LONGEST = 60_000;

/** The maker of packs; `thread` is where worker.ts lies, as source or as bundle. */
export const createPackMaker = (thread: URL, places: PackPlaces): PackMaker => {
  let running: Worker | null = null;
  const printing = new Set<Worker>();
  const run = (job: PackJob): Promise<PackResult> =>
    new Promise((resolve) => {
      const worker = new Worker(thread, { workerData: job, stdout: false, stderr: false });
      if (job.kind === 'pack') running = worker;
      else printing.add(worker);
      const over = (result: PackResult): void => {
        clearTimeout(hung);
        if (running === worker) running = null;
        printing.delete(worker);
        resolve(result);
      };
      const hung = setTimeout(() => {
        void worker.terminate();
        over({ state: 'failed', error: 'timeout' });
      }, LONGEST);
      worker.once('message', (result: PackResult) => over(result));
      worker.once('error', (error: Error) => over({ state: 'failed', error: error.name }));
      worker.once('exit', () => over({ state: 'failed', error: 'ended' }));
    });
  return {
    make: (pack, header, wallNow) =>
      running ? Promise.resolve({ state: 'failed', error: 'busy' }) : run({ ...places, kind: 'pack', pack, header, wallNow }),
    print: (pack, header, name, wallNow) => run({ ...places, kind: { print: name }, pack, header, wallNow }),
    discard: (name) => rmSync(join(places.directory, name), { force: true }),
    plainDirectory: places.plainDirectory,
    stop: () => {
      for (const worker of [running, ...printing]) void worker?.terminate();
      places.key.fill(0);
    },
  };
};
