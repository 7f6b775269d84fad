/**
 * The running checksum of a copy: over its rows, the sum of one hash a row, in two lanes of 32 bits. A sum does not ask in
 * which order rows came, so a changed row costs one subtraction and one addition, whatever the copy holds. Within a row the
 * fields are summed too: two sides that keep the same values in another order of keys agree. A hash tells an honest mistake,
 * not an attack.
 */
import { z } from 'zod';
import type { VigilRecord } from '#domain/model/record.ts';

/** A checksum as it travels: 16 hexadecimal digits. */
export const checksumSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** Two lanes, each a whole number of 32 bits with a sign, which is kept without a box. */
export type Checksum = { readonly high: number; readonly low: number };
export const emptyChecksum: Checksum = { high: 0, low: 0 };

type Lanes = { high: number; low: number };

const takeHigh = (high: number, unit: number): number => {
  const mixed = Math.imul((high ^ unit) + 0x7f4a7c15, 0x2c1b3c6d);
  return mixed ^ (mixed >>> 15);
};
const takeLow = (low: number, unit: number): number => {
  const mixed = Math.imul((low ^ unit) + 0x3c6ef372, 0x297a2d39);
  return mixed ^ (mixed >>> 13);
};
const take = (lanes: Lanes, unit: number): void => {
  lanes.high = takeHigh(lanes.high, unit);
  lanes.low = takeLow(lanes.low, unit);
};

// Texts are most of a row, and lanes in variables of their own cost half of lanes in an object.
const takeText = (lanes: Lanes, text: string): void => {
  let { high, low } = lanes;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = takeHigh(high, unit);
    low = takeLow(low, unit);
  }
  lanes.high = takeHigh(high, text.length);
  lanes.low = takeLow(low, text.length);
};

const [NULL, TRUE, FALSE, NUMBER, TEXT, LIST, OBJECT] = [1, 2, 3, 4, 5, 6, 7];

const takeValue = (lanes: Lanes, value: unknown): void => {
  if (typeof value === 'string') {
    take(lanes, TEXT);
    takeText(lanes, value);
  } else if (typeof value === 'number') {
    take(lanes, NUMBER);
    // A whole number of 32 bits is the frequent case; any other is told by its shortest decimal text, which JSON keeps.
    if ((value | 0) === value) take(lanes, value | 0);
    else takeText(lanes, String(value));
  } else if (value === null || value === undefined) take(lanes, NULL);
  else if (typeof value === 'boolean') take(lanes, value ? TRUE : FALSE);
  else if (Array.isArray(value)) {
    take(lanes, LIST);
    for (const item of value) takeValue(lanes, item);
    take(lanes, value.length);
  } else {
    take(lanes, OBJECT);
    takeObject(lanes, value as Readonly<Record<string, unknown>>);
  }
};

const takeObject = (lanes: Lanes, object: Readonly<Record<string, unknown>>): void => {
  let high = 0;
  let low = 0;
  for (const key in object) {
    const value = object[key];
    // What JSON leaves out is not there.
    if (value === undefined) continue;
    const field: Lanes = { high: 0x1b873593, low: 0x4cf5ad43 };
    takeText(field, key);
    takeValue(field, value);
    high = (high + field.high) | 0;
    low = (low + field.low) | 0;
  }
  take(lanes, high);
  take(lanes, low);
};

/** The hash of one row: its rev and every field of its record. */
export const rowChecksum = ({ rev, record }: { readonly rev: number; readonly record: VigilRecord }): Checksum => {
  const lanes: Lanes = { high: 0x243f6a88, low: 0x13198a2e };
  takeValue(lanes, rev);
  takeObject(lanes, record);
  return { high: lanes.high, low: lanes.low };
};

export const addChecksum = (sum: Checksum, one: Checksum): Checksum => ({
  high: (sum.high + one.high) | 0,
  low: (sum.low + one.low) | 0,
});
export const subtractChecksum = (sum: Checksum, one: Checksum): Checksum => ({
  high: (sum.high - one.high) | 0,
  low: (sum.low - one.low) | 0,
});

/** A checksum as text, to be sent, kept and compared. */
export const checksumText = ({ high, low }: Checksum): string =>
  [high, low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
