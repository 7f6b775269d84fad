/** The replay of one board: whether it is open, what it plays, and that it ends with the board. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useClient, useCopyState } from '../../../state/hooks.ts';
import type { Past } from '../live-map.ts';
import { createReplayPlayer, type ReplayPlayer, type ReplayState, type Timing } from './replay-player.ts';
import { positionsAt } from './replay-tape.ts';

export type Replay = {
  readonly player: ReplayPlayer | null;
  /** `closed` while nobody looks back. */
  readonly stage: ReplayState['stage'] | 'closed';
  /** The map shows the past: there is a moment to show. Until then it is live, whatever was asked for. */
  readonly isPast: boolean;
  /** Of the moment that is shown nothing was recorded. */
  readonly isUnrecorded: boolean;
  readonly open: () => void;
  readonly close: () => void;
};

const timing: Timing = {
  now: () => performance.now(),
  later: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
const never = (): (() => void) => () => undefined;

/** A part of what a player says, drawn anew only when that part is another; `select` gives a plain value or the same object. */
export const useReplayPart = <T>(player: ReplayPlayer | null, select: (state: ReplayState) => T, closed: T): T =>
  useSyncExternalStore(player?.subscribe ?? never, () => (player ? select(player.state()) : closed));

/** Closed at first. */
export const useReplay = (): Replay => {
  const client = useClient();
  const copy = useCopyState();
  const [player, setPlayer] = useState<ReplayPlayer | null>(null);
  const stage = useReplayPart<Replay['stage']>(player, (state) => state.stage, 'closed');
  const isPast = useReplayPart(player, ({ moment }) => moment !== null, false);
  const isUnrecorded = useReplayPart(player, ({ moment }) => moment?.recorded === false, false);
  useEffect(() => () => player?.end(), [player]);
  // What the desk may hold is being made anew: what was read of the past may be another scope's.
  useEffect(() => {
    if (copy === 'loading') player?.forget();
  }, [copy, player]);
  const open = useCallback(() => setPlayer((before) => before ?? createReplayPlayer(client.replay, timing)), [client]);
  const close = useCallback(() => setPlayer(null), []);
  return useMemo(
    () => ({ player, stage, isPast, isUnrecorded, open, close }),
    [player, stage, isPast, isUnrecorded, open, close],
  );
};

/** What the replay shows, as the lists of the map read it; null while it shows nothing. */
export const pastOf = ({ player }: Replay): Past | null => {
  const moment = player?.state().moment;
  return moment ? { records: moment.records, positions: positionsAt(moment, 0), now: moment.at } : null;
};
