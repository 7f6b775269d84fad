import { inflateRawSync } from 'node:zlib';
import { unpack } from 'msgpackr';
import { io } from 'socket.io-client';
import { z } from 'zod';
import { readDown } from '#contracts/wire/codec.ts';
import { type Down, type Poke, rowSchema } from '#contracts/wire/down.ts';
import type { Up } from '#contracts/wire/up.ts';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { developmentTokens } from '../server/device-tokens.ts';

export type TestStation = {
  readonly send: (message: Up | unknown) => void;
  /** The next message of a type that has not been taken yet; rejects after 5 s. */
  readonly next: <T extends Down['type']>(type: T) => Promise<Extract<Down, { type: T }>>;
  /** Everything received, as text. */
  readonly received: () => string;
  readonly closed: Promise<void>;
  readonly close: () => void;
  readonly pokes: () => readonly Poke[];
  /** Reads nothing more from the network until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
};

const unpacked = (message: Down): Down => {
  if (message.type !== 'page' || !message.packed) return message;
  const { packed, ...page } = message;
  const rows = z.array(rowSchema).parse(unpack(inflateRawSync(packed)));
  return { ...page, rows: [...page.rows, ...rows] };
};

/** A bare client of the wire: real socket, every message parsed by the contract. */
export const connectStation = (port: number): TestStation => {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false, forceNew: true });
  const waiting: Down[] = [];
  const all: Down[] = [];
  const wakers = new Set<() => void>();
  socket.on('down', (given: unknown) => {
    const read = readDown(given);
    if (!read.ok) throw new Error(`This cannot be read: ${read.where}`);
    const message = unpacked(read.message);
    all.push(message);
    waiting.push(message);
    for (const wake of wakers) wake();
  });
  type Pausable = { readonly pause: () => void; readonly resume: () => void };
  const underneath = () =>
    (socket.io.engine.transport as unknown as { readonly ws?: { readonly _socket?: Pausable } }).ws?._socket;
  const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  return {
    send: (message) => void socket.emit('up', message),
    next: (type) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          wakers.delete(look);
          reject(new Error(`No ${type} within 5 s; got ${all.map((message) => message.type).join(', ')}`));
        }, 5_000);
        const look = () => {
          const index = waiting.findIndex((message) => message.type === type);
          if (index < 0) return;
          clearTimeout(timer);
          wakers.delete(look);
          resolve(waiting.splice(index, 1)[0] as never);
        };
        wakers.add(look);
        look();
      }),
    received: () => JSON.stringify(all),
    closed,
    close: () => void socket.close(),
    pause: () => void underneath()?.pause(),
    resume: () => void underneath()?.resume(),
    pokes: () => all.filter((message) => message.type === 'poke'),
  };
};

/** The first message of a desk (or of what the token says). */
export const helloOf = (
  stationId: string,
  from: { readonly epoch: string; readonly cursor: number } | null = null,
  deviceToken = developmentTokens.desk,
): Up => ({
  type: 'hello',
  protocol: PROTOCOL_VERSION,
  stationId,
  deviceToken,
  streams: { facility: { epoch: from?.epoch ?? null, cursor: from?.cursor ?? null } },
});
