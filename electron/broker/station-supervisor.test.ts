import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StationStart, StationToMain } from '#contracts/ipc/main-station.ts';
import type { StationEvents } from './station-host.ts';
import { restartDelay, type StationState, superviseStation } from './station-supervisor.ts';

const startMessage = (databaseKey: Uint8Array<ArrayBuffer>): StationStart => ({
  type: 'start',
  dataDirectory: '/data',
  databaseKey,
  keyProtection: 'developmentFile',
  backendUrl: 'http://backend',
  deviceToken: 'token',
  signInAs: 'demo',
});

/** A supervised station on a fake clock whose processes are played by the test. */
const supervised = (start: () => Promise<StationStart>) => {
  const launches: { readonly events: StationEvents; readonly sent: string[]; readonly keys: number[][] }[] = [];
  const states: StationState[] = [];
  const supervisor = superviseStation({
    launch: (events) => {
      const launch = { events, sent: [] as string[], keys: [] as number[][] };
      launches.push(launch);
      return {
        pid: () => launches.length,
        send: (message) => {
          launch.sent.push(message.type === 'trouble' ? `trouble ${message.code}: ${message.message}` : message.type);
          if (message.type === 'start') launch.keys.push([...message.databaseKey]);
        },
        attach: () => undefined,
        detach: () => undefined,
        kill: () => events.exit('killed'),
      };
    },
    start,
    changed: (state) => void states.push(state),
    packUseNoted: () => undefined,
    report: () => undefined,
  });
  const say = async (message: Exclude<StationToMain, { type: 'port' }>): Promise<void> => {
    launches.at(-1)?.events.message(message);
    await vi.advanceTimersByTimeAsync(0);
  };
  const die = (): void => launches.at(-1)?.events.exit('SIGKILL');
  return { supervisor, launches, states, say, die };
};

describe('the station’s supervision', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('hands the key over at each start and wipes it', async () => {
    const key = new Uint8Array([1, 2, 3]);
    const { launches, states, say } = supervised(async () => startMessage(key));
    await say({ type: 'waiting' });
    await say({ type: 'ready' });
    expect({ keys: launches[0]?.keys, left: [...key], states }).toEqual({
      keys: [[1, 2, 3]],
      left: [0, 0, 0],
      states: [{ state: 'running', message: null }],
    });
  });

  test('restarts at once, then after 1 s, then every 2 s; a steady run begins anew', async () => {
    expect([0, 1, 2, 3, 50].map(restartDelay)).toEqual([0, 1_000, 2_000, 2_000, 2_000]);
    const { launches, say, die, supervisor } = supervised(async () => startMessage(new Uint8Array(32)));
    await say({ type: 'ready' });
    die();
    expect(supervisor.state().state).toBe('restarting');
    await vi.advanceTimersByTimeAsync(1);
    expect(launches).toHaveLength(2);
    die();
    await vi.advanceTimersByTimeAsync(999);
    expect(launches).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(launches).toHaveLength(3);
    await say({ type: 'ready' });
    await vi.advanceTimersByTimeAsync(10_000);
    die();
    await vi.advanceTimersByTimeAsync(1);
    expect(launches).toHaveLength(4);
  });

  test('a refusal is not tried again, whether it comes from the station or from the key', async () => {
    const fromStation = supervised(async () => startMessage(new Uint8Array(32)));
    await fromStation.say({ type: 'refused', code: 'fromTheFuture', message: 'The database is from a newer Vigil.' });
    fromStation.die();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fromStation.launches).toHaveLength(1);
    expect(fromStation.states).toEqual([{ state: 'refused', message: 'The database is from a newer Vigil.' }]);

    const fromKey = supervised(() => Promise.reject(new Error('no key')));
    await fromKey.say({ type: 'waiting' });
    expect(fromKey.states).toEqual([{ state: 'refused', message: 'no key' }]);
  });

  test('K9 a station that was refused by its disk and gets ready after all is running', async () => {
    const { states, say } = supervised(async () => startMessage(new Uint8Array(32)));
    await say({ type: 'refused', code: 'diskFull', message: 'The disk is full.' });
    await say({ type: 'ready' });
    expect(states).toEqual([
      { state: 'refused', message: 'The disk is full.' },
      { state: 'running', message: null },
    ]);
  });

  test('what is wrong on the desk is told to the station that runs, to one that comes later, and until it is over', async () => {
    const { launches, say, die, supervisor } = supervised(async () => startMessage(new Uint8Array(32)));
    supervisor.trouble('mapTiles', 'No tiles.');
    supervisor.trouble('window.beds', 'It died.');
    await say({ type: 'ready' });
    supervisor.trouble('window.beds', null);
    supervisor.trouble('window.beds', null);
    die();
    await vi.advanceTimersByTimeAsync(1);
    await say({ type: 'ready' });
    expect(launches.map(({ sent }) => sent)).toEqual([
      ['trouble mapTiles: No tiles.', 'trouble window.beds: It died.', 'trouble window.beds: null'],
      ['trouble mapTiles: No tiles.'],
    ]);
  });

  test('stop asks, waits 3 s, ends it, and starts none again', async () => {
    const { launches, supervisor } = supervised(async () => startMessage(new Uint8Array(32)));
    const stopped = supervisor.stop();
    await vi.advanceTimersByTimeAsync(3_000);
    await stopped;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(launches.map(({ sent }) => sent)).toEqual([['stop']]);
  });
});
