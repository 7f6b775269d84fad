/** Hands one pack at a time to a thread of its own. */
import { Worker } from 'node:worker_threads';
import type { PackHeader } from '#contracts/ipc/downtime-pack.ts';
import type { Pack } from './content.ts';

export type PackPlaces = {
  /** Where sealed packs lie. */
  readonly directory: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The folder that site policy names for plain copies; null: none are written. */
  readonly plainDirectory: string | null;
};

export type PackJob = PackPlaces & {
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
  readonly plainDirectory: string | null;
  /** Ends a running thread and wipes the key. */
  readonly stop: () => void;
};

/** A pack takes a second or two; after this its thread is taken for hung and ended, milliseconds. */
const LONGEST = 60_000;

/** The maker of packs; `thread` is where worker.ts lies, as source or as bundle. */
export const createPackMaker = (thread: URL, places: PackPlaces): PackMaker => {
  let running: Worker | null = null;
  const run = (job: PackJob): Promise<PackResult> =>
    new Promise((resolve) => {
      const worker = new Worker(thread, { workerData: job, stdout: false, stderr: false });
      running = worker;
      const over = (result: PackResult): void => {
        clearTimeout(hung);
        if (running === worker) running = null;
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
      running ? Promise.resolve({ state: 'failed', error: 'busy' }) : run({ ...places, pack, header, wallNow }),
    plainDirectory: places.plainDirectory,
    stop: () => {
      void running?.terminate();
      places.key.fill(0);
    },
  };
};
