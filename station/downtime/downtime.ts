/**
 * When packs are made: every five minutes, and at the moment the link is lost. Only a whole copy is printed; while the desk is
 * loading, the last pack stands. One is made at a time, and what fails is said on the strip until one succeeds.
 */
import type { Frame, LinkState } from '#contracts/ipc/station-window.ts';
import type { Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import type { Troubles } from '../troubles.ts';
import { packInTurns } from './content.ts';
import type { PackMaker } from './make-pack.ts';
import type { PackSource } from './pack-source.ts';

/** What desk health shows of packs; moments are server time. */
export type DowntimeStatus = {
  /** The last pack that was kept since this station started. */
  readonly last: {
    readonly madeAt: Instant;
    readonly asOf: Instant;
    readonly pages: number;
    readonly bytes: number;
    /** How many lie on the disk. */
    readonly kept: number;
    readonly tookMs: number;
  } | null;
  /** Why the newest attempt failed: a code of the disk or of the thread; null when it did not. */
  readonly error: string | null;
  /** The folder for plain copies that site policy names, and why the newest could not be written there. */
  readonly plain: { readonly folder: string; readonly error: string | null } | null;
};

export type Downtime = {
  /** To be told of every state of the link. */
  readonly linkMoved: (state: LinkState) => void;
  readonly status: () => DowntimeStatus;
  /** Ends the timers and a running thread. */
  readonly stop: () => void;
};

export const PACK_EVERY = 300_000;
const FIRST_AFTER = 20_000;
const AGAIN_AFTER = 60_000;
const LOOK_EVERY = 5_000;

const isHeard = (state: LinkState): boolean => state === 'live' || state === 'late';

/** Makes packs until stopped. `source` is asked for the desk's picture when one is due. */
export const createDowntime = (options: {
  readonly maker: PackMaker;
  readonly clock: Clock;
  readonly serverNow: () => Instant;
  readonly copy: () => Frame['copy'];
  readonly source: (asOf: Instant) => PackSource;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
}): Downtime => {
  const { maker, clock, troubles } = options;
  let last: DowntimeStatus['last'] = null;
  let error: string | null = null;
  let plainError: string | null = null;
  let heard = false;
  let isMaking = false;
  let isWantedAgain = false;
  let isOver = false;
  let dueAt = clock.monotonicNow() + FIRST_AFTER;

  const failed = (why: string): void => {
    error = why;
    dueAt = clock.monotonicNow() + AGAIN_AFTER;
    troubles.raise('downtimePack', 'degraded', `The downtime pack could not be kept (${why}). The one before it stands.`);
  };

  const make = async (asOf: Instant): Promise<void> => {
    isMaking = true;
    const startedAt = clock.monotonicNow();
    dueAt = startedAt + PACK_EVERY;
    const source = options.source(asOf);
    const pack = await packInTurns(source, clock);
    if (isOver) return;
    const header = { madeAt: source.now, asOf, facility: pack.facility, desk: source.desk };
    const result = await maker.make(pack, header, clock.wallNow());
    isMaking = false;
    if (isOver) return;
    if (result.state === 'failed') failed(result.error);
    else {
      const tookMs = Math.round(clock.monotonicNow() - startedAt);
      const { pages, bytes, kept } = result;
      last = { madeAt: source.now, asOf, pages, bytes, kept, tookMs };
      error = null;
      troubles.clear('downtimePack');
      ({ plainError } = result);
      if (plainError === null) troubles.clear('downtimePlain');
      else
        troubles.raise(
          'downtimePlain',
          'degraded',
          `The plain copy of the downtime pack could not be written to ${maker.plainDirectory} (${plainError}).`,
        );
      options.log(`downtime pack: ${pages} pages, ${bytes} bytes, ${tookMs} ms`);
    }
    if (isWantedAgain) start();
  };

  const start = (): void => {
    const copy = options.copy();
    if (copy.state !== 'whole') return;
    isWantedAgain = isMaking;
    if (isMaking) return;
    make(copy.asOf).catch((broken: unknown) => {
      isMaking = false;
      if (!isOver) failed(broken instanceof Error ? broken.name : 'error');
    });
  };

  const stopLooking = clock.every(LOOK_EVERY, () => {
    if (!isMaking && clock.monotonicNow() >= dueAt) start();
  });

  return {
    linkMoved: (state) => {
      const was = heard;
      heard = isHeard(state);
      if (was && !heard) start();
    },
    status: () => ({
      last,
      error,
      plain: maker.plainDirectory === null ? null : { folder: maker.plainDirectory, error: plainError },
    }),
    stop: () => {
      isOver = true;
      stopLooking();
      maker.stop();
    },
  };
};
