/** A hospital that takes ADT over a real socket of this machine, and a line to it. */
import { connect, type Socket } from 'node:net';
import { readMessage } from '../adapters/hl7v2/message.ts';
import { createFrameReader, framed } from '../adapters/hl7v2/mllp.ts';
import { type Adt, type AdtOptions, startAdt } from '../adt/adt.ts';
import { createTimers } from '../server/timers.ts';
import { openHospital, type TestHospital } from './hospital.ts';

export type AdtLine = {
  /** Sends bytes as they are. */
  readonly write: (bytes: Buffer | string) => void;
  /** Sends a message in its frame. */
  readonly tell: (message: Buffer | string) => void;
  /** The next answer: its code, which message it answers, and why. Rejects after 5 s. */
  readonly answer: () => Promise<readonly [code: string, controlId: string, reason: string]>;
  /** Sends and waits. */
  readonly ask: (message: Buffer | string) => Promise<readonly [code: string, controlId: string, reason: string]>;
  readonly halfClose: () => void;
  readonly closed: Promise<void>;
  readonly close: () => void;
};

/** Opens a line to a port of this machine. */
export const openLine = (port: number): AdtLine => {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const frames = createFrameReader(10_000_000);
  const answers: Buffer[] = [];
  const wakers: (() => void)[] = [];
  socket.on('data', (chunk) => {
    for (const given of frames.push(chunk)) if (given.kind === 'message') answers.push(given.bytes);
    for (const wake of wakers.splice(0)) wake();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const next = async (): Promise<Buffer> => {
    const deadline = performance.now() + 5_000;
    while (answers.length === 0) {
      if (performance.now() >= deadline) throw new Error('No answer within 5 s.');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - performance.now());
        wakers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return answers.shift() as Buffer;
  };
  const tell = (message: Buffer | string) => void socket.write(framed(Buffer.from(message)));
  const answer: AdtLine['answer'] = async () => {
    const message = readMessage((await next()).toString('utf8'));
    return [message.text('MSA', 1), message.text('MSA', 2), message.text('MSA', 3)];
  };
  return {
    write: (bytes) => void socket.write(bytes),
    tell,
    answer,
    ask: (message) => {
      tell(message);
      return answer();
    },
    halfClose: () => void socket.end(),
    closed,
    close: () => void socket.destroy(),
  };
};

export type AdtHospital = TestHospital & { readonly adt: Adt; readonly port: number; readonly end: () => Promise<void> };

/** Starts a hospital over a database that listens for ADT; `send` as in the options. */
export const adtHospital = async (
  path: string,
  options: Partial<AdtOptions> & { readonly isWhole?: () => boolean } = {},
): Promise<AdtHospital> => {
  let adt: Adt | undefined;
  const hospital = openHospital(path, (changes) => adt?.alsoKeep(changes));
  const timers = createTimers((line) => void process.stderr.write(`${line}\n`));
  adt = await startAdt(
    { listen: { host: '127.0.0.1', port: 0 }, site: null, send: null, ...options },
    {
      core: hospital.core,
      store: hospital.store,
      clock: hospital.now,
      timers,
      isWhole: options.isWhole ?? (() => true),
      log: () => undefined,
    },
  );
  const started = adt;
  return {
    ...hospital,
    adt: started,
    port: started.port ?? 0,
    end: async () => {
      await started.stop();
      hospital.store.close();
    },
  };
};
