/** Stands between stations and the hospital, message by message, and repeats, holds back and loses what it passes on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { Random } from '#domain/testing/random.ts';

export type Relay = {
  readonly port: number;
  /** From now on every message goes through once and at once; what was held back goes out first. */
  readonly behave: () => void;
  readonly repeated: () => number;
  readonly lost: () => number;
  readonly stop: () => Promise<void>;
};

const MOST_COPIES = 4;
/** A copy may arrive behind so many later messages, of the same connection or of a later one. */
const WINDOW = 50;

type Held = { readonly message: unknown; after: number };

/** Starts a relay to a hospital; `random` decides what happens to each message. */
export const startRelay = async (hospitalPort: number, random: Random): Promise<Relay> => {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 16 * 1024 * 1024 });
  const ends = new Set<() => void>();
  /** Of each station its own: a command belongs to the one that made it. */
  const heldOf = new Map<string, Held[]>();
  let wild = true;
  let repeated = 0;
  let lost = 0;

  server.on('connection', (near) => {
    const far = io(`http://127.0.0.1:${hospitalPort}`, { transports: ['websocket'], reconnection: false, forceNew: true });
    // Once a message is lost, so is everything behind it, until the connection ends: this is how TCP loses.
    let losing = false;
    let stationId: string | undefined;
    const end = (): void => {
      ends.delete(end);
      near.disconnect(true);
      far.disconnect();
    };
    ends.add(end);
    near.on('up', (message: { readonly type?: string; readonly stationId?: string }) => {
      far.emit('up', message);
      if (message.type === 'hello') stationId = message.stationId;
      if (wild && message.type === 'commands' && stationId !== undefined) {
        const held = heldOf.get(stationId) ?? [];
        heldOf.set(stationId, held);
        for (let copies = random.int(0, MOST_COPIES); copies > 0; copies -= 1)
          held.push({ message, after: random.int(0, WINDOW) });
      }
    });
    far.on('down', (message: { readonly type?: string }) => {
      if (wild && !losing && message.type === 'poke' && random.chance(0.1)) {
        losing = true;
        setTimeout(end, random.int(0, 200));
      }
      if (losing) {
        lost += 1;
        return;
      }
      near.emit('down', message);
      if (wild && message.type === 'poke' && random.chance(0.02)) near.emit('down', message);
      const held = stationId === undefined ? [] : (heldOf.get(stationId) ?? []);
      for (const copy of held) copy.after -= 1;
      const due = held.filter(({ after }) => after < 0 || !wild);
      for (const copy of due) {
        repeated += 1;
        far.emit('up', copy.message);
      }
      if (stationId !== undefined)
        heldOf.set(
          stationId,
          held.filter((copy) => !due.includes(copy)),
        );
    });
    near.on('disconnect', end);
    far.on('disconnect', end);
    far.on('connect_error', end);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    port: (http.address() as AddressInfo).port,
    behave: () => {
      wild = false;
    },
    repeated: () => repeated,
    lost: () => lost,
    stop: async () => {
      for (const end of ends) end();
      await server.close();
    },
  };
};
