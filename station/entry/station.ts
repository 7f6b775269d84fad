/**
 * The station's process: in Electron a utility process, which gets each window's MessagePort; elsewhere a Node child, to which
 * main pumps the same messages. It waits for `start`, answers `ready` or `refused`, and ends when main ends.
 *
 *   waiting ──start──► ready ──stop──► stopped, exit 0
 *                └──► refused (exit 0; starting again cannot help; a disk that fails is tried again every 5 s, and may get ready)     main gone: exit 0     broken: exit 70, to be started again
 */

import { hostname } from 'node:os';
import { join } from 'node:path';
import { mainToStationSchema, type PackUse, type StationStart, type StationToMain } from '#contracts/ipc/main-station.ts';
import { createSystemClock, readBootId } from '../clock.ts';
import { createPackMaker } from '../downtime/make-pack.ts';
import type { Port } from '../feeds/port-server.ts';
import { historyFile, historyKeyOf } from '../history/file.ts';
import type { HistoryPlace } from '../history/history-thread.ts';
import { type Station, startStation } from '../station.ts';
import { isDiskFailure, StoreError } from '../store/database.ts';
import { openMemoryStore, openStore } from '../store/open-store.ts';
import { socketConnect } from '../sync/socket-transport.ts';
import { type Mbtiles, openMbtiles } from '../tiles/mbtiles.ts';
import { connectToMain, type MainLink, type WindowPort } from './main-link.ts';

const EXIT_BROKEN = 70;
/** A disk that is full, or not there, is asked again after so long, milliseconds. */
const AGAIN_AFTER = 5_000;
const log = (line: string): void => void process.stderr.write(`station: ${line}\n`);

/** Errors may quote rows: only their kind and place are logged. */
const describe = (error: unknown): string => {
  if (error instanceof StoreError) return `${error.name} ${error.code}`;
  if (!(error instanceof Error)) return 'unknown error';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...places.slice(0, 8).map((line) => line.trim())].join(' ');
};
const fatal = (error: unknown): never => {
  log(`broken: ${describe(error)}`);
  return process.exit(EXIT_BROKEN);
};
process.on('uncaughtException', fatal);
process.on('unhandledRejection', fatal);

/** A port over main's pump, for hosts that cannot hand a MessagePort over. */
const pumpedPort = (link: MainLink, windowId: string): { readonly port: Port; readonly deliver: (message: unknown) => void } => {
  const listeners: ((message: unknown) => void)[] = [];
  return {
    port: {
      post: (message) => link.post({ type: 'port', windowId, message }),
      onMessage: (listen) => void listeners.push(listen),
    },
    deliver: (message) => {
      for (const listen of listeners) listen(message);
    },
  };
};

const open = async (start: StationStart, wallNow: number) => {
  const memory = process.env.VIGIL_STORE === 'memory-wasm';
  const store = memory
    ? await openMemoryStore()
    : await openStore({ directory: start.dataDirectory, key: start.databaseKey, wallNow });
  const history: HistoryPlace = {
    thread: historyThread,
    file: memory ? null : join(start.dataDirectory, historyFile),
    key: historyKeyOf(start.databaseKey),
  };
  start.databaseKey.fill(0);
  const storeWarning = memory
    ? 'Development: nothing is kept on this desk.'
    : start.keyProtection === 'developmentFile'
      ? 'Development: the database key lies in a file, not in the key store of the system.'
      : null;
  return { store, storeWarning, history };
};

/** Threads: their source in development, their bundles beside this one otherwise. */
const isSource = import.meta.url.endsWith('.ts');
const packThread = new URL(isSource ? '../downtime/worker.ts' : './downtime.cjs', import.meta.url);
const cityThread = new URL(isSource ? '../geo/worker.ts' : './city.cjs', import.meta.url);
const historyThread = new URL(isSource ? '../history/worker.ts' : './history.cjs', import.meta.url);

/** The maker of downtime packs, which keeps a copy of the key of its own. */
const packsFor = ({ downtime }: StationStart) => {
  if (!downtime || process.env.VIGIL_STORE === 'memory-wasm') return undefined;
  const { directory, plainDirectory, language } = downtime;
  const maker = createPackMaker(packThread, { directory, plainDirectory, key: new Uint8Array(downtime.key) });
  downtime.key.fill(0);
  return { maker, desk: hostname(), language };
};

