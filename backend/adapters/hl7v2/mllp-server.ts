/**
 * Listens for messages in MLLP frames. Answers go out in the order in which the messages of a connection came. No sender can hold
 * more than it may: a message has a greatest length, a connection that does not read its answers is not read either, and one
 * that stops in the middle of a message is told so and closed. The port itself stays open whatever is sent to it.
 */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createFrameReader, type Framed, framed, VT } from './mllp.ts';

export type MllpServer = {
  readonly port: number;
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

export type MllpLimits = {
  /** Bytes of one message. */
  readonly mostBytes: number;
  readonly mostConnections: number;
  /** How long a message may stop in its middle, milliseconds. */
  readonly patienceMs: number;
};

const mllpLimits: MllpLimits = { mostBytes: 1_048_576, mostConnections: 64, patienceMs: 30_000 };

/** Unanswered messages of one connection beyond which it is not read. */
const MOST_UNANSWERED = 200;
const MOST_UNSENT = 1_048_576;

/** Listens on an address and port, 0 for a free one; rejects when it cannot be had. `changed` is told how many are connected. */
export const listenForMllp = async (options: {
  readonly host: string;
  readonly port: number;
  readonly limits?: MllpLimits;
  /** Addresses that may connect; null lets everybody. */
  readonly peers?: readonly string[] | null;
  /** `answer` is called once for each, with the messages that answer it. */
  readonly offer: (given: Framed, answer: (answers: readonly Buffer[]) => void) => void;
  readonly changed: (connections: number) => void;
}): Promise<MllpServer> => {
  const { offer, changed, limits = mllpLimits, peers = null } = options;
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    const from = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (peers && !peers.includes(from)) return void socket.destroy();
    const frames = createFrameReader(limits.mostBytes);
    let unanswered = 0;
    let ended = false;
    sockets.add(socket);
    changed(sockets.size);
    const heed = (): void => {
      if (socket.destroyed) return;
      const isBehind = unanswered >= MOST_UNANSWERED || socket.writableLength > MOST_UNSENT;
      if (isBehind) socket.pause();
      else if (socket.isPaused()) socket.resume();
      if (ended && unanswered === 0) socket.end();
    };
    const take = (given: Framed): void => {
      unanswered += 1;
      offer(given, (answers) => {
        unanswered -= 1;
        if (socket.writable && answers.length > 0) socket.write(Buffer.concat(answers.map(framed)), heed);
        heed();
      });
    };
    const cutOff = (): void => {
      if (frames.isOpen()) for (const given of frames.push(Buffer.of(VT))) take(given);
    };
    socket.setKeepAlive(true, 30_000);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      for (const given of frames.push(chunk)) take(given);
      socket.setTimeout(frames.isOpen() ? limits.patienceMs : 0);
      heed();
    });
    socket.on('timeout', () => {
      cutOff();
      ended = true;
      heed();
      // Whoever does not take the answer either is gone.
      socket.setTimeout(0);
      setTimeout(() => socket.destroy(), 1_000).unref();
    });
    socket.on('end', () => {
      cutOff();
      ended = true;
      heed();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      changed(sockets.size);
    });
  };
  const server = createServer({ allowHalfOpen: true }, serve);
  server.maxConnections = limits.mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`ADT cannot be listened for: ${error.message}`)));
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
