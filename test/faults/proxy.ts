/** A real TCP proxy on loopback that behaves like a bad network. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

type Direction = 'up' | 'down';
type Pair = { readonly near: Socket; readonly far: Socket; lost: boolean; readonly last: Record<Direction, number> };

export type BadNetwork = {
  readonly port: number;
  /** What goes these ways disappears, on connections to come as well; no end of a connection is passed on. */
  readonly swallow: (directions: readonly Direction[]) => void;
  /** Lets everything through again; a connection that has lost bytes is of no use any more and is reset. */
  readonly heal: () => void;
  /** Resets every connection. */
  readonly cut: () => void;
  /** While true, connections to come are reset. */
  readonly refuse: (refusing: boolean) => void;
  /** How long each piece waits, milliseconds; the order of one direction stays. */
  readonly delay: (milliseconds: () => number) => void;
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

/** Starts a proxy to a port of this machine. */
export const startProxy = async (target: number): Promise<BadNetwork> => {
  const pairs = new Set<Pair>();
  const timers = new Set<NodeJS.Timeout>();
  let swallowed: readonly Direction[] = [];
  let refusing = false;
  let delay = (): number => 0;

  const end = (pair: Pair): void => {
    pairs.delete(pair);
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
  };
  const later = (ms: number, call: () => void): void => {
    if (ms <= 0) {
      call();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      call();
    }, ms);
    timers.add(timer);
  };
  const pass = (pair: Pair, direction: Direction): void => {
    const [from, to] = direction === 'up' ? [pair.near, pair.far] : [pair.far, pair.near];
    // One timer at a time: two timers that are due at once may fire in either order, and TCP never changes the order of its bytes.
    const waiting: { readonly due: number; readonly bytes: Buffer }[] = [];
    const forward = (): void => {
      const [first] = waiting;
      if (!first) return;
      later(first.due - performance.now(), () => {
        waiting.shift();
        if (!to.destroyed) to.write(first.bytes);
        forward();
      });
    };
    from.on('data', (bytes: Buffer) => {
      if (swallowed.includes(direction)) {
        pair.lost = true;
        return;
      }
      const due = Math.max(pair.last[direction], performance.now() + delay());
      pair.last[direction] = due;
      waiting.push({ due, bytes });
      if (waiting.length === 1) forward();
    });
    const gone = (): void => {
      if (!pairs.has(pair)) return;
      // Behind a hole nobody hears that the other side has gone.
      if (swallowed.includes(direction)) pair.lost = true;
      else later(Math.max(0, pair.last[direction] - performance.now()), () => end(pair));
    };
    from.on('end', gone);
    from.on('close', gone);
    from.on('error', gone);
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { near, far, lost: false, last: { up: 0, down: 0 } };
    pairs.add(pair);
    pass(pair, 'up');
    pass(pair, 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallow: (directions) => {
      swallowed = directions;
    },
    heal: () => {
      swallowed = [];
      for (const pair of [...pairs]) if (pair.lost) end(pair);
    },
    cut: () => {
      for (const pair of [...pairs]) end(pair);
    },
    refuse: (now) => {
      refusing = now;
    },
    delay: (milliseconds) => {
      delay = milliseconds;
    },
    connections: () => pairs.size,
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const pair of [...pairs]) end(pair);
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
