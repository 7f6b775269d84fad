/**
 * The one clock of a simulation and everything that is due on it. Events of one moment fire in the order in which they were
 * made; between two events every promise that can go on does. Whoever makes events is an owner: when its process dies, what it
 * waited for never happens.
 */
import type { Instant } from '#domain/model/values.ts';

type Event = {
  readonly at: Instant;
  readonly order: number;
  readonly call: () => void;
  readonly owner: OwnerState;
  live: boolean;
};
type OwnerState = { alive: boolean; waiting: number; readonly broke: (error: unknown) => void };

/** One process as the clock sees it. */
export type Owner = {
  /** Calls once after `ms`; returns the stop. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Calls every `ms`; returns the stop. */
  readonly every: (ms: number, call: () => void) => () => void;
  /** Runs something now as this owner would: what it throws is the owner's. */
  readonly enter: (call: () => void) => void;
  /** Timers that still wait. */
  readonly waiting: () => number;
  readonly alive: () => boolean;
  /** From now on none of its timers fires. */
  readonly kill: () => void;
};

export type EventQueue = {
  readonly now: () => Instant;
  /** `broke` hears of what a timer throws. */
  readonly owner: (broke: (error: unknown) => void) => Owner;
  /** Fires what is due until then. */
  readonly runUntil: (until: Instant) => Promise<void>;
  /** The whole world sleeps: the clock is later by `ms` and everything due meanwhile fires late, once. */
  readonly sleep: (ms: number) => void;
  /** How many events have fired. */
  readonly fired: () => number;
};

/** A promise's continuation may hang on another one; deeper chains than this do not exist in the code that is run here. */
const PROMISE_DEPTH = 12;

const before = (one: Event, other: Event): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);

const push = (heap: Event[], event: Event): void => {
  let index = heap.length;
  heap.push(event);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Event;
    if (!before(event, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = event;
};

const pop = (heap: Event[]): Event => {
  const first = heap[0] as Event;
  const moved = heap.pop() as Event;
  if (heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
    if (!before(heap[child] as Event, moved)) break;
    heap[index] = heap[child] as Event;
    index = child;
  }
  heap[index] = moved;
  return first;
};

/** Makes an empty queue whose clock stands at `start`. */
export const createEventQueue = (start: Instant): EventQueue => {
  const heap: Event[] = [];
  let now = start;
  let order = 0;
  let fired = 0;
  const schedule = (owner: OwnerState, at: Instant, call: () => void): (() => void) => {
    order += 1;
    const event: Event = { at, order, call, owner, live: true };
    push(heap, event);
    owner.waiting += 1;
    return () => {
      if (!event.live) return;
      event.live = false;
      owner.waiting -= 1;
    };
  };
  const enter = (owner: OwnerState, call: () => void): void => {
    try {
      call();
    } catch (error) {
      owner.broke(error);
    }
  };
  return {
    now: () => now,
    owner: (broke) => {
      const state: OwnerState = { alive: true, waiting: 0, broke };
      return {
        after: (ms, call) => schedule(state, now + Math.max(0, ms), call),
        every: (ms, call) => {
          let stop = (): void => undefined;
          let stopped = false;
          const arm = (): void => {
            stop = schedule(state, now + Math.max(1, ms), () => {
              // Like a real interval, it goes on when the call fails.
              arm();
              call();
            });
            if (stopped) stop();
          };
          arm();
          return () => {
            stopped = true;
            stop();
          };
        },
        enter: (call) => enter(state, call),
        waiting: () => state.waiting,
        alive: () => state.alive,
        kill: () => {
          state.alive = false;
          state.waiting = 0;
        },
      };
    },
    runUntil: async (until) => {
      while (heap.length > 0 && (heap[0] as Event).at <= until) {
        const event = pop(heap);
        if (!event.live || !event.owner.alive) continue;
        event.live = false;
        event.owner.waiting -= 1;
        now = Math.max(now, event.at);
        fired += 1;
        enter(event.owner, event.call);
        for (let depth = 0; depth < PROMISE_DEPTH; depth += 1) await undefined;
      }
      now = Math.max(now, until);
    },
    sleep: (ms) => {
      now += ms;
    },
    fired: () => fired,
  };
};
