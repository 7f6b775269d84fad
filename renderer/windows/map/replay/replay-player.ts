/**
 * Plays the desk's own history: reads it ahead, keeps the clock, says what is to be shown. One question of a sort is under way, the
 * newest wish counts, and the moment that is told is always one that was read: a place that was asked for and has not come yet is
 * not shown under the picture of another one.
 */
import type { ReplayAt, ReplayPart, ReplaySpan } from '#contracts/ipc/replay.ts';
import type { Instant } from '#domain/model/values.ts';
import {
  arrived,
  begun,
  nextRate,
  paced,
  type Rate,
  type ReplayClock,
  respanned,
  sought,
  ticked,
  toggled,
} from './replay-clock.ts';
import { extended, isOn, type Moment, momentOn, readUntil, type Tape, tapeFrom, unrecorded } from './replay-tape.ts';

/** Where history comes from. Each rejects while there is nobody to ask. */
export type ReplaySource = {
  readonly span: () => Promise<ReplaySpan>;
  readonly at: (at: Instant) => Promise<ReplayAt>;
  readonly part: (from: Instant, to: Instant) => Promise<ReplayPart>;
};
type Recording = Extract<ReplaySpan, { readonly state: 'found' }>;
/** Time for a player: a monotonic clock, and a call in so many milliseconds with its stop. */
export type Timing = {
  readonly now: () => number;
  readonly later: (milliseconds: number, run: () => void) => () => void;
};
export type ReplayState = {
  /** `empty`: this desk has recorded nothing yet; `unavailable`: it cannot say; neither shows anything of the past. */
  readonly stage: 'opening' | 'empty' | 'unavailable' | 'open';
  readonly clock: ReplayClock | null;
  /** What is to be shown, and of when it is; null before the first has been read. */
  readonly moment: Moment | null;
  readonly gaps: Recording['gaps'];
  readonly marks: Recording['marks'];
  /** Why history cannot be read now; it is tried again. */
  readonly failure: string | null;
  /** Nobody touched a replay that stands for a while. */
  readonly forgotten: boolean;
};
export type ReplayPlayer = {
  readonly state: () => ReplayState;
  readonly subscribe: (changed: () => void) => () => void;
  readonly seek: (at: Instant) => void;
  /** From where it stands, milliseconds. */
  readonly step: (by: number) => void;
  readonly toggle: () => void;
  readonly pace: (rate: Rate) => void;
  readonly faster: (by: 1 | -1) => void;
  /** A person did something with what is shown. */
  readonly touched: () => void;
  /** What was read is of no use any more, as after a change of what this desk may hold: it is dropped and asked for anew. */
  readonly forget: () => void;
  readonly end: () => void;
};

/** A question to the desk. Of each sort one is under way at a time. */
type Read = { readonly what: 'span' | 'moment' | 'part'; readonly read: () => Promise<void> };

/** Between two pictures of a running replay, milliseconds. */
const tickEvery = 66;
const spanEvery = 5_000;
const retryAfter = 2_000;
/** A replay that stands so long untouched is said to be the past once more, milliseconds. */
const forgottenAfter = 120_000;
/** Milliseconds of history a part holds: two seconds of running, a minute at least. */
const partLength = (rate: Rate): number => Math.max(60_000, rate * 2_000);
/** Milliseconds of history that are read ahead of a replay at a rate. */
const aheadOf = (rate: Rate): number => Math.max(60_000, rate * 6_000);

const nothing: ReplayState = {
  stage: 'opening',
  clock: null,
  moment: null,
  gaps: [],
  marks: [],
  failure: null,
  forgotten: false,
};

/** The gap a moment lies in; its ends are recorded. */
export const gapAt = (gaps: Recording['gaps'], at: Instant): Recording['gaps'][number] | undefined =>
  gaps.find(({ from, to }) => at > from && at < to);

