/** The link alone, on a fake clock, in networks of every badness. */
import { expect, test } from 'vitest';
import type { Down } from '#contracts/wire/down.ts';
import { createFakeClock, type FakeClock } from '#domain/testing/fake-clock.ts';
import type { Clock } from '../clock.ts';
import { type Link, type Session, startLink } from './link.ts';
import { createServerClock } from './server-clock.ts';

type Network = {
  /** Milliseconds one way; what is said into a hole is lost. */
  delay: number;
  /** `hole` swallows what goes either way, `down` has nobody listening, `none` has no way there. */
  kind: 'up' | 'hole' | 'down' | 'none';
  /** Whether heartbeats are answered. */
  answers: boolean;
  /** Bytes that have come in on the newest connection. */
  received: number;
};

const world = (random = 0.99) => {
  const clock: FakeClock = createFakeClock(1_000_000);
  const stationClock: Clock = { wallNow: clock.now, monotonicNow: clock.now, after: clock.after, every: clock.every };
  const network: Network = { delay: 5, kind: 'up', answers: true, received: 0 };
  const attempts: number[] = [];
  const opened: number[] = [];
  const cuts: (() => void)[] = [];
  const welcome = { spread: undefined as { slotMs: number; periodMs: number } | undefined };
  const carried = (call: () => void): void => {
    if (network.kind === 'up') clock.after(network.delay, () => (network.kind === 'up' ? call() : undefined));
  };
  const link: Link = startLink({
    clock: stationClock,
    random: () => random,
    serverClock: createServerClock(stationClock, 0),
    connect: () => {
      attempts.push(clock.now());
      let ended = false;
      let listenMessage = (_message: unknown): void => undefined;
      let listenOpen = (): void => undefined;
      let listenClose = (_reason: string): void => undefined;
      const end = (reason: string): void => {
        if (ended) return;
        ended = true;
        listenClose(reason);
      };
      const say = (message: unknown): void => carried(() => (ended ? undefined : listenMessage(message)));
      if (network.kind === 'down') clock.after(1, () => end('refused'));
      if (network.kind === 'none') clock.after(1, () => end('unreachable'));
      // Three round trips until a connection stands.
      carried(() =>
        carried(() =>
          carried(() =>
            carried(() =>
              carried(() =>
                carried(() => {
                  if (ended) return;
                  opened.push(clock.now());
                  cuts.push(() => end('reset'));
                  listenOpen();
                }),
              ),
            ),
          ),
        ),
      );
      return {
        send: (message) =>
          carried(() => {
            if (message.type === 'hello') say({ type: 'signedIn', grant: 'welcome' });
            if (message.type === 'pulse' && network.answers)
              say({ type: 'pulse', sequence: message.sequence, serverTime: clock.now() });
          }),
        onOpen: (listen) => {
          listenOpen = listen;
        },
        onMessage: (listen) => {
          listenMessage = listen;
        },
        onClose: (listen) => {
          listenClose = listen;
        },
        close: () => end('closed here'),
        received: () => network.received,
      };
    },
    hello: () => ({
      type: 'hello',
      protocol: 2,
      stationId: '',
      deviceToken: '',
      streams: { facility: { epoch: null, cursor: null } },
    }),
    take: (session: Session, message: Exclude<Down, { type: 'pulse' }>) => {
      if (message.type === 'signedIn') link.welcomed(session, clock.now(), welcome.spread);
    },
    unreadable: () => undefined,
    heard: () => undefined,
    ticked: () => undefined,
    ended: () => undefined,
    moved: () => undefined,
  });
  clock.advance(100);
  return {
    clock,
    network,
    attempts,
    opened,
    link,
    welcome,
    cut: () => cuts.at(-1)?.(),
    /** Milliseconds until the link is live, looked at every 10 ms; gives up after a minute. */
    untilLive: (): number => {
      const from = clock.now();
      while (link.state() !== 'live' && clock.now() - from < 60_000) clock.advance(10);
      return clock.now() - from;
    },
    end: () => {
      link.stop();
      clock.advance(60_000);
      expect(clock.waiting()).toBe(0);
    },
  };
};

