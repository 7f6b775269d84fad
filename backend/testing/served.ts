/** A hospital behind a real server on a free port of this machine, and the stations that a test connects to it. */
import { developmentTokens } from '../server/device-tokens.ts';
import { type BackendServer, startServer } from '../server/server.ts';
import { openHospital, type TestHospital } from './hospital.ts';
import { connectStation, type TestStation } from './station.ts';

export type ServedHospital = {
  readonly hospital: TestHospital;
  readonly server: BackendServer;
  /** A station that has said nothing yet; it is closed with the server at the latest. */
  readonly connect: () => TestStation;
  readonly end: () => Promise<void>;
};

/** Serves a new hospital; its state is shown over HTTP too. */
export const serveHospital = async (): Promise<ServedHospital> => {
  const hospital = openHospital();
  const { core, grants, now, store } = hospital;
  const server = await startServer({
    core,
    grants,
    clock: now,
    tokens: developmentTokens,
    host: '127.0.0.1',
    port: 0,
    exposeState: true,
  });
  const stations: TestStation[] = [];
  return {
    hospital,
    server,
    connect: () => {
      const station = connectStation(server.port);
      stations.push(station);
      return station;
    },
    end: async () => {
      for (const station of stations) station.close();
      await server.stop();
      store.close();
    },
  };
};
