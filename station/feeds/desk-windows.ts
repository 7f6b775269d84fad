/**
 * The windows of one desk share its processors, so they are not all told everything in the same moment: their heartbeats are
 * spread over the second, and the window under somebody's hand hears what the gesture did before the others.
 */
import type { stationWindow } from '#contracts/ipc/station-window.ts';
import type { Clock } from '../clock.ts';
import type { Subscriber } from './port-server.ts';

export type Feed = keyof typeof stationWindow.feeds;

export type DeskWindows = {
  /** Keys of a feed have moved. */
  readonly moved: (feed: Feed, keys: Iterable<string>) => void;
  /** A person does something in this window. */
  readonly gestureIn: (window: Subscriber) => void;
  /** Takes a window in; returns its end. */
  readonly add: (window: Subscriber) => () => void;
  readonly stop: () => void;
};

const BEAT_EVERY = 1_000;
const BEAT_STEP = 230;
/** How much later the others are told, and for how long after the gesture; milliseconds. */
const OTHERS_LATER = 60;
const HAND_FOR = 150;

/** No windows yet; each that comes gets a heartbeat of its own. */
export const createDeskWindows = (clock: Pick<Clock, 'monotonicNow' | 'after' | 'every'>): DeskWindows => {
  const ends = new Map<Subscriber, () => void>();
  let taken = 0;
  let hand: { readonly window: Subscriber; readonly until: number } | null = null;
  return {
    moved: (feed, keys) => {
      const list = [...keys];
      if (list.length === 0) return;
      const first = hand && clock.monotonicNow() < hand.until ? hand.window : null;
      for (const window of ends.keys()) {
        if (first === null || window === first) window.moved(feed, list);
        else clock.after(OTHERS_LATER, () => window.moved(feed, list));
      }
    },
    gestureIn: (window) => {
      hand = { window, until: clock.monotonicNow() + HAND_FOR };
    },
    add: (window) => {
      let stopBeat = (): void => undefined;
      const stopStart = clock.after((taken * BEAT_STEP) % BEAT_EVERY, () => {
        stopBeat = clock.every(BEAT_EVERY, () => {
          window.moved('frame', ['frame']);
          window.moved('health', ['health']);
        });
      });
      taken += 1;
      const end = (): void => {
        stopStart();
        stopBeat();
        ends.delete(window);
        window.close();
      };
      ends.set(window, end);
      return end;
    },
    stop: () => {
      for (const end of [...ends.values()]) end();
    },
  };
};
