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
/** A log, or what was read of one. */
export type FixColumns = Readonly<Record<Column, ArrayLike<number>>>;
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
  // Named one by one: by computed names it takes thrice as long, and there are many.
  log.unit.push(row.unit);
  log.at.push(row.at);
  log.longitude.push(row.longitude);
  log.latitude.push(row.latitude);
  log.wait.push(row.wait);
  log.lag.push(row.lag);
  log.heading.push(row.heading);
  log.speed.push(row.speed);
  log.accuracy.push(row.accuracy);
  log.skewMs.push(row.skewMs);
  log.source.push(row.source);
};

/** The row at a place of columns that have one there. */
export const fixAt = (log: FixColumns, index: number): FixRow => ({
  unit: log.unit[index] ?? NOT_SAID,
  at: log.at[index] ?? NOT_SAID,
  longitude: log.longitude[index] ?? NOT_SAID,
  latitude: log.latitude[index] ?? NOT_SAID,
  wait: log.wait[index] ?? NOT_SAID,
  lag: log.lag[index] ?? NOT_SAID,
  heading: log.heading[index] ?? NOT_SAID,
  speed: log.speed[index] ?? NOT_SAID,
  accuracy: log.accuracy[index] ?? NOT_SAID,
  skewMs: log.skewMs[index] ?? NOT_SAID,
  source: log.source[index] ?? NOT_SAID,
});

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

/** Positions by unit, and of each unit oldest first. What is more than whose and when is made of the bytes when it is asked for. */
export type PackedFixes = { readonly unit: Float64Array; readonly at: Float64Array; readonly columns: () => FixColumns };

/** Begins to read such bytes. Throws what zlib throws, or RangeError, for what is none. */
export const openFixes = (packed: Uint8Array): PackedFixes => {
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
  if (count > bytes.length) throw new RangeError('More positions than there are bytes.');
  const column = (): Float64Array => {
    const values = new Float64Array(count);
    let above = 0;
    for (let index = 0; index < count; index += 1) {
      above += take();
      values[index] = above;
    }
    return values;
  };
  const [unit, at] = [column(), column()];
  let whole: FixColumns | null = null;
  return {
    unit,
    at,
    columns: () => {
      // In the order in which they were written.
      whole ??= {
        unit,
        at,
        longitude: column(),
        latitude: column(),
        wait: column(),
        lag: column(),
        heading: column(),
        speed: column(),
        accuracy: column(),
        skewMs: column(),
        source: column(),
      };
      return whole;
    },
  };
};
