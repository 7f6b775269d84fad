/**
 * Positions as they are kept: whole numbers in columns. A degree has 100,000 parts (1.1 m, finer than any receiver is right), the
 * age of a position when it came ten a second, heading, speed and accuracy are whole degrees, km/h and metres. Written, the rows
 * are sorted by unit, each number is the difference from the one above it, seven bits a byte, and the whole is deflated: nine
 * bytes a position, where its JSON has 200.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '#domain/model/values.ts';
import type { ReceivedFix } from '../store/queries/telemetry.ts';

const columns = [
  'unit',
  'at',
  'longitude',
  'latitude',
  'wait',
  'lag',
  'heading',
  'speed',
  'accuracy',
  'skewMs',
  'source',
] as const;
type Column = (typeof columns)[number];

/** Columns of one length, oldest first. -1 is "not said". */
export type FixLog = Readonly<Record<Column, number[]>>;
export type FixRow = Readonly<Record<Column, number>>;

const PARTS_OF_A_DEGREE = 100_000;
const LAG_STEP = 100;
const NOT_SAID = -1;
const deflating = { level: 3 } as const;

/** An empty log. */
export const newFixLog = (): FixLog => ({
  unit: [],
  at: [],
  longitude: [],
  latitude: [],
  wait: [],
  lag: [],
  heading: [],
  speed: [],
  accuracy: [],
  skewMs: [],
  source: [],
});

const whole = (value: number | null | undefined): number => Math.round(value ?? NOT_SAID);

/** A position as it is kept; `unit` and `source` are numbers that stand for their names, and `at` is when it came to this desk. */
export const fixRow = (fix: ReceivedFix, unit: number, source: number, at: Instant): FixRow => ({
  unit,
  at,
  longitude: Math.round(fix.position[0] * PARTS_OF_A_DEGREE),
  latitude: Math.round(fix.position[1] * PARTS_OF_A_DEGREE),
  // How long it lay at the hospital before it came here: nothing, but after an outage.
  wait: Math.round(at - fix.receivedAt),
  lag: Math.round((fix.receivedAt - fix.observedAt) / LAG_STEP),
  heading: whole(fix.heading),
  speed: whole(fix.speed),
  accuracy: whole(fix.accuracy),
  skewMs: whole(fix.skewMs),
  source,
});

/** Adds a row at the end. */
export const addFix = (log: FixLog, row: FixRow): void => {
  for (const column of columns) log[column].push(row[column]);
};

/** The row at a place of a log that has one there. */
export const fixAt = (log: FixLog, index: number): FixRow => {
  const number = (column: Column): number => log[column][index] ?? NOT_SAID;
  return {
    unit: number('unit'),
    at: number('at'),
    longitude: number('longitude'),
    latitude: number('latitude'),
    wait: number('wait'),
    lag: number('lag'),
    heading: number('heading'),
    speed: number('speed'),
    accuracy: number('accuracy'),
    skewMs: number('skewMs'),
    source: number('source'),
  };
};

/** What a row says in degrees and moments; NaN is "not said". */
export const readFix = (row: FixRow) => {
  const receivedAt = row.at - row.wait;
  const said = (value: number): number => (value === NOT_SAID ? Number.NaN : value);
  return {
    longitude: row.longitude / PARTS_OF_A_DEGREE,
    latitude: row.latitude / PARTS_OF_A_DEGREE,
    receivedAt,
    observedAt: receivedAt - row.lag * LAG_STEP,
    heading: said(row.heading),
    speed: said(row.speed),
    accuracy: said(row.accuracy),
    skewMs: said(row.skewMs),
  };
};

/** The order in which rows are written: by unit, and then by time. */
const writingOrder = ({ unit, at }: FixLog): readonly number[] =>
  unit
    .map((_, index) => index)
    .sort((one, other) => (unit[one] ?? 0) - (unit[other] ?? 0) || (at[one] ?? 0) - (at[other] ?? 0) || one - other);

/** The longest a number can be: 53 bits and a sign. */
const MOST_BYTES = 8;

/** The log as bytes. */
export const packFixes = (log: FixLog): Uint8Array => {
  const order = writingOrder(log);
  const bytes = new Uint8Array((order.length * columns.length + 1) * MOST_BYTES);
  let end = 0;
  const put = (value: number): void => {
    // The sign goes to the lowest bit, so that a small step back is as short as one ahead.
    let left = value < 0 ? -2 * value - 1 : 2 * value;
    while (left >= 128) {
      bytes[end++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    bytes[end++] = left;
  };
  put(order.length);
  for (const column of columns) {
    let above = 0;
    for (const index of order) {
      const value = log[column][index] ?? 0;
      put(value - above);
      above = value;
    }
  }
  return deflateRawSync(bytes.subarray(0, end), deflating);
};

/** The log of such bytes, oldest first. Throws what zlib throws, or RangeError, for what is none. */
export const unpackFixes = (packed: Uint8Array): FixLog => {
  const bytes = inflateRawSync(packed);
  let next = 0;
  const take = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[next++];
      if (byte === undefined) throw new RangeError('The positions are cut short.');
      value += (byte & 127) * scale;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
  };
  const count = take();
  const written = newFixLog();
  for (const column of columns) {
    let above = 0;
    for (let index = 0; index < count; index += 1) {
      above += take();
      written[column].push(above);
    }
  }
  const log = newFixLog();
  const byTime = written.at.map((_, index) => index).sort((one, other) => (written.at[one] ?? 0) - (written.at[other] ?? 0));
  for (const column of columns) for (const index of byTime) log[column].push(written[column][index] ?? 0);
  return log;
};
