/** Where free units are in time, by road: asked for while it is looked at, and again as the fleet moves on. */
import type { IsochroneAnswer } from '#contracts/ipc/dispatch-desk.ts';

/** Minutes of driving that are told apart: what a first call should be reached in, and what a later one may wait (DOMAIN: first unit, C2). */
export const coverMinutes = [8, 15] as const;
export type CoverAreas = Extract<IsochroneAnswer, { readonly state: 'found' }>['areas'];
export type Cover = {
  /** The areas as last told, null while nothing is; asks anew when they are old. `wanted`: somebody looks. */
  readonly areas: (wanted: boolean) => CoverAreas | null;
  readonly stop: () => void;
};

/** Areas older than this are asked for again, and after an answer that helps nobody a question waits as long; milliseconds. */
const fresh = 20_000;

/** Nothing is asked yet; `changed` is called when an answer has come. */
export const createCover = (
  ask: (minutes: readonly number[]) => Promise<IsochroneAnswer>,
  changed: () => void,
  now: () => number,
): Cover => {
  let told: CoverAreas | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let underWay = false;
  let isStopped = false;
  const question = (): void => {
    underWay = true;
    askedAt = now();
    ask(coverMinutes)
      .then((answer) => {
        if (answer.state === 'found') told = answer.areas;
        // What cannot be known any more is not drawn as if it were.
        if (answer.state === 'unavailable') told = null;
      })
      .catch(() => undefined)
      .finally(() => {
        underWay = false;
        if (!isStopped) changed();
      });
  };
  return {
    areas: (wanted) => {
      if (!wanted) {
        told = null;
        return null;
      }
      if (!underWay && !isStopped && (told === null ? now() - askedAt > fresh / 4 : now() - askedAt > fresh)) question();
      return told;
    },
    stop: () => {
      isStopped = true;
    },
  };
};
