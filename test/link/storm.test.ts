/** Two hundred desks lose one backend: they come back without a storm. The real links and the real backend, on one fake clock. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import type { StationSocket } from '#backend/server/station-socket.ts';
import { createStations } from '#backend/server/stations.ts';
import { createTelemetryLane } from '#backend/server/telemetry-lane.ts';
import { openHospital } from '#backend/testing/hospital.ts';
import type { Down } from '#contracts/wire/down.ts';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { Clock } from '#station/clock.ts';
import { type Link, startLink } from '#station/sync/link.ts';
import { createServerClock } from '#station/sync/server-clock.ts';
import type { Transport } from '#station/sync/transport.ts';

const DESKS = 200;

const city = (seed: number) => {
  const random = createRandom(seed);
  const clock = createFakeClock(1_800_000_000_000);
  const timers = { monotonicNow: clock.now, after: clock.after, every: clock.every };
  const { core, grants, store } = openHospital();
  const stations = createStations({
    core,
    clock: clock.now,
    timers,
    grants,
    tokens: developmentTokens,
    telemetry: createTelemetryLane(timers),
  });
  const network: { kind: 'up' | 'down' | 'hole' } = { kind: 'up' };
  const connects: number[] = [];
  const welcomes: number[] = [];
  const sockets = new Set<() => void>();

  const connect = (): Transport => {
    let ended = false;
    let onOpen = (): void => undefined;
    let onMessage = (_message: unknown): void => undefined;
    let onClose = (_reason: string): void => undefined;
    let heard = (_message: unknown, _oversized: boolean): void => undefined;
    let gone = (): void => undefined;
    const carry = (call: () => void): void => {
      if (network.kind === 'up') clock.after(2, () => (ended ? undefined : call()));
    };
    const end = (reason: string): void => {
      if (ended) return;
      ended = true;
      sockets.delete(cut);
      gone();
      onClose(reason);
    };
    const cut = (): void => end('reset');
    const socket: StationSocket = {
      send: (message: Down) => carry(() => onMessage(message)),
      sendLossy: () => undefined,
      onMessage: (listen) => {
        heard = listen;
      },
      onClose: (listen) => {
        gone = listen;
      },
      // What was said before the end still arrives.
      close: () => void clock.after(3, () => end('closed')),
      unsentBytes: () => 0,
      writable: () => true,
    };
    const arrive = (): void => {
      if (ended) return;
      if (network.kind === 'down') end('refused');
      if (network.kind !== 'up') return;
      connects.push(clock.now());
      sockets.add(cut);
      stations.accept(socket);
      onOpen();
    };
    clock.after(2, arrive);
    // What the operating system does when nobody answers: it asks again.
    for (const again of [1_000, 3_000, 7_000, 15_000]) {
      clock.after(again, () => {
        if (!ended && !sockets.has(cut)) arrive();
      });
    }
    return {
      send: (message) => carry(() => heard(message, false)),
      onOpen: (listen) => {
        onOpen = listen;
      },
      onMessage: (listen) => {
        onMessage = listen;
      },
      onClose: (listen) => {
        onClose = listen;
      },
      close: () => end('closed here'),
    };
  };

  const desk = (): Link => {
    // The clocks of these machines are wrong by up to an hour.
    const wrong = random.int(-3_600_000, 3_600_000);
    const own: Clock = { wallNow: () => clock.now() + wrong, monotonicNow: clock.now, after: clock.after, every: clock.every };
    const stationId = randomUUID();
    const link: Link = startLink({
      connect,
      clock: own,
      random: () => random.next(),
      serverClock: createServerClock(own, 0),
      hello: () => ({
        type: 'hello',
        protocol: PROTOCOL_VERSION,
        stationId,
        deviceToken: developmentTokens.desk,
        streams: { facility: { epoch: core.epoch, cursor: core.rev() } },
      }),
      take: (session, message) => {
        if (message.type === 'welcome') {
          welcomes.push(clock.now());
          link.welcomed(session, message.serverTime, message.spread);
        }
        if (message.type === 'refused') link.again(session, message.error.retryAfterMs ?? 'backOff');
      },
      unreadable: () => undefined,
      heard: () => undefined,
      ticked: () => undefined,
      ended: () => undefined,
      moved: () => undefined,
    });
    return link;
  };
  const links = Array.from({ length: DESKS }, desk);
  const live = (): number => links.filter((link) => link.state() === 'live').length;
  return {
    clock,
    network,
    connects,
    welcomes,
    live,
    cutAll: () => {
      for (const cut of [...sockets]) cut();
    },
    /** Seconds until every desk is live. */
    untilAllLive: (): number => {
      const from = clock.now();
      while (live() < DESKS && clock.now() - from < 120_000) clock.advance(100);
      return (clock.now() - from) / 1000;
    },
    end: () => {
      for (const link of links) link.stop();
      stations.stop();
      clock.advance(60_000);
      expect(clock.waiting()).toBe(0);
      store.close();
    },
  };
};

/** The most moments in any one second. */
const mostInASecond = (moments: readonly number[]): number =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + 1_000).length));

test('L7 L8 200 desks that come for the first time are welcomed at most 20 a second, all within half a minute', () => {
  const { welcomes, untilAllLive, end } = city(1);
  const seconds = untilAllLive();
  expect([mostInASecond(welcomes) <= 20, seconds <= 30]).toEqual([true, true]);
  end();
});

test.each(['cut', 'down', 'hole'] as const)(
  'L7 L8 200 desks that lose their backend (%s) make at most 20 connects a second, and all are back within 25 s',
  (kind) => {
    for (const seed of [1, 2]) {
      const { clock, network, connects, cutAll, untilAllLive, end } = city(seed);
      untilAllLive();
      clock.advance(20_000);
      connects.length = 0;
      if (kind !== 'cut') network.kind = kind;
      if (kind !== 'hole') cutAll();
      clock.advance(kind === 'cut' ? 100 : 40_000);
      network.kind = 'up';
      const seconds = untilAllLive();
      expect([mostInASecond(connects) <= 20, seconds <= 25]).toEqual([true, true]);
      end();
    }
  },
);
