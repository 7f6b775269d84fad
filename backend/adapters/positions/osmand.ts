/**
 * What trackers say over HTTP, in the two forms in use: fields of a query or a form (`id`, `lat`, `lon`, `timestamp`,
 * `speed` in knots …), and the JSON object of newer clients (`location.coords`, speed in m/s).
 */
import { z } from 'zod';
import type { Instant, Position } from '#domain/model/values.ts';
import { accuracyOf, courseOf, kmhOf, type SpeedUnit } from './speed.ts';

export type DeviceReport = {
  readonly device: string;
  readonly position: Position;
  /** degrees clockwise from north */
  readonly heading: number | null;
  readonly speed: { readonly value: number; readonly unit: SpeedUnit } | null;
  /** metres */
  readonly accuracy: number | null;
  /** the device's own clock; null when it did not say */
  readonly claimedAt: Instant | null;
};
export type Parsed =
  | { readonly ok: true; readonly report: DeviceReport }
  /** `noSignal`: the device says itself that it does not know where it is. */
  | { readonly ok: false; readonly noSignal?: true; readonly problem: string };

const problem = (sentence: string): Parsed => ({ ok: false, problem: sentence });
const quoted = (text: string) => `"${text.slice(0, 40)}"`;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
/** Seconds until 2038; above it a number is milliseconds. */
const SECONDS_BELOW = 2 ** 31;
const MOST_MS = 8.64e15;
const DEVICE_LENGTH = 100;
/** Metres of error for each unit of dilution: what a car's receiver does under an open sky. */
const METRES_PER_DILUTION = 5;

/** A moment in milliseconds from seconds, milliseconds or a date, UTC where it names no zone; undefined for anything else. */
export const momentOf = (text: string): Instant | undefined => {
  const trimmed = text.trim();
  let ms: number;
  if (NUMBER.test(trimmed)) {
    const number = Number(trimmed);
    ms = Math.abs(number) < SECONDS_BELOW ? number * 1_000 : number;
  } else {
    const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(trimmed);
    if (!match) return undefined;
    const zone = (match[3] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    ms = Date.parse(`${match[1]}T${match[2]}${zone}`);
  }
  return Number.isFinite(ms) && Math.abs(ms) <= MOST_MS ? Math.round(ms) : undefined;
};

const inRange = ([longitude, latitude]: Position): boolean => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

/** Reads the fields of a query or a form. */
export const parseFields = (fields: URLSearchParams): Parsed => {
  const device = (fields.get('id') ?? fields.get('deviceid') ?? '').trim();
  if (device === '') return problem('The device does not say who it is: "id" is missing.');
  if (device.length > DEVICE_LENGTH) return problem(`"id" has over ${DEVICE_LENGTH} characters.`);
  const valid = fields.get('valid')?.toLowerCase();
  if (valid !== undefined && valid !== 'true' && valid !== '1')
    return { ok: false, noSignal: true, problem: 'The device has no signal.' };
  const [first, second, ...more] = (fields.get('location') ?? '').split(',');
  const latitude = fields.get('lat') ?? first;
  const longitude = fields.get('lon') ?? second;
  if (!latitude || !longitude || more.length > 0) return problem('Where it is, is missing: "lat" and "lon", in degrees.');

  const given = new Map<string, number>();
  for (const [name, text] of [
    ['lat', latitude],
    ['lon', longitude],
    ...['speed', 'bearing', 'heading', 'accuracy', 'hdop'].map((name) => [name, fields.get(name)] as const),
  ] as const) {
    if (text === null || text.trim() === '') continue;
    if (!NUMBER.test(text.trim())) return problem(`"${name}" is not a number: ${quoted(text)}.`);
    given.set(name, Number(text));
  }
  const position: Position = [given.get('lon') ?? Number.NaN, given.get('lat') ?? Number.NaN];
  if (!inRange(position)) return problem('There is no such place: "lat" is from -90 to 90, "lon" from -180 to 180.');
  const timestamp = fields.get('timestamp');
  const claimedAt = timestamp === null || timestamp.trim() === '' ? null : momentOf(timestamp);
  if (claimedAt === undefined) return problem(`"timestamp" is not a moment: ${quoted(timestamp ?? '')}.`);
  const number = (name: string) => given.get(name) ?? null;
  const speed = number('speed');
  const dilution = number('hdop');
  return {
    ok: true,
    report: {
      device,
      position,
      heading: courseOf(number('bearing') ?? number('heading')),
      speed: speed === null ? null : { value: speed, unit: 'knots' },
      accuracy: accuracyOf(number('accuracy')) ?? accuracyOf(dilution === null ? null : dilution * METRES_PER_DILUTION),
      claimedAt,
    },
  };
};

const optionalNumber = z.number().nullish();
const bodySchema = z.object({
  device_id: z.union([z.string(), z.number()]),
  location: z.object({
    timestamp: z.union([z.string(), z.number()]).nullish(),
    coords: z.object({
      latitude: z.number(),
      longitude: z.number(),
      accuracy: optionalNumber,
      speed: optionalNumber,
      heading: optionalNumber,
    }),
  }),
});

/** Reads the JSON object of newer clients. */
export const parseObject = (text: string): Parsed => {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return problem('The body is not JSON.');
  }
  const parsed = bodySchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return problem(`The body cannot be read: ${issue?.path.join('.') || 'it'} is not what it should be.`);
  }
  const { device_id, location } = parsed.data;
  const { latitude, longitude, accuracy, speed, heading } = location.coords;
  const device = String(device_id).trim();
  if (device === '' || device.length > DEVICE_LENGTH)
    return problem('The device does not say who it is: "device_id" is missing.');
  const position: Position = [longitude, latitude];
  if (!inRange(position)) return problem('There is no such place: latitude is from -90 to 90, longitude from -180 to 180.');
  const { timestamp } = location;
  const claimedAt = timestamp === null || timestamp === undefined ? null : momentOf(String(timestamp));
  if (claimedAt === undefined) return problem(`"timestamp" is not a moment: ${quoted(String(timestamp))}.`);
  return {
    ok: true,
    report: {
      device,
      position,
      heading: courseOf(heading ?? null),
      speed: speed === null || speed === undefined ? null : { value: speed, unit: 'm/s' },
      accuracy: accuracyOf(accuracy ?? null),
      claimedAt,
    },
  };
};

/** The speed of a report in km/h; a site may know better than the protocol what its devices mean. */
export const speedOf = ({ speed }: Pick<DeviceReport, 'speed'>, unit: SpeedUnit | null): number | null =>
  speed === null ? null : kmhOf(speed.value, unit ?? speed.unit);
