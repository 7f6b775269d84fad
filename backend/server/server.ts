import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { MAXIMUM_MESSAGE_BYTES } from '#contracts/wire/up.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import type { MessageDesk } from '../adt/message-desk.ts';
import type { Core } from '../core/core.ts';
import type { GrantAuthority } from '../core/grants.ts';
import type { Recovery } from '../core/recovery.ts';
import type { DeviceTokens } from './device-tokens.ts';
import { createHttpHandler } from './http.ts';
import { stationSocketOver } from './station-socket.ts';
import { createStations } from './stations.ts';
import { createTelemetryLane } from './telemetry-lane.ts';
import { systemTimers } from './timers.ts';

export type ServerOptions = {
  readonly core: Core;
  readonly clock: () => Instant;
  readonly grants: GrantAuthority;
  readonly tokens: DeviceTokens;
  /** Present after a restore from a backup. */
  readonly recovery?: Recovery | undefined;
  /** The messages of the interfaces, which may be started after this; null while there are none. */
  readonly messageDesk?: (() => MessageDesk | null) | undefined;
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
  const { core, clock, grants, tokens, exposeState, recovery, messageDesk } = options;
  const telemetry = createTelemetryLane();
  const stations = createStations({ core, clock, timers: systemTimers, grants, tokens, telemetry, recovery, messageDesk });
  const http = createServer(createHttpHandler({ core, clock, stations: stations.count, exposeState, recovery }));
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    // Room for a typed refusal: what is over the contract's limit is answered, only what is far over cuts the line.
    maxHttpBufferSize: 2 * MAXIMUM_MESSAGE_BYTES,
    pingInterval: 5_000,
    pingTimeout: 5_000,
  });

  io.on('connection', (socket) => stations.accept(stationSocketOver(socket)));
  const port = await listen(http, options.port, options.host).catch((error) => {
    stations.stop();
    throw error;
  });
  return {
    port,
    offerTelemetry: telemetry.offer,
    stop: async () => {
      stations.stop();
      io.disconnectSockets(true);
      await io.close();
    },
  };
};
