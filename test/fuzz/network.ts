/**
 * Connections in memory between desks and the hospital. Like TCP a connection never loses, repeats or reorders what it delivers:
 * it delays, stands still in one direction or both, delivers late what was sent long ago, and ends without saying so. Whatever
 * may arrive twice or in another order does so over several connections, or by a middle that sends whole messages again.
 */
import type { StationSocket } from '#backend/server/station-socket.ts';
import type { Down } from '#contracts/wire/down.ts';
import type { Up } from '#contracts/wire/up.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Random } from '#domain/testing/random.ts';
import type { Connect } from '#station/sync/transport.ts';
import type { EventQueue, Owner } from './event-queue.ts';

/** What a line does to what is sent over it. */
export type Weather = {
  /** One way, milliseconds. */
  latency: readonly [number, number];
  /** Nothing arrives at the hospital, or at the desk. */
  stalledUp: boolean;
  stalledDown: boolean;
  /** A new connection is refused at once, or gets no answer at all. */
  opening: 'answered' | 'refused' | 'silent';
  /** Chance that a message of commands is sent again, up to five times, among the next fifty messages. */
  repeats: number;
  /** Chance that the connection is cut instead of delivering a settlement. */
  lostSettlements: number;
  /** Chance that pokes overtake a page of a snapshot: each has its own lane as far as the law says. */
  latePages: number;
};

export const fairWeather = (): Weather => ({
  latency: [1, 20],
  stalledUp: false,
  stalledDown: false,
  opening: 'answered',
  repeats: 0,
  lostSettlements: 0,
  latePages: 0,
});

/** A real socket gives up when one direction has been dead for so long (ping interval and timeout of the server), milliseconds. */
const PING_GIVES_UP = 10_000;
/** How much later than the pokes behind it a page comes at most, milliseconds. */
const LATEST_PAGE = 3_000;
/** How far behind a repeated message may come. */
const REORDERING_WINDOW = 50;

type Item = { readonly at: number; readonly bytes: number; readonly message: unknown; readonly ends: string | null };
type Direction = {
  readonly send: (message: unknown) => void;
  /** The sender has ended: what was sent still arrives, then the end. */
  readonly end: (reason: string) => void;
  /** Of what is under way only the first `keep` messages arrive. */
  readonly cutAfter: (keep: number) => void;
  readonly length: () => number;
  readonly bytes: () => number;
  readonly pump: () => void;
};

/** What JSON makes of a message, binary parts left as they are: what socket.io does. */
const overTheWire = (message: object): { readonly copy: unknown; readonly bytes: number } => {
  const binary: Record<string, Buffer> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(message)) {
    if (!(value instanceof Uint8Array)) continue;
    binary[name] = Buffer.from(value);
    bytes += value.byteLength;
  }
  const text = JSON.stringify(message, (name, value) => (name in binary ? undefined : value));
  return { copy: Object.assign(JSON.parse(text), binary), bytes: bytes + text.length };
};

export type Line = {
  readonly weather: Weather;
  /** A desk's way to the hospital; `owner` is the desk's process and `passing` its crash points. */
  readonly connectOf: (owner: Owner, passing: { readonly before: () => void; readonly after: () => void }) => Connect;
  /** Ends every connection now; a side that is not told finds out by itself. */
  readonly cut: (told: 'both' | 'desk' | 'hospital') => void;
  /** The weather has changed: what stood still moves on. */
  readonly changed: () => void;
  /** No middle keeps what it may send again for as long as a machine sleeps. */
  readonly forget: () => void;
  /** The desk's process has died. */
  readonly deskDied: (silently: boolean) => void;
  readonly hospitalDied: (silently: boolean) => void;
};

/** The hospital as it listens; null while it is down. */
export type Listening = {
  readonly owner: Owner;
  readonly accept: (socket: StationSocket) => void;
  readonly passing: { readonly before: () => void; readonly after: () => void };
};