/** Opens history and stands a little before the present. `end` stops all it does. */
export const createReplayPlayer = (source: ReplaySource, { now, later }: Timing): ReplayPlayer => {
  const listeners = new Set<() => void>();
  let state = nothing;
  let tape: Tape | null = null;
  /** Of this tape. */
  let near: Moment | null = null;
  const reading = new Set<Read['what']>();
  let hasEnded = false;
  /** Counts what was dropped: an answer to a question from before is not taken. */
  let generation = 0;
  let lastTick = now();
  let restsUntil = Number.NEGATIVE_INFINITY;
  let stopTick: (() => void) | null = null;
  let stopRetry = (): void => undefined;
  let stopSpan = (): void => undefined;
  let stopForgotten = (): void => undefined;

  const tell = (change: Partial<ReplayState>): void => {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  };
  const failed = (failure: string): void => {
    tell(state.stage === 'open' ? { failure } : { stage: 'unavailable', failure });
    rest();
  };
  /** Nothing is asked in vain again for a moment. */
  const rest = (): void => {
    restsUntil = now() + retryAfter;
    stopRetry();
    stopRetry = later(retryAfter, pump);
  };
  const take = (next: Tape | null): void => {
    if (tape === null || next === null || tape.moments[0] !== next.moments[0]) near = null;
    tape = next;
  };
  const drop = (): void => {
    take(null);
    generation += 1;
  };

  /** What was known at a moment; null when that has not been read. */
  const momentAt = (at: Instant): Moment | null => {
    if (gapAt(state.gaps, at)) return unrecorded(at);
    const found = tape && momentOn(tape, at, near);
    near = found ?? near;
    return found;
  };
  /** Shows where the clock stands when that has been read. */
  const arrive = (clock: ReplayClock): void => {
    const moment = momentAt(clock.at);
    if (moment) tell({ clock: arrived(clock), moment });
    else if (clock !== state.clock || clock.waiting !== 'moment') tell({ clock: { ...clock, waiting: 'moment' } });
  };
  /** How far the clock may run: to the end of what was read, and through a gap, of which there is nothing to read. */
  const limitFrom = (at: Instant): Instant => {
    const until = tape && isOn(tape, at) ? readUntil(tape) : at;
    return state.gaps.find(({ from, to }) => until >= from && until < to)?.to ?? until;
  };

  const readMoment = async (at: Instant): Promise<void> => {
    const asked = generation;
    const answer = await source.at(at);
    const { clock } = state;
    if (hasEnded || asked !== generation || !clock) return;
    if (answer.state === 'superseded') return rest();
    if (answer.state === 'unavailable') return failed(answer.message);
    take(tapeFrom(answer));
    // Where a hand has gone on meanwhile, what came is shown as what it is, of its own moment.
    const standing = clock.at === at ? arrived({ ...clock, at: answer.at }) : clock;
    tell({ failure: null, moment: momentAt(answer.at), clock: standing });
  };
  const readPart = async (on: Tape, to: Instant): Promise<void> => {
    const from = readUntil(on);
    const answer = await source.part(from, to);
    if (hasEnded || tape !== on) return;
    if (answer.state === 'unavailable') return failed(answer.message);
    // Told no further than it was: a gap began, or the record did not grow. What is recorded is asked for first.
    if (answer.to <= from) {
      rest();
      return readSpan();
    }
    take(extended(on, answer));
    if (state.failure !== null) tell({ failure: null });
  };
  /** What is to be read next; null while there is enough. */
  const nextRead = (): Read | null => {
    const { clock, gaps } = state;
    if (!clock) return { what: 'span', read: readSpan };
    const { at, rate, recorded } = clock;
    if (gapAt(gaps, at)) return null;
    const on = tape;
    if (!on || !isOn(on, at)) return { what: 'moment', read: () => readMoment(at) };
    // A gap that the list does not name yet: the list is renewed every few seconds.
    if (!on.moments[0].recorded) return null;
    const until = readUntil(on);
    const isAtGap = gaps.some(({ from, to }) => until >= from && until < to);
    if (isAtGap || until >= Math.min(recorded.to, at + aheadOf(rate))) return null;
    return { what: 'part', read: () => readPart(on, Math.min(recorded.to, until + partLength(rate))) };
  };
  function pump(): void {
    if (hasEnded || now() < restsUntil) return;
    if (state.clock?.waiting === 'moment') arrive(state.clock);
    const next = nextRead();
    if (!next || reading.has(next.what)) return;
    reading.add(next.what);
    const before = { tape, clock: state.clock, stage: state.stage };
    next
      .read()
      .catch((error: unknown) => {
        if (!hasEnded) failed(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        reading.delete(next.what);
        const hasChanged = before.tape !== tape || before.clock !== state.clock || before.stage !== state.stage;
        if (hasChanged) pump();
      });
  }
  async function readSpan(): Promise<void> {
    const asked = generation;
    stopSpan();
    const answer = await source.span().finally(() => {
      if (!hasEnded) stopSpan = later(spanEvery, () => void readSpan().then(pump, () => undefined));
    });
    if (hasEnded || asked !== generation) return;
    if (answer.state === 'unavailable') {
      drop();
      tell({ ...nothing, stage: 'unavailable', failure: answer.message });
      return;
    }
    const { from, to, gaps, marks } = answer;
    if (from === null || to === null || from >= to) {
      drop();
      tell({ ...nothing, stage: 'empty' });
      return;
    }
    const recorded = { from, to };
    const clock = state.clock ? respanned(state.clock, recorded) : begun(recorded);
    // What the desk has forgotten is not kept here either.
    const isForgotten = state.clock !== null && clock.at !== state.clock.at;
    if (isForgotten || (tape && !tape.moments[0].recorded)) drop();
    tell({
      stage: 'open',
      clock,
      gaps,
      marks,
      ...(isForgotten ? { moment: null } : {}),
      ...(state.clock ? {} : { failure: null }),
    });
  }

  const tick = (): void => {
    stopTick = null;
    const at = now();
    const { clock } = state;
    if (clock?.going) {
      const next = ticked(clock, at - lastTick, limitFrom(clock.at));
      if (next !== clock) arrive(next);
    }
    lastTick = at;
    run();
    pump();
  };
  /** Keeps ticking while it goes. */
  function run(): void {
    if (hasEnded || stopTick !== null || !state.clock?.going) return;
    stopTick = later(tickEvery, tick);
  }
  const touched = (): void => {
    stopForgotten();
    stopForgotten = later(forgottenAfter, () => {
      if (state.clock?.going) touched();
      else if (state.stage === 'open') tell({ forgotten: true });
    });
    if (state.forgotten) tell({ forgotten: false });
  };
  const change = (to: (clock: ReplayClock) => ReplayClock): void => {
    touched();
    if (!state.clock) return;
    if (!state.clock.going) lastTick = now();
    restsUntil = Number.NEGATIVE_INFINITY;
    tell({ clock: to(state.clock) });
    run();
    pump();
  };

  touched();
  pump();
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seek: (at) => change((clock) => sought(clock, at)),
    step: (by) => change((clock) => sought(clock, clock.at + by)),
    toggle: () => change(toggled),
    pace: (rate) => change((clock) => paced(clock, rate)),
    faster: (by) => change((clock) => paced(clock, nextRate(clock.rate, by))),
    touched,
    forget: () => {
      drop();
      tell(nothing);
      pump();
    },
    end: () => {
      hasEnded = true;
      listeners.clear();
      stopTick?.();
      stopRetry();
      stopSpan();
      stopForgotten();
    },
  };
};