const run = (link: MainLink): void => {
  type Window = { readonly detach: () => void; readonly deliver: (message: unknown) => void };
  const windows = new Map<string, Window>();
  let station: Station | null = null;
  let tiles: Mbtiles | null = null;
  /** Windows may be born before the store is open. */
  let early: (() => void)[] | null = [];

  const attach = (windowId: string, handed: WindowPort | undefined): void => {
    if (early) return void early.push(() => attach(windowId, handed));
    if (!station) return;
    windows.get(windowId)?.detach();
    const pumped = pumpedPort(link, windowId);
    const detach = station.attach(handed ?? pumped.port);
    handed?.start();
    windows.set(windowId, { detach, deliver: pumped.deliver });
    handed?.onClose(() => {
      detach();
      if (windows.get(windowId)?.detach === detach) windows.delete(windowId);
    });
  };
  const deliver = (windowId: string, message: unknown): void => {
    if (early) return void early.push(() => deliver(windowId, message));
    windows.get(windowId)?.deliver(message);
  };
  const trouble = (code: string, message: string | null): void => {
    if (early) return void early.push(() => trouble(code, message));
    station?.trouble(code, message);
  };
  const packUsed = (use: PackUse): void => {
    if (early) return void early.push(() => packUsed(use));
    if (station?.packUsed(use)) link.post({ type: 'packUseNoted', id: use.id });
  };
  let again = (): void => undefined;
  const end = (): void => {
    again();
    station?.stop();
    station = null;
    tiles?.close();
  };

  let starting = false;
  let saidLast = '';
  const start = async (options: StationStart): Promise<void> => {
    if (starting) return;
    starting = true;
    const clock = createSystemClock();
    if (options.mapFile !== undefined) tiles ??= openMbtiles(options.mapFile, clock.monotonicNow);
    try {
      const { store, storeWarning, history } = await open(options, clock.wallNow());
      if (store.quarantined) log(`store quarantined ${store.quarantined.code} ${store.quarantined.file}`);
      const downtime = packsFor(options);
      station = startStation({
        store,
        storeWarning,
        history,
        ...(downtime && { downtime }),
        ...(options.routing && { routing: options.routing }),
        ...(options.cityDirectory !== undefined && { city: { thread: cityThread, directory: options.cityDirectory } }),
        connect: socketConnect(options.backendUrl),
        clock,
        random: Math.random,
        bootId: readBootId(clock),
        deviceToken: options.deviceToken,
        signInAs: options.signInAs,
        log,
        fatal,
      });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const mayPass = isDiskFailure(error) && error.code !== 'locked';
      const message = mayPass ? `${error.message} It is tried again every 5 seconds.` : error.message;
      if (message !== saidLast) {
        saidLast = message;
        log(`refused ${error.code}`);
        link.post({ type: 'refused', code: error.code, message });
      }
      if (mayPass) {
        again = clock.after(AGAIN_AFTER, () => {
          starting = false;
          start(options).catch(fatal);
        });
      } else options.databaseKey.fill(0);
      return;
    }
    const waiting = early ?? [];
    early = null;
    for (const call of waiting) call();
    log('ready');
    link.post({ type: 'ready' });
  };

  link.onGone(() => {
    end();
    process.exit(0);
  });
  process.on('SIGTERM', () => {
    end();
    process.exit(0);
  });
  // Ctrl-C reaches the whole group; main decides when the station ends.
  process.on('SIGINT', () => undefined);
  link.onMessage((raw, ports) => {
    const parsed = mainToStationSchema.safeParse(raw);
    if (!parsed.success) return log('a message from main has no known form');
    const message = parsed.data;
    switch (message.type) {
      case 'start':
        return void start(message).catch(fatal);
      case 'window':
        return attach(message.windowId, ports[0]);
      case 'windowGone':
        windows.get(message.windowId)?.detach();
        return void windows.delete(message.windowId);
      case 'trouble':
        return trouble(message.code, message.message);
      case 'packUsed':
        return packUsed(message.use);
      case 'tile': {
        const { id, question } = message;
        return void tiles?.answer(question).then((answer) => link.post({ type: 'tile', id, answer }));
      }
      case 'port':
        return deliver(message.windowId, message.message);
      case 'stop':
        end();
        return link.post({ type: 'stopped' } satisfies StationToMain, () => process.exit(0));
      default:
        return message satisfies never;
    }
  });
  link.post({ type: 'waiting' });
};

run(connectToMain());
