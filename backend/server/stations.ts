/**
 * All connected stations. It knows no network: whoever accepts a socket, real or simulated, hands it in. Each commit is cut
 * once a projection and goes to every connection; once a second each gets the latest values.
 */
import type { MessageDesk } from '../adt/message-desk.ts';
import { displaysShow, type Projection } from '../core/projection.ts';
import { createAdmission } from './admission.ts';
import { createCommandTurn } from './command-turn.ts';
import { type Connection, type ConnectionContext, createConnection } from './connection.ts';
import { createDeskQuestions } from './desk-questions.ts';
import { createPagePacker } from './page-packer.ts';
import { createParting } from './parts.ts';
import { type Cut, cutChange } from './projecting.ts';
import type { StationSocket } from './station-socket.ts';

/** What every connection shares and somebody else owns. */
export type StationsOptions = Pick<
  ConnectionContext,
  'core' | 'clock' | 'timers' | 'grants' | 'tokens' | 'telemetry' | 'recovery'
> & {
  /** The messages of the interfaces; null while the hospital has none. */
  readonly messageDesk?: (() => MessageDesk | null) | undefined;
};

export type Stations = {
  /** Serves a socket until it closes. */
  readonly accept: (socket: StationSocket) => void;
  /** How many have said hello. */
  readonly count: () => number;
  /** Ends what it started; the sockets are their owner's. */
  readonly stop: () => void;
};

const HELLO_WITHIN_MS = 10_000;
const BEAT_MS = 1_000;

/** Begins to serve: commits are told from now on. */
export const createStations = (options: StationsOptions): Stations => {
  const { core, timers } = options;
  const connections = new Set<Connection>();
  const impatient = new Set<() => void>();
  const commandTurn = createCommandTurn(core, timers);
  const { clock, grants, recovery, messageDesk = () => null } = options;
  const answerQuestion = createDeskQuestions({
    core,
    clock,
    grants,
    messageDesk,
    isWhole: () => recovery?.state() !== 'collecting',
  });
  const packPage = createPagePacker();
  const admission = createAdmission(timers);
  const parting = createParting();
  const unsubscribe = core.subscribe((change) => {
    const cuts = new Map<Projection, Cut>();
    for (const connection of connections) {
      const projection = connection.projection();
      if (!projection) continue;
      const cut = cuts.get(projection) ?? cutChange(projection, change, displaysShow(core.view));
      cuts.set(projection, cut);
      connection.poke(change, cut);
    }
  });
  const stopBeat = timers.every(BEAT_MS, () => {
    for (const connection of connections) connection.beat();
  });
  return {
    accept: (socket) => {
      const connection = createConnection(socket, {
        ...options,
        commandTurn,
        answerQuestion,
        packPage,
        admission,
        parting,
        onWelcome: (stationId) => {
          for (const other of connections) {
            if (other !== connection && other.stationId() === stationId)
              other.refuse('busy', 'This station has connected again.', true);
          }
        },
      });
      connections.add(connection);
      const patience = timers.after(HELLO_WITHIN_MS, () => {
        if (connection.stationId() === undefined) connection.refuse('unauthorised', 'Nothing was said within 10 s.', true);
      });
      impatient.add(patience);
      socket.onClose(() => {
        patience();
        impatient.delete(patience);
        connections.delete(connection);
        connection.ended();
      });
    },
    count: () => [...connections].filter((connection) => connection.stationId() !== undefined).length,
    stop: () => {
      stopBeat();
      commandTurn.stop();
      unsubscribe();
      for (const stop of impatient) stop();
      impatient.clear();
    },
  };
};
