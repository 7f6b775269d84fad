/** A desk as it is shipped, in this process: encrypted store on a file, real link, and windows that take what they are told. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import type { PortDown } from '#contracts/ipc/contract.ts';
import type { Frame, RecordsPatch, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import { createSystemClock } from '#station/clock.ts';
import { type Station, startStation } from '#station/station.ts';
import { openStore } from '#station/store/open-store.ts';
import { readMeta } from '#station/store/queries/meta.ts';
import { socketConnect } from '#station/sync/socket-transport.ts';
import type { Transport } from '#station/sync/transport.ts';
import { now } from './exchange.ts';

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1';

export type Values = Extract<PortDown, { type: 'values' }>['values'];

export type DeskWindow = {
  readonly frame: () => Frame | null;
  readonly submit: (command: {
    readonly commandId: string;
    readonly name: string;
    readonly input: unknown;
  }) => Promise<SubmitAnswer>;
};

export type Desk = {
  /** Opens a window on these feeds; `show` hears of every value and may say how long the window takes to paint it. */
  readonly open: (feeds: readonly string[], show?: (values: Values) => number | undefined) => DeskWindow;
  /** The rev up to which the copy on the disk is complete; null while it is loading. */
  readonly wholeUpTo: () => number | null;
  /** Ends the connection; none can be made until `restore`. */
  readonly cut: () => void;
  readonly restore: () => void;
  /** When the present or newest connection was begun, milliseconds of the machine's clock. */
  readonly connectedAt: () => number;
  readonly stop: () => void;
};

/** Waits until something holds, looked at every millisecond; rejects after a minute. */
export const until = async (what: string, holds: () => boolean, within = 60_000): Promise<void> => {
  const end = performance.now() + within;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited ${within} ms for: ${what}`);
    await delay(1);
  }
};

const attach = (station: Station, feeds: readonly string[], show?: (values: Values) => number | undefined): DeskWindow => {
  let listen: (message: unknown) => void = () => undefined;
  let frame: Frame | null = null;
  let calls = 0;
  const waiting = new Map<number, (message: Extract<PortDown, { type: 'answer' | 'refused' }>) => void>();
  const taken = (names: readonly string[]): void => listen({ type: 'taken', feeds: names });
  station.attach({
    post: (message) => {
      if (message.type !== 'values') {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
        return;
      }
      const { values } = message;
      for (const { feed, value } of values) if (feed === 'frame') frame = value as Frame;
      const paint = show?.(values) ?? 0;
      const names = values.map(({ feed }) => feed);
      if (paint > 0) setTimeout(() => taken(names), paint);
      else taken(names);
    },
    onMessage: (given) => {
      listen = given;
    },
  });
  for (const feed of feeds) listen({ type: 'subscribe', feed });
  return {
    frame: () => frame,
    submit: (command) =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, (message) =>
          message.type === 'answer' ? resolve(message.value as SubmitAnswer) : reject(new Error(message.error.message)),
        );
        listen({ type: 'call', id: calls, name: 'submit', input: command });
      }),
  };
};

/** The rows that values bring, in order. */
export const rowsIn = (values: Values): RecordsPatch['puts'] =>
  values.flatMap(({ feed, value }) => (feed === 'records' ? (value as RecordsPatch).puts : []));

/** Starts a desk on a new directory; it connects at once. */
export const startDesk = async (directory: string, backendUrl: string): Promise<Desk> => {
  const clock = createSystemClock();
  const store = await openStore({ directory, key: randomBytes(32), wallNow: clock.wallNow() });
  const { read } = store.database;
  const link = { open: true, at: now(), close: (): void => undefined };
  const connect = (): Transport => {
    if (link.open) link.at = now();
    const transport = socketConnect(link.open ? backendUrl : nowhere)();
    link.close = transport.close;
    return transport;
  };
  const station = startStation({
    store,
    storeWarning: null,
    connect,
    clock,
    random: Math.random,
    bootId: 'bench',
    deviceToken: developmentTokens.desk,
    signInAs: 'demo',
    log: () => undefined,
    fatal: (error) => {
      throw error;
    },
  });
  return {
    open: (feeds, show) => attach(station, feeds, show),
    wholeUpTo: () => (readMeta(read, 'snapshot') ? null : (readMeta(read, 'cursor') ?? null)),
    cut: () => {
      link.open = false;
      link.close();
    },
    restore: () => {
      link.open = true;
    },
    connectedAt: () => link.at,
    stop: station.stop,
  };
};