test('L5 a half-open link is stale within 5 s, is given up then, and is live within 3 s of healing', () => {
  for (const holeFor of [5_500, 7_000, 8_900, 20_050, 61_234]) {
    const { clock, network, link, attempts, untilLive, end } = world();
    clock.advance(3_300);
    network.kind = 'hole';
    const before = attempts.length;
    clock.advance(5_000);
    expect([link.state(), attempts.length > before]).toEqual(['stale', true]);
    clock.advance(holeFor - 5_000);
    network.kind = 'up';
    expect(untilLive()).toBeLessThanOrEqual(2_500);
    end();
  }
});

test('L5 silence alone is stale until 15 s and only then offline, through all attempts', () => {
  const { clock, network, link, end } = world();
  clock.advance(1_000);
  network.kind = 'hole';
  const seen = [];
  for (let second = 0; second < 16; second += 1) {
    seen.push(link.state());
    clock.advance(1_000);
  }
  expect(seen.slice(4)).toEqual(['late', ...Array(10).fill('stale'), 'offline'].slice(0, 12));
  end();
});

test('L5 bytes of a long message keep a connection, and do not make it live', () => {
  const { clock, network, link, attempts, end } = world();
  clock.advance(1_000);
  network.answers = false;
  for (let step = 0; step < 200; step += 1) {
    network.received += 10_000;
    clock.advance(100);
  }
  expect([link.state(), attempts.length]).toEqual(['offline', 1]);
  clock.advance(7_000);
  expect(attempts.length).toBeGreaterThan(1);
  end();
});

test('L3 a cut connection is live again within 1.5 s', () => {
  const { link, cut, untilLive, end } = world(0.999);
  cut();
  expect(link.state()).toBe('offline');
  expect(untilLive()).toBeLessThanOrEqual(1_500);
  end();
});

test('L3 attempts that are refused wait up to 15 s', () => {
  const { clock, network, attempts, cut, end } = world(0.999);
  network.kind = 'down';
  cut();
  clock.advance(120_000);
  const pauses = attempts.slice(1).map((at, index) => Math.round((at - (attempts[index] ?? 0)) / 1000));
  expect(pauses.slice(1)).toEqual([2, 4, 8, 15, 15, 15, 15, 15, 15, 15]);
  end();
});

test('L6 an attempt without an answer is followed by the next every 2 s, and so is one that finds no way', () => {
  for (const kind of ['hole', 'none'] as const) {
    const { clock, network, attempts, cut, untilLive, end } = world(0.5);
    network.kind = kind;
    cut();
    clock.advance(60_000);
    const pauses = attempts.slice(2).map((at, index) => at - (attempts[index + 1] ?? 0));
    expect(new Set(pauses)).toEqual(new Set([2_000]));
    network.kind = 'up';
    expect(untilLive()).toBeLessThanOrEqual(2_200);
    end();
  }
});

test('L6 a network that takes five seconds there and back is slow, not silent, and is never shown as live', () => {
  const { clock, network, link, opened, cut, end } = world(0.5);
  network.delay = 2_450;
  cut();
  const states = new Set<string>();
  clock.advance(40_000);
  const connections = opened.length;
  for (let step = 0; step < 600; step += 1) {
    clock.advance(100);
    states.add(link.state());
  }
  expect({ states: [...states].sort(), since: opened.length - connections }).toEqual({ states: ['late', 'stale'], since: 0 });
  end();
});

test('L9 the age of the link is that of the question, not of the answer', () => {
  const { clock, network, link, end } = world();
  clock.advance(5_000);
  expect(link.silence()).toBeLessThan(1_100);
  network.delay = 1_700;
  clock.advance(10_000);
  expect(link.silence()).toBeGreaterThanOrEqual(3_400);
  expect(link.state()).toBe('late');
  end();
});

test('L7 where there are many desks an attempt waits for this one’s turn, and a heartbeat may tell another', () => {
  const { clock, welcome, attempts, cut, untilLive, end } = world(0.5);
  welcome.spread = { slotMs: 1_300, periodMs: 20_000 };
  cut();
  untilLive();
  clock.advance(3_000);
  for (let round = 0; round < 3; round += 1) {
    cut();
    expect(untilLive()).toBeLessThanOrEqual(20_200);
    clock.advance(4_321);
  }
  const turns = attempts.slice(2).map((at) => at % 20_000);
  for (const turn of turns) expect(Math.abs(turn - 1_300)).toBeLessThanOrEqual(10);
  end();
});
