import type { Poke } from '#contracts/wire/down.ts';

/** A poke above this size travels in parts, bytes of JSON. */
const PART_BYTES = 256 * 1024;

type Lists = Pick<Poke, 'puts' | 'deletes' | 'settled'> & { readonly patches: NonNullable<Poke['patches']> };

/** Cuts pokes; what goes to many stations is measured once. */
export type Parting = {
  /** One message, or several of at most 256 KB (or one row) with the same `base` and `rev`; all but the last say `more`. */
  readonly partsOf: (poke: Poke) => readonly Poke[];
};

export const createParting = (): Parting => {
  const sizes = new WeakMap<object, number>();
  const sizeOf = (item: object): number => {
    const known = sizes.get(item);
    if (known !== undefined) return known;
    const size = Buffer.byteLength(JSON.stringify(item));
    sizes.set(item, size);
    return size;
  };
  return {
    partsOf: (poke) => {
      const { puts, deletes, settled, patches = [], ...rest } = poke;
      const parts: Lists[] = [];
      let room = 0;
      const place = (item: object): Lists => {
        const size = sizeOf(item);
        const open = parts.at(-1);
        if (open && size <= room) {
          room -= size;
          return open;
        }
        const next: Lists = { puts: [], deletes: [], settled: [], patches: [] };
        parts.push(next);
        room = PART_BYTES - size;
        return next;
      };
      for (const put of puts) place(put).puts.push(put);
      for (const patch of patches) place(patch).patches.push(patch);
      for (const removal of deletes) place(removal).deletes.push(removal);
      for (const settlement of settled) place(settlement).settled.push(settlement);
      if (parts.length <= 1) return [poke];
      return parts.map((lists, index) =>
        index === parts.length - 1
          ? { ...rest, ...lists }
          : { type: 'poke', base: poke.base, rev: poke.rev, ...lists, more: true },
      );
    },
  };
};
