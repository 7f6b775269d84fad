/** Order-independent sums over rows, to see cheaply whether two sides hold the same rows of the same revs. */
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';

type RowName = { readonly kind: RecordKind; readonly id: Id; readonly rev: number };

const hash = (text: string, origin: number): number => {
  let value = origin;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
};

/** A running sum; `text` tells two sums apart. */
export type Digest = {
  readonly add: (row: RowName) => void;
  readonly remove: (row: RowName) => void;
  readonly text: () => string;
};

/** An empty sum. */
export const createDigest = (): Digest => {
  let [one, other, many] = [0, 0, 0];
  const move = ({ kind, id, rev }: RowName, sign: 1 | -1): void => {
    const name = `${kind}/${id}@${rev}`;
    one = (one + sign * hash(name, 0x811c9dc5)) >>> 0;
    other = (other + sign * hash(name, 0x9747b28c)) >>> 0;
    many += sign;
  };
  return { add: (row) => move(row, 1), remove: (row) => move(row, -1), text: () => `${many} rows ${one}/${other}` };
};
