import { type RefObject, useEffect } from 'react';
import type { LiveMap } from '../live-map.ts';
import { positionsAt } from './replay-tape.ts';
import type { Replay } from './use-replay.ts';

/** A marker slides to its place for as long as anything may move on the screen, milliseconds, and never for longer than a fix is apart. */
const easeOnScreen = 160;
const longestEase = 10_000;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws on the map what the replay shows, and the present again when it is closed. No frame of it passes through React. */
export const useDrawnPast = ({ player }: Replay, live: RefObject<LiveMap | null>): void => {
  useEffect(() => {
    if (!player) return;
    let drawn: object | null = null;
    const draw = (): void => {
      const { moment, clock } = player.state();
      if (moment === drawn) return;
      drawn = moment;
      const ease = clock?.going && !still.matches ? Math.min(longestEase, easeOnScreen * clock.rate) : 0;
      live.current?.look(moment && { records: moment.records, positions: positionsAt(moment, ease), now: moment.at });
    };
    const stop = player.subscribe(draw);
    draw();
    return () => {
      stop();
      live.current?.look(null);
    };
  }, [player, live]);
};
