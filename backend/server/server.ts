import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Row } from '#contracts/wire/down.ts';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Core } from '../core/core.ts';
import type { GrantAuthority } from '../core/grants.ts';
import { type Connection, createConnection } from './connection.ts';
import type { DeviceTokens, Projection } from './device-tokens.ts';
import { createHttpHandler } from './http.ts';
import { projectRows } from './projecting.ts';
import { createTelemetryLane } from './telemetry-lane.ts';

export type ServerOptions = {
  readonly core: Core;
  readonly clock: () => Instant;
  readonly grants: GrantAuthority;
  readonly tokens: DeviceTokens;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Development only: `GET /state` shows every record to whoever reaches the port. */
  readonly exposeState: boolean;
};

export type BackendServer = {
  readonly port: number;
  /** Latest values of units and monitors; they go out with the next beat, once a second. */
  readonly offerTelemetry: (fixes: readonly UnitFix[], readings: readonly DeviceReading[]) => void;
  readonly stop: () => Promise<void>;
};

const HELLO_WITHIN_MS = 10_000;
const BEAT_MS = 1_000;

const listen = (server: HttpServer, port: number, host: string) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Serves stations over WebSocket (`up` and `down` events) and a little HTTP; rejects when the port cannot be had. */
export const startServer = async (options: ServerOptions): Promise<BackendServer> => {
  const { core, clock, grants, tokens, exposeState } = options;
  const connections = new Set<Connection>();
  const telemetry = createTelemetryLane();
  const stations = () => [...connections].filter((connection) => connection.stationId() !== undefined).length;
  const http = createServer(createHttpHandler({ core, clock, stations, exposeState }));
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    // Room for a typed refusal: what is over the contract's limit is answered, only what is far over cuts the line.
    maxHttpBufferSize: 2 * MAXIMUM_MESSAGE_BYTES,
    pingInterval: 5_000,
    pingTimeout: 5_000,
  });

  io.on('connection', (socket) => {
    const connection = createConnection(socket, {
      core,
      clock,
      grants,
      tokens,
      telemetry,
      onWelcome: (stationId) => {
        for (const other of connections) {
          if (other !== connection && other.stationId() === stationId)
            other.refuse('busy', 'This station has connected again.', true);
        }
      },
    });
    connections.add(connection);
    const impatience = setTimeout(() => {
      if (connection.stationId() === undefined) connection.refuse('unauthorised', 'Nothing was said within 10 s.', true);
    }, HELLO_WITHIN_MS);
    socket.on('disconnect', () => {
      clearTimeout(impatience);
      connections.delete(connection);
    });
  });

  const unsubscribe = core.subscribe((change) => {
    const cut = new Map<Projection, readonly Row[]>();
    for (const connection of connections) {
      const projection = connection.projection();
      if (!projection) continue;
      const rows = cut.get(projection) ?? projectRows(projection, change.rows);
      cut.set(projection, rows);
      connection.poke(change, rows);
    }
  });
  const beat = setInterval(() => {
    for (const connection of connections) connection.beat();
  }, BEAT_MS);

  const port = await listen(http, options.port, options.host).catch((error) => {
    clearInterval(beat);
    unsubscribe();
    throw error;
  });
  return {
    port,
    offerTelemetry: telemetry.offer,
    stop: async () => {
      clearInterval(beat);
      unsubscribe();
      io.disconnectSockets(true);
      await io.close();
    },
  };
};
