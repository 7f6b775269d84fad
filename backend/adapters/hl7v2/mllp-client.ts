import { connect, type Socket } from 'node:net';
import { createFrameReader, framed } from './mllp.ts';

/** Why a message was not answered: the line, not the message, is at fault. */
class LineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LineError';
  }
}

export type MllpClient = {
  /** Sends a message and waits for the frame that answers it; rejects with LineError. One at a time. */
  readonly send: (message: Buffer) => Promise<Buffer>;
  readonly stop: () => void;
};

const MOST_ANSWER = 262_144;

/** A line to a receiver, opened with the first message and kept open; after an error the next message opens another. */
export const createMllpClient = (options: {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}): MllpClient => {
  const { host, port, timeoutMs } = options;
  let socket: Socket | undefined;
  let settle: { readonly done: (answer: Buffer) => void; readonly failed: (why: string) => void } | undefined;
  const fail = (from: Socket, why: string): void => {
    from.destroy();
    if (socket !== from) return;
    socket = undefined;
    settle?.failed(why);
  };
  const open = (): Socket => {
    const opened = connect({ host, port, noDelay: true, keepAlive: true });
    const frames = createFrameReader(MOST_ANSWER);
    opened.on('data', (chunk) => {
      for (const given of frames.push(chunk))
        if (given.kind === 'message') settle?.done(given.bytes);
        else fail(opened, 'The answer could not be read.');
    });
    opened.on('error', (error) => fail(opened, error.message));
    opened.on('close', () => fail(opened, 'The receiver closed the line.'));
    return opened;
  };
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        socket ??= open();
        const used = socket;
        const timer = setTimeout(() => fail(used, `No answer came within ${Math.round(timeoutMs / 1_000)} s.`), timeoutMs);
        const over = (): void => {
          clearTimeout(timer);
          settle = undefined;
        };
        settle = {
          done: (answer) => {
            over();
            resolve(answer);
          },
          failed: (why) => {
            over();
            reject(new LineError(why));
          },
        };
        used.write(framed(message));
      }),
    stop: () => {
      if (socket) fail(socket, 'Vigil has stopped.');
    },
  };
};
