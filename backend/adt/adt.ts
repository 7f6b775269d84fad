/** The lines to the patient administration, started and ended together. */
import type { LocationName } from '#domain/adt/event.ts';
import type { Instant } from '#domain/model/values.ts';
import { createMllpClient } from '../adapters/hl7v2/mllp-client.ts';
import { listenForMllp } from '../adapters/hl7v2/mllp-server.ts';
import { parseSenders, readSenders } from '../adapters/hl7v2/site.ts';
import type { Changed, Core } from '../core/core.ts';
import type { Store } from '../core/store.ts';
import type { Timers } from '../server/timers.ts';
import { createIntake, idOf } from './intake.ts';
import { watchLinks } from './links.ts';
import { createMessageDesk, type MessageDesk } from './message-desk.ts';
import { keepOutgoing, sendOutgoing } from './outgoing.ts';
import { keepRetention } from './retention.ts';

export type AdtOptions = {
  /** null: nobody listens */
  readonly listen: { readonly port: number; readonly host: string } | null;
  /** the site's file of senders, places and the receiver */
  readonly site: string | null;
  /** what would stand in that file, where there is none */
  readonly siteText?: string;
  /** null: nothing is told to anybody */
  readonly send: { readonly host: string; readonly port: number } | null;
};

export type Adt = {
  readonly port: number | null;
  readonly desk: MessageDesk;
  /** Keeps what must be told of changes, inside their transaction. */
  readonly alsoKeep: (changes: readonly Changed[]) => void;
  readonly stop: () => Promise<void>;
};

const ANSWER_MS = 20_000;
const isLoopback = (host: string): boolean => host === '::1' || /^127\./.test(host) || host === 'localhost';

/** Starts what the options name; rejects, with nothing left running, when any of it cannot be had. */
export const startAdt = async (
  options: AdtOptions,
  hospital: {
    readonly core: Core;
    readonly store: Store;
    readonly clock: () => Instant;
    readonly timers: Timers;
    /** False while the records are not whole after a restore: nothing is taken then. */
    readonly isWhole: () => boolean;
    readonly log: (line: string) => void;
  },
): Promise<Adt> => {
  const { core, store, clock, timers, isWhole, log } = hospital;
  const { listen, send } = options;
  const [facility] = core.view.list('facility');
  const timeZone = facility?.timeZone ?? 'UTC';
  const { site, siteText } = options;
  const senders = siteText === undefined ? readSenders(site, timeZone) : parseSenders(siteText, 'the shipped settings', timeZone);
  if (listen && !isLoopback(listen.host) && senders.peers === null)
    throw new Error('ADT from other machines needs the list of their addresses ("peers") in the file of --adt-site.');
  const intake = createIntake({ core, messages: store.messages, senders, clock, timers, isWhole, log });
  let connections = 0;
  const server =
    listen &&
    (await listenForMllp({
      ...listen,
      peers: senders.peers,
      offer: intake.offer,
      changed: (count) => {
        connections = count;
      },
    }));
  if (server) log(`listening for ADT on ${listen.host}:${server.port}`);
  const outgoing =
    send &&
    sendOutgoing({ store, client: createMllpClient({ ...send, timeoutMs: ANSWER_MS }), clock, timers, random: Math.random, log });
  const lines = [
    ...(server
      ? [
          {
            id: idOf('line in'),
            look: () => {
              const unresolved = store.messages.unresolved();
              return {
                name: 'ADT in',
                direction: 'in' as const,
                state: connections > 0 ? ('connected' as const) : ('waiting' as const),
                lastMessageAt: intake.lastReceivedAt(),
                trouble: unresolved === 0 ? null : 'Messages wait for a person.',
                unresolved,
                queued: 0,
              };
            },
          },
        ]
      : []),
    ...(outgoing
      ? [
          {
            id: idOf('line out'),
            look: () => {
              const { connected, trouble, lastSentAt, queued } = outgoing.state();
              const unresolved = store.messages.deadCount();
              return {
                name: 'ADT out',
                direction: 'out' as const,
                state: connected ? ('connected' as const) : trouble === null ? ('waiting' as const) : ('failed' as const),
                lastMessageAt: lastSentAt,
                trouble: trouble ?? (unresolved === 0 ? null : 'The receiver does not take some messages.'),
                unresolved,
                queued,
              };
            },
          },
        ]
      : []),
  ];
  const stopWatching = watchLinks({ core, clock, timers, isWhole, lines });
  const stopForgetting = keepRetention({ core, store, clock, timers, keep: senders.keep });
  const desk = createMessageDesk({ store, core, intake, clock, wake: () => outgoing?.wake() });
  return {
    port: server?.port ?? null,
    desk,
    alsoKeep: (changes) => {
      if (!outgoing) return;
      const { receiver } = senders;
      // What another sender calls a bed the receiver does not know it by.
      const mapped = store.messages.mappedLocations().filter(({ sender }) => {
        const [application = '', facility = ''] = sender.split('|');
        return senders.find(application, facility)?.site === receiver.site;
      });
      const names = mapped.map(({ location, bedId }): [LocationName, { bedId: string }] => [location, { bedId }]);
      const site = { ...receiver.site, locations: new Map([...receiver.site.locations, ...names]) };
      keepOutgoing({ store, view: core.view, clock }, { ...receiver, site }, changes);
      timers.after(0, outgoing.wake);
    },
    stop: async () => {
      stopForgetting();
      await server?.stop();
      intake.stop();
      outgoing?.stop();
      stopWatching();
    },
  };
};
