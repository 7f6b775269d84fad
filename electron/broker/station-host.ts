/**
 * The station's process, in one of two kinds with one face. A utility process holds each window's port itself; a Node child
 * cannot, so its messages are pumped here. Nobody beyond this file knows which it is.
 */
import { fork } from 'node:child_process';
import { type MessagePortMain, utilityProcess } from 'electron';
import { type MainToStation, type StationToMain, stationToMainSchema } from '#contracts/ipc/main-station.ts';

export type StationEvents = {
  readonly message: (message: Exclude<StationToMain, { type: 'port' }>) => void;
  /** Exactly once, however it ended. */
  readonly exit: (how: string) => void;
  /** A message that is none of the contract's was dropped. */
  readonly malformed: (why: string) => void;
};

export type StationHost = {
  readonly pid: () => number | undefined;
  readonly send: (message: Exclude<MainToStation, { type: 'window' | 'windowGone' | 'port' }>) => void;
  /** Hands one end of a window's channel to the station. */
  readonly attach: (windowId: string, port: MessagePortMain) => void;
  readonly detach: (windowId: string) => void;
  readonly kill: () => void;
};

export type StationHostKind =
  | { readonly kind: 'utility' }
  | { readonly kind: 'node' /** Node 24's executable */; readonly node: string };

const parsed = (data: unknown, events: StationEvents): StationToMain | undefined => {
  const result = stationToMainSchema.safeParse(data);
  if (result.success) return result.data;
  events.malformed(result.error.message);
  return undefined;
};

const startUtility = (entry: string, events: StationEvents): StationHost => {
  const station = utilityProcess.fork(entry, [], { serviceName: 'vigil-station', stdio: 'inherit' });
  station.on('message', (data: unknown) => {
    const message = parsed(data, events);
    if (message && message.type !== 'port') events.message(message);
  });
  station.once('exit', (code) => events.exit(`exit ${code}`));
  return {
    pid: () => station.pid,
    send: (message) => station.postMessage(message),
    attach: (windowId, port) => station.postMessage({ type: 'window', windowId } satisfies MainToStation, [port]),
    detach: (windowId) => station.postMessage({ type: 'windowGone', windowId } satisfies MainToStation),
    kill: () => void station.kill(),
  };
};

const startNode = (entry: string, node: string, events: StationEvents): StationHost => {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env;
  const station = fork(entry, [], {
    execPath: node,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env,
  });
  const ports = new Map<string, MessagePortMain>();
  const send = (message: MainToStation): void => {
    // A child that is gone takes nothing; its exit is on the way and tells everyone.
    if (station.connected) station.send(message, () => undefined);
  };
  let isOver = false;
  const over = (how: string): void => {
    if (isOver) return;
    isOver = true;
    for (const port of ports.values()) port.close();
    ports.clear();
    events.exit(how);
  };
  station.on('message', (data) => {
    const message = parsed(data, events);
    if (message?.type === 'port') ports.get(message.windowId)?.postMessage(message.message);
    else if (message) events.message(message);
  });
  station.once('error', (error) => over(error.message));
  station.once('exit', (code, signal) => over(signal ?? `exit ${code}`));
  return {
    pid: () => station.pid,
    send,
    attach: (windowId, port) => {
      ports.get(windowId)?.close();
      ports.set(windowId, port);
      send({ type: 'window', windowId });
      port.on('message', ({ data }) => send({ type: 'port', windowId, message: data }));
      port.start();
    },
    detach: (windowId) => {
      ports.get(windowId)?.close();
      if (ports.delete(windowId)) send({ type: 'windowGone', windowId });
    },
    kill: () => void station.kill('SIGKILL'),
  };
};

/** Starts the station's process from its bundled entry. */
export const startStationHost = (kind: StationHostKind, entry: string, events: StationEvents): StationHost =>
  kind.kind === 'utility' ? startUtility(entry, events) : startNode(entry, kind.node, events);

/** Which kind of process: a utility process from Electron 36 on, whose Node loads the database driver, or when asked for; else a Node child. */
export const stationHostKind = (electronVersion: string, env: NodeJS.ProcessEnv, bundledNode: string): StationHostKind => {
  const asked = env['VIGIL_STATION_HOST'];
  const isUtility = asked ? asked === 'utility' : Number.parseInt(electronVersion, 10) >= 36;
  return isUtility ? { kind: 'utility' } : { kind: 'node', node: env['VIGIL_NODE'] ?? bundledNode };
};
