/** Seeded randomness: the same seed gives the same sequence on every machine. Not for secrets. */
export type Random = {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number;
  /** One of a list that is not empty; throws RangeError for an empty one. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** True with the given probability, 0 to 1. */
  readonly chance: (probability: number) => boolean;
  /** A normally distributed number. */
  readonly gaussian: (mean: number, deviation: number) => number;
  /** A version-4-shaped id. */
  readonly id: () => string;
  /** An independent sequence: what is drawn from it does not move this one. */
  readonly fork: (name: string) => Random;
};

/** FNV-1a, so that a fork depends on its name and not on how many were made before. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
};

/** Makes the sequence of a seed (any whole number; 32 bits of it are used). */
export const createRandom = (seed: number): Random => {
  const origin = seed >>> 0;
  let state = origin;
  // Mulberry32: 32 bits of state, full period.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const hex = (length: number): string => Array.from({ length }, () => int(0, 15).toString(16)).join('');
  return {
    next,
    int,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('Nothing to pick from an empty list.');
      return items[int(0, items.length - 1)] as T;
    },
    chance: (probability) => next() < probability,
    // Box and Muller; 1 − next() is never 0.
    gaussian: (mean, deviation) => mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    fork: (name) => createRandom((origin ^ hash(name)) >>> 0),
  };
};
