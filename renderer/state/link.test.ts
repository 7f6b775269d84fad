import { describe, expect, test } from 'vitest';
import type { Frame } from '#contracts/ipc/station-window.ts';
import { linkOf } from './link.ts';
import { createWindowStore, type WindowState } from './store.ts';

const wall = { diagonalInches: 55, distanceMetres: 6, assumed: true } as const;
const frame: Frame = {
  sequence: 1,
  facilityName: 'General',
  timeZone: 'America/Montevideo',
  serverTime: 1_000_000,
  serverTimeError: 2,
  link: { state: 'live', lastHeardAt: 999_500, roundTripMs: 1 },
  unsent: { count: 0, oldestAgeMs: null },
  conflicts: 0,
  alarms: null,
  monitors: null,
  copy: { state: 'empty' },
  person: null,
  troubles: [],
};
const heard = (change: Partial<WindowState> = {}): WindowState => ({
  ...createWindowStore({ board: 'beds', theme: 'dark', locale: 'en', mapboxToken: null, versions: {}, wall }).getState(),
  station: { state: 'running', message: null },
  frame,
  frameAt: 10_000,
  ...change,
});

describe('the link state a window paints', () => {
  test.each([
    [0, 'live'],
    [2_999, 'live'],
    [3_000, 'late'],
    [4_999, 'late'],
    [5_000, 'stale'],
    [14_999, 'stale'],
    [15_000, 'offline'],
  ] as const)('after %i ms of silence it is %s', (silentMs, state) => {
    const reason = silentMs < 3_000 ? null : 'The data service of this desk does not answer.';
    expect(linkOf(heard(), 10_000 + silentMs)).toEqual({ state, lastHeardAt: 999_500, silentMs, reason });
  });

  test('the worse word of the station stands', () => {
    const stale = heard({ frame: { ...frame, link: { ...frame.link, state: 'stale' } } });
    expect(linkOf(stale, 13_500).state).toBe('stale');
    expect(linkOf(stale, 26_000).state).toBe('offline');
  });

  test('a dead station is never live, one that cannot start is offline', () => {
    expect(linkOf(heard({ station: { state: 'restarting', message: null } }), 10_000)).toEqual({
      state: 'late',
      lastHeardAt: 999_500,
      silentMs: 0,
      reason: 'The data service of this desk is restarting.',
    });
    expect(linkOf(heard({ station: { state: 'refused', message: 'The database is from a newer Vigil.' } }), 10_000)).toEqual({
      state: 'offline',
      lastHeardAt: 999_500,
      silentMs: 0,
      reason: 'The database is from a newer Vigil.',
    });
  });

  test('before the first frame nothing is claimed', () => {
    expect(linkOf(heard({ frame: null, frameAt: 0 }), 100)).toEqual({
      state: 'offline',
      lastHeardAt: null,
      silentMs: 100,
      reason: null,
    });
  });
});
