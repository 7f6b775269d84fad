import type { Poke } from '#contracts/wire/down.ts';

/** Puts the parts of one poke together again; nothing of it is kept when the connection ends before the last. */
export type Joining = {
  /** The whole poke with its last part; null while more follow, undefined when this part does not belong to those before. */
  readonly take: (part: Poke) => Poke | null | undefined;
  readonly forget: () => void;
};

/** More parts than any poke of this hospital has: about 64 MB. */
const MOST_PARTS = 256;

export const createJoining = (): Joining => {
  let parts: Poke[] = [];
  return {
    take: (part) => {
      const [first] = parts;
      if (first && (first.base !== part.base || first.rev !== part.rev)) return undefined;
      if (parts.length >= MOST_PARTS) return undefined;
      if (part.more) {
        parts.push(part);
        return null;
      }
      if (!first) return part;
      const all = [...parts, part];
      parts = [];
      return {
        ...part,
        puts: all.flatMap(({ puts }) => puts),
        deletes: all.flatMap(({ deletes }) => deletes),
        settled: all.flatMap(({ settled }) => settled),
        patches: all.flatMap(({ patches }) => patches ?? []),
      };
    },
    forget: () => {
      parts = [];
    },
  };
};
