import { describe, expect, test } from 'vitest';
import { type DeviceReport, momentOf, parseFields, parseObject, speedOf } from './osmand.ts';

const at = Date.UTC(2026, 10, 23, 12, 0, 0);
const plain: DeviceReport = {
  device: '123456',
  position: [-56.16, -34.89],
  heading: null,
  speed: null,
  accuracy: null,
  claimedAt: null,
};
const fields = (text: string) => parseFields(new URLSearchParams(text));
const object = (location: unknown, device_id: unknown = '123456') => parseObject(JSON.stringify({ location, device_id }));

test.each<[string, number | undefined]>([
  [String(at / 1_000), at],
  [String(at), at],
  [`${at / 1_000}.25`, at + 250],
  ['2026-11-23T12:00:00Z', at],
  ['2026-11-23T12:00:00.000Z', at],
  ['2026-11-23T09:00:00-03:00', at],
  ['2026-11-23T09:00:00-0300', at],
  ['2026-11-23T12:00:00', at],
  ['2026-11-23 12:00:00', at],
  ['2026-11-23T12:00Z', at],
  ['2026-13-23 12:00:00', undefined],
  ['yesterday', undefined],
  ['', undefined],
  ['1e99', undefined],
])('the moment %j', (text, moment) => {
  expect(momentOf(text)).toBe(moment);
});

describe('fields', () => {
  test('all of them', () => {
    const text = `id=123456&lat=-34.89&lon=-56.16&timestamp=${at / 1_000}&speed=10&bearing=725.5&altitude=43&accuracy=8.5&batt=88&hdop=1&charge=false`;
    const parsed = fields(text);
    expect(parsed).toEqual({
      ok: true,
      report: { ...plain, heading: 5.5, speed: { value: 10, unit: 'knots' }, accuracy: 8.5, claimedAt: at },
    });
    expect(parsed.ok && [speedOf(parsed.report, null), speedOf(parsed.report, 'm/s')]).toEqual([18.5, 36]);
  });

  test.each([
    ['deviceid=123456&lat=-34.89&lon=-56.16', plain],
    ['id=123456&location=-34.89,-56.16&valid=true', plain],
    ['id=123456&lat=-34.89&lon=-56.16&heading=90', { ...plain, heading: 90 }],
    ['id=123456&lat=-34.89&lon=-56.16&speed=-1&bearing=-1&accuracy=-1', { ...plain, speed: { value: -1, unit: 'knots' } }],
    ['id=123456&lat=-34.89&lon=-56.16&accuracy=0&hdop=1.2', { ...plain, accuracy: 6 }],
    ['id=123456&lat=%20-34.89&lon=-5.616e1&speed=&timestamp=', plain],
  ] as const)('%s', (text, report) => {
    expect(fields(text)).toEqual({ ok: true, report });
  });

  test('a speed below zero is unknown', () => {
    expect(speedOf({ speed: { value: -1, unit: 'knots' } }, null)).toBeNull();
  });

  test.each([
    ['', 'The device does not say who it is: "id" is missing.'],
    ['lat=1&lon=2', 'The device does not say who it is: "id" is missing.'],
    [`id=${'x'.repeat(101)}&lat=1&lon=2`, '"id" has over 100 characters.'],
    ['id=1&lat=1', 'Where it is, is missing: "lat" and "lon", in degrees.'],
    ['id=1&location=1,2,3', 'Where it is, is missing: "lat" and "lon", in degrees.'],
    ['id=1&lat=-34,89&lon=2', '"lat" is not a number: "-34,89".'],
    ['id=1&lat=NaN&lon=2', '"lat" is not a number: "NaN".'],
    ['id=1&lat=0x10&lon=2', '"lat" is not a number: "0x10".'],
    ['id=1&lat=91&lon=2', 'There is no such place: "lat" is from -90 to 90, "lon" from -180 to 180.'],
    ['id=1&lat=1&lon=1e300', 'There is no such place: "lat" is from -90 to 90, "lon" from -180 to 180.'],
    ['id=1&lat=1&lon=2&speed=fast', '"speed" is not a number: "fast".'],
    ['id=1&lat=1&lon=2&timestamp=soon', '"timestamp" is not a moment: "soon".'],
  ])('%s is refused with a sentence', (text, problem) => {
    expect(fields(text)).toEqual({ ok: false, problem });
  });

  test('a device without a signal says so', () => {
    expect(fields('id=1&lat=0&lon=0&valid=false')).toEqual({ ok: false, noSignal: true, problem: 'The device has no signal.' });
  });
});

describe('the object of newer clients', () => {
  const coords = { latitude: -34.89, longitude: -56.16, accuracy: 8, speed: 10, heading: 90, altitude: 43 };
  const rest = {
    is_moving: true,
    odometer: 12,
    event: 'motionchange',
    battery: { level: 0.9 },
    activity: { type: 'still' },
    extras: {},
  };

  test('all of it', () => {
    const parsed = object({ timestamp: '2026-11-23T12:00:00.000Z', coords, ...rest });
    expect(parsed).toEqual({
      ok: true,
      report: { ...plain, heading: 90, speed: { value: 10, unit: 'm/s' }, accuracy: 8, claimedAt: at },
    });
    expect(parsed.ok && speedOf(parsed.report, null)).toBe(36);
  });

  test('what is unknown is -1 or missing', () => {
    const { latitude, longitude } = coords;
    expect(object({ coords: { latitude, longitude } }, 123456)).toEqual({ ok: true, report: plain });
    const unknown = object({ timestamp: at, coords: { latitude, longitude, speed: -1, heading: -1, accuracy: null } });
    expect(unknown).toEqual({ ok: true, report: { ...plain, speed: { value: -1, unit: 'm/s' }, claimedAt: at } });
  });

  test.each([
    ['{', 'The body is not JSON.'],
    ['null', 'The body cannot be read: it is not what it should be.'],
    ['{"device_id":"1"}', 'The body cannot be read: location is not what it should be.'],
    [
      '{"device_id":"1","location":{"coords":{"latitude":"1","longitude":2}}}',
      'The body cannot be read: location.coords.latitude is not what it should be.',
    ],
    [
      '{"device_id":" ","location":{"coords":{"latitude":1,"longitude":2}}}',
      'The device does not say who it is: "device_id" is missing.',
    ],
    [
      '{"device_id":"1","location":{"coords":{"latitude":1,"longitude":200}}}',
      'There is no such place: latitude is from -90 to 90, longitude from -180 to 180.',
    ],
    ['{"device_id":"1","location":{"timestamp":"x","coords":{"latitude":1,"longitude":2}}}', '"timestamp" is not a moment: "x".'],
  ])('%s is refused with a sentence', (text, problem) => {
    expect(parseObject(text)).toEqual({ ok: false, problem });
  });
});