/** Makes a desk's line. */
export const createLine = (options: {
  readonly queue: EventQueue;
  readonly network: Owner;
  readonly random: Random;
  readonly listening: () => Listening | null;
  readonly trace: (text: string, message?: unknown) => void;
  /** Every command that arrived, however often. */
  readonly arrived: (envelope: Envelope) => void;
  /** What is done to each message for a desk: a planted fault, or nothing. */
  readonly tamper: (message: unknown) => unknown;
}): Line => {
  const { queue, network, random, listening, trace } = options;
  const weather = fairWeather();
  const delay = (): number => random.int(...weather.latency);
  type Connection = {
    readonly changed: () => void;
    readonly cut: (told: 'both' | 'desk' | 'hospital') => void;
    readonly deskDied: (silently: boolean) => void;
    readonly hospitalDied: (silently: boolean) => void;
  };
  const connections = new Set<Connection>();
  const repeated: { readonly message: unknown; left: number }[] = [];
  let count = 0;

  const direction = (stalled: () => boolean, deliver: (message: unknown) => void, ended: (reason: string) => void): Direction => {
    let items: Item[] = [];
    let lastAt = 0;
    let closed = false;
    // After a message that was lost only the end arrives: no connection has a hole.
    let cut = false;
    const pump = (): void => {
      while (!stalled()) {
        const [head] = items;
        if (!head || head.at > queue.now()) return;
        items.shift();
        if (head.ends !== null) {
          closed = true;
          items = [];
          ended(head.ends);
          return;
        }
        deliver(head.message);
      }
    };
    const add = (item: Omit<Item, 'at'>): void => {
      if (closed || (cut && item.ends === null)) return;
      lastAt = Math.max(lastAt, queue.now() + delay());
      const late = (item.message as Down | null)?.type === 'page' && random.chance(weather.latePages);
      const at = late ? lastAt + random.int(1, LATEST_PAGE) : lastAt;
      const place = items.findLastIndex((other) => other.at <= at);
      items.splice(place + 1, 0, { ...item, at });
      network.after(at - queue.now(), pump);
    };
    return {
      send: (message) => {
        const { copy, bytes } = overTheWire(message as object);
        add({ bytes, message: copy, ends: null });
      },
      end: (reason) => add({ bytes: 0, message: null, ends: reason }),
      cutAfter: (keep) => {
        items = items.slice(0, keep);
        cut = true;
      },
      length: () => items.length,
      bytes: () => (stalled() ? items.reduce((sum, { bytes }) => sum + bytes, 0) : 0),
      pump: () => void network.after(delay(), pump),
    };
  };

  const connectOf: Line['connectOf'] = (desk, passing) => () => {
    count += 1;
    const name = `c${count}`;
    const toDesk: { open: () => void; message: (message: unknown) => void; close: (reason: string) => void } = {
      open: () => undefined,
      message: () => undefined,
      close: () => undefined,
    };
    const toHospital: { message: (message: unknown, oversized: boolean) => void; close: () => void } = {
      message: () => undefined,
      close: () => undefined,
    };
    let server: Listening | null = null;
    const ends = { desk: false, hospital: false };
    let opened = false;
    let deadSince: number | null = null;
    const asDesk = (call: () => void): void => {
      if (desk.alive()) desk.enter(call);
    };
    const asHospital = (call: () => void): void => {
      if (server?.owner.alive()) server.owner.enter(call);
    };
    const endDesk = (reason: string): void => {
      if (ends.desk) return;
      ends.desk = true;
      trace(`${name} ends at the desk: ${reason}`);
      if (ends.hospital) connections.delete(connection);
      asDesk(() => toDesk.close(reason));
    };
    const endHospital = (reason: string): void => {
      if (ends.hospital) return;
      ends.hospital = true;
      if (server) trace(`${name} ends at the hospital: ${reason}`);
      if (ends.desk) connections.delete(connection);
      asHospital(() => toHospital.close());
    };
    const takeUp = (message: unknown): void => {
      if (ends.hospital || !server) return;
      trace(`${name} ▲`, message);
      const said = message as Up;
      if (said.type === 'commands') for (const { envelope } of said.commands) options.arrived(envelope);
      asHospital(() => toHospital.message(message, false));
      if (said.type === 'commands' && random.chance(weather.repeats)) {
        for (let times = random.int(1, 5); times > 0; times -= 1)
          repeated.push({ message, left: random.int(0, REORDERING_WINDOW) });
      }
      for (const again of [...repeated]) {
        again.left -= 1;
        if (again.left >= 0 || said.type === 'hello' || ends.hospital) continue;
        repeated.splice(repeated.indexOf(again), 1);
        trace(`${name} ▲ again`, again.message);
        asHospital(() => toHospital.message(structuredClone(again.message), false));
      }
    };
    const up = direction(() => weather.stalledUp, takeUp, endHospital);
    const down = direction(
      () => weather.stalledDown,
      (message) => {
        if (ends.desk) return;
        trace(`${name} ▼`, message);
        asDesk(() => toDesk.message(options.tamper(message)));
      },
      endDesk,
    );
    const watch = (): void => {
      const dead = weather.stalledUp || weather.stalledDown;
      if (!dead) {
        deadSince = null;
        return;
      }
      deadSince ??= queue.now();
      const since = deadSince;
      network.after(PING_GIVES_UP, () => {
        if (deadSince !== since) return;
        endHospital('ping timeout');
        if (weather.stalledDown) endDesk('ping timeout');
        else down.end('transport close');
      });
    };
    const connection: Connection = {
      changed: () => {
        watch();
        up.pump();
        down.pump();
        if (!opened && !server) attempt();
      },
      cut: (told) => {
        up.cutAfter(random.int(0, up.length()));
        down.cutAfter(random.int(0, down.length()));
        if (told !== 'desk') up.end('transport close');
        else network.after(PING_GIVES_UP, () => endHospital('ping timeout'));
        if (told !== 'hospital') down.end('transport close');
        else network.after(PING_GIVES_UP, () => endDesk('ping timeout'));
      },
      deskDied: (silently) => {
        ends.desk = true;
        down.cutAfter(0);
        up.cutAfter(random.int(0, up.length()));
        if (silently) network.after(PING_GIVES_UP, () => endHospital('ping timeout'));
        else up.end('transport close');
      },
      hospitalDied: (silently) => {
        if (!server) return;
        ends.hospital = true;
        up.cutAfter(0);
        down.cutAfter(random.int(0, down.length()));
        if (silently) network.after(PING_GIVES_UP, () => endDesk('ping timeout'));
        else down.end('transport close');
      },
    };
    const accept = (): void => {
      if (ends.desk) return;
      server = listening();
      if (!server) {
        ends.hospital = true;
        network.after(delay(), () => endDesk('connection refused'));
        return;
      }
      const { owner, passing: points } = server;
      trace(`${name} opens`);
      const socket: StationSocket = {
        send: (message: Down) => {
          if (ends.hospital || !owner.alive()) return;
          points.before();
          if (message.type === 'poke' && message.settled.length > 0 && random.chance(weather.lostSettlements))
            connection.cut('both');
          else down.send(message);
          points.after();
        },
        sendLossy: (message) => {
          if (!ends.hospital && owner.alive() && !weather.stalledDown) down.send(message);
        },
        onMessage: (listen) => {
          toHospital.message = listen;
        },
        onClose: (listen) => {
          toHospital.close = listen;
        },
        close: () => {
          down.end('io server disconnect');
          endHospital('closed here');
        },
        unsentBytes: down.bytes,
        writable: () => !ends.hospital && !weather.stalledDown,
      };
      asHospital(() => server?.accept(socket));
      watch();
      network.after(delay(), () => {
        if (ends.desk) return;
        opened = true;
        asDesk(toDesk.open);
      });
    };
    function attempt(): void {
      network.after(delay(), () => {
        if (ends.desk || server) return;
        if (weather.opening === 'refused') {
          ends.hospital = true;
          endDesk('connection refused');
        } else if (weather.opening === 'answered' && !weather.stalledUp && !weather.stalledDown) accept();
      });
    }
    connections.add(connection);
    attempt();
    return {
      send: (message) => {
        if (ends.desk || !desk.alive()) return;
        passing.before();
        up.send(message);
        passing.after();
      },
      onOpen: (listen) => {
        toDesk.open = listen;
      },
      onMessage: (listen) => {
        toDesk.message = listen;
      },
      onClose: (listen) => {
        toDesk.close = listen;
      },
      close: () => {
        if (ends.desk) return;
        if (server) up.end('transport close');
        else ends.hospital = true;
        endDesk('closed here');
      },
    };
  };

  const each = (call: (connection: Connection) => void): void => {
    for (const connection of [...connections]) call(connection);
  };
  return {
    weather,
    connectOf,
    cut: (told) => each((connection) => connection.cut(told)),
    changed: () => each((connection) => connection.changed()),
    forget: () => void repeated.splice(0),
    deskDied: (silently) => each((connection) => connection.deskDied(silently)),
    hospitalDied: (silently) => each((connection) => connection.hospitalDied(silently)),
  };
};
