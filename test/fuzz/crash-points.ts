/** Where a simulated process can die: around each commit and each message, besides between any two events. */
export const crashPlaces = ['beforeCommit', 'insideCommit', 'afterCommit', 'beforeSend', 'afterSend'] as const;
export type CrashPlace = (typeof crashPlaces)[number];

/** The end of a simulated process. Nothing that it still does after this has any effect. */
export class Crash extends Error {
  constructor() {
    super('The simulated process has died.');
    this.name = 'Crash';
  }
}

export type CrashPoints = {
  /** Dies at the `skip`-th pass of the place from now on. */
  readonly arm: (place: CrashPlace, skip: number) => void;
  readonly armed: () => boolean;
  readonly disarm: () => void;
  /** The process passes a place; throws Crash when it dies there. */
  readonly pass: (place: CrashPlace) => void;
};

/** Makes the places of one process; `die` ends it. */
export const createCrashPoints = (die: (place: CrashPlace) => void): CrashPoints => {
  let trap: { readonly place: CrashPlace; left: number } | null = null;
  return {
    arm: (place, skip) => {
      trap = { place, left: skip };
    },
    armed: () => trap !== null,
    disarm: () => {
      trap = null;
    },
    pass: (place) => {
      if (trap?.place !== place) return;
      trap.left -= 1;
      if (trap.left >= 0) return;
      trap = null;
      die(place);
      throw new Crash();
    },
  };
};
