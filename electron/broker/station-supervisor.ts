/**
 * Keeps the station alive, and tells what it knows of it.
 *
 *            ready                exit                     0 s, 1 s, then every 2 s
 *  starting ───────► running ───────────► restarting ───────────────────────────────► (a new process; ready) running
 *      │                │                     │
 *      └──── refused ───┴─────────────────────┴──► refused   (starting again cannot help until someone acts)
 *
 * The key is asked for at each start and wiped here as soon as it was handed over.
 */
import type { MessagePortMain } from 'electron';
import type { PackUse, StationStart } from '#contracts/ipc/main-station.ts';
import type { TileAnswer, TileQuestion } from '#contracts/ipc/tiles.ts';
import type { StationEvents, StationHost } from './station-host.ts';
import { createTileQuestions } from './tile-questions.ts';

export type StationState = { readonly state: 'starting' | 'running' | 'restarting' | 'refused'; readonly message: string | null };

export type Supervised = {
  readonly launch: (events: StationEvents) => StationHost;
  /** Resolves to what the station needs to start; a rejection is a refusal with its sentence. */
  readonly start: () => Promise<StationStart>;
  readonly packUseNoted: (id: string) => void;
  /** At every change. With `running` all windows need a new port. */
  readonly changed: (state: StationState) => void;
  readonly report: (line: string) => void;
};

export type StationSupervisor = {
  readonly state: () => StationState;
  readonly pid: () => number | undefined;
  /** Gives a window's port to the running station; the port is closed when there is none. */
  readonly attach: (windowId: string, port: MessagePortMain) => void;
  readonly detach: (windowId: string) => void;
  /** Puts a sentence on the desk-health strip of every window, or takes it away (null); a station that is started again hears it again. */
  readonly trouble: (code: string, message: string | null) => void;
  /** A downtime pack was shown or printed: said to the station that runs, or to nobody. */
  readonly packUsed: (use: PackUse) => void;
  /** Asks about the map file that the station reads; answered with `tilesWaiting` while none runs. */
  readonly tile: (question: TileQuestion) => Promise<TileAnswer>;
  /** Asks the station to close its store and end, ends it after 3 s, and starts none again. */
  readonly stop: () => Promise<void>;
};

const steadyMs = 10_000;
const stopMs = 3_000;
const restarting = 'The data service of this desk is restarting. What is shown is what it last said.';

/** Milliseconds before the n-th start in a row (from 0): at once, after 1 s, then every 2 s. */
export const restartDelay = (failures: number): number => (failures === 0 ? 0 : failures === 1 ? 1_000 : 2_000);

/** Starts the station and supervises it until `stop`. */
export const superviseStation = ({ launch, start, changed, packUseNoted, report }: Supervised): StationSupervisor => {
  let state: StationState = { state: 'starting', message: null };
  let host: StationHost | undefined;
  let failures = 0;
  let steady: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopping: (() => void) | undefined;
  let isStopping = false;
  const troubles = new Map<string, string>();
  const questions = createTileQuestions();

  const enter = (next: StationState): void => {
    state = next;
    changed(next);
  };
  const refuse = (message: string): void => {
    report(`the station refuses to start: ${message}`);
    enter({ state: 'refused', message });
  };

  const handOver = async (to: StationHost): Promise<void> => {
    try {
      const message = await start();
      if (host === to) to.send(message);
      message.databaseKey.fill(0);
      message.downtime?.key.fill(0);
    } catch (error) {
      refuse((error as Error).message);
    }
  };

  const run = (): void => {
    const started = launch({
      message: (message) => {
        if (host !== started) return;
        if (message.type === 'waiting') void handOver(started);
        else if (message.type === 'refused') refuse(message.message);
        else if (message.type === 'tile') questions.answered(message.id, message.answer);
        else if (message.type === 'packUseNoted') packUseNoted(message.id);
        else if (message.type === 'ready') {
          enter({ state: 'running', message: null });
          for (const [code, text] of troubles) started.send({ type: 'trouble', code, message: text });
          steady = setTimeout(() => {
            failures = 0;
          }, steadyMs);
        }
      },
      exit: (how) => {
        clearTimeout(steady);
        if (host !== started) return;
        host = undefined;
        questions.abandon();
        if (isStopping) return stopping?.();
        if (state.state === 'refused') return;
        report(`the station ended (${how})`);
        enter({ state: 'restarting', message: restarting });
        again = setTimeout(run, restartDelay(failures));
        failures += 1;
      },
      malformed: (why) => report(`a message of the station was dropped: ${why}`),
    });
    host = started;
  };
  run();

  return {
    state: () => state,
    pid: () => host?.pid(),
    attach: (windowId, port) => (host && state.state === 'running' ? host.attach(windowId, port) : port.close()),
    detach: (windowId) => host?.detach(windowId),
    trouble: (code, message) => {
      if (message === null && !troubles.delete(code)) return;
      if (message !== null) troubles.set(code, message.slice(0, 500));
      if (state.state === 'running') host?.send({ type: 'trouble', code, message: message?.slice(0, 500) ?? null });
    },
    packUsed: (use) => {
      if (state.state === 'running') host?.send({ type: 'packUsed', use });
    },
    tile: (question) =>
      questions.ask(question, (id, asked) => {
        if (!host || state.state !== 'running') return false;
        host.send({ type: 'tile', id, question: asked });
        return true;
      }),
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        clearTimeout(again);
        clearTimeout(steady);
        if (!host) return resolve();
        const last = host;
        const forced = setTimeout(() => last.kill(), stopMs);
        stopping = () => {
          clearTimeout(forced);
          resolve();
        };
        last.send({ type: 'stop' });
      }),
  };
};
