import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createView } from '#domain/testing/view.ts';
import { createPositionHub } from './hub.ts';
import { lengthOf, movedTo, placeAt, type Track } from './track.ts';
import { readTrackFile } from './track-files.ts';
import { replayTracks } from './track-replay.ts';

const directory = mkdtempSync(join(tmpdir(), 'vigil-tracks-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
/** Writes a file and reads it as a track of M21, or of whom it names. */
const read = async (content: string | Buffer, extension = 'gpx', callsign: string | null = 'M21') => {
  const path = join(directory, `${files++}.${extension}`);
  writeFileSync(path, content);
  const { tracks, report } = await readTrackFile({ path, callsign });
  return { tracks, report: report.replace(`track ${path}: `, '') };
};
const gpx = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test">${body}</gpx>`;
const time = (second: number) => new Date(testNow + second * 1_000).toISOString();
/** A point so many hundredths of a minute of latitude (18.5 m) to the north. */
const point = (steps: number, inside = '') => `<trkpt lat="${(-34.9 + steps / 6_000).toFixed(6)}" lon="-56.16">${inside}</trkpt>`;
const timed = (steps: number, second: number, more = '') => point(steps, `<time>${time(second)}</time>${more}`);
const track = (...points: string[]) => gpx(`<trk><trkseg>${points.join('\n')}</trkseg></trk>`);

describe('GPX', () => {
  test('with times is driven as it was recorded; what the file says of speed and course wins', async () => {
    const extension =
      '<extensions><gpxtpx:x><gpxtpx:speed>12.5</gpxtpx:speed><gpxtpx:course>91</gpxtpx:course></gpxtpx:x></extensions>';
    const { tracks, report } = await read(
      track(timed(0, 0), timed(10, 10, '<ele>43</ele>'), timed(20, 20, extension), timed(21, 30)),
    );
    expect(report).toBe('M21 drives 4 points, 0.4 km in 0:30 min');
    const drive = tracks[0]?.track as Track;
    expect([-1, 0, 5_000, 25_000, 30_000, 99_000].map((ms) => placeAt(drive, ms))).toEqual([
      { position: [-56.16, -34.9], heading: 0, speed: 67 },
      { position: [-56.16, -34.9], heading: 0, speed: 67 },
      { position: [-56.16, -34.899166], heading: 0, speed: 67 },
      { position: [-56.16, -34.896584], heading: 91, speed: 45 },
      { position: [-56.16, -34.8965], heading: null, speed: 0 },
      { position: [-56.16, -34.8965], heading: null, speed: 0 },
    ]);
  });

  test.each([
    [
      'without times',
      track(point(0), point(30)),
      'M21 drives 2 points, 0.6 km in 0:40 min, no times: driven at a constant 50 km/h',
    ],
    [
      'with few times',
      track(timed(0, 0), point(10), point(20)),
      'M21 drives 3 points, 0.4 km in 0:26 min, no times: driven at a constant 50 km/h',
    ],
    [
      'with some times missing',
      track(timed(0, 0), point(10), timed(20, 20)),
      'M21 drives 2 points, 0.4 km in 0:20 min, 1 point left out that have no time',
    ],
    [
      'with times that go back',
      track(timed(0, 0), timed(10, 30), timed(5, 10), timed(11, 30), timed(20, 40)),
      'M21 drives 3 points, 0.4 km in 0:40 min, 2 points left out that repeat a moment or go back in time',
    ],
    [
      'with a night in it, an empty piece and no elevation',
      gpx(`<trk><trkseg>${timed(0, 0)}${timed(1, 10)}</trkseg><trkseg/><trkseg>${timed(2, 40_000)}</trkseg></trk>`),
      'M21 drives 3 points in 2 pieces, 0.0 km in 5:10 min, 1 pause shortened to 5 min',
    ],
    [
      'with places that are none',
      track(
        '<trkpt lat="91" lon="1"/>',
        '<trkpt lat="" lon="x"/>',
        '<trkpt/>',
        '<trkpt lat="0" lon="0.000"/>',
        timed(0, 0),
        timed(1, 10),
      ),
      'M21 drives 2 points, 0.0 km in 0:10 min, 4 points left out that are at no place',
    ],
    [
      'with a step that nothing drives',
      track(timed(0, 0), timed(6_000, 10), timed(1, 20)),
      'M21 drives 3 points, 222.4 km in 0:20 min, 2 steps over 400 km/h, as recorded',
    ],
    [
      'that ends in the middle',
      track(timed(0, 0), timed(1, 10), timed(2, 20)).slice(0, -70),
      'M21 drives 2 points, 0.0 km in 0:10 min; damaged, read up to',
    ],
    [
      'of a route',
      gpx('<rte><rtept lat="1" lon="1"/><rtept lat="1" lon="1.01"/></rte>'),
      'M21 drives 2 points, 1.1 km in 1:20 min, no times: driven at a constant 50 km/h; a route, not a recording',
    ],
    ['of one point', track(timed(0, 0)), 'M21: too few points to drive'],
    ['of waypoints', gpx('<wpt lat="1" lon="1"><name>Ünïcode 🚑</name></wpt>'), 'no track in it, only waypoints (1)'],
    ['of nothing', gpx(''), 'no track in it'],
    ['that is another XML', '<kml><trkpt lat="1" lon="1"/></kml>', 'it is not GPX'],
    ['that is no XML', 'Apache License', 'it is not GPX'],
    ['that is empty', '', 'it is not GPX'],
    [
      'with an entity of its own',
      `<!DOCTYPE gpx [<!ENTITY x "1">]><gpx>${timed(0, 0)}${timed(1, 10)}${point(2, '<time>&x;</time>')}${timed(3, 30)}</gpx>`,
      'M21 drives 2 points, 0.0 km in 0:10 min; damaged, read up to 1:',
    ],
  ])('%s', async (_name, content, report) => {
    expect((await read(content)).report).toContain(report);
  });

  test('in whatever an editor saves: a mark at its start, UTF-16, a letter cut in two by the end of a part', async () => {
    const text = gpx(
      `<metadata><desc>${'ü🚑'.repeat(30_000)}</desc></metadata><trk><trkseg>${timed(0, 0)}${timed(9, 10)}</trkseg></trk>`,
    );
    const report = 'M21 drives 2 points, 0.2 km in 0:10 min';
    expect((await read(Buffer.from(`\uFEFF${text}`, 'utf8'))).report).toBe(report);
    expect((await read(Buffer.from(`\uFEFF${text}`, 'utf16le'))).report).toBe(report);
    expect((await read(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).report).toBe(report);
    expect((await read(Buffer.from(`x${text}`, 'utf8').subarray(1))).report).toBe(report);
  });

  test('needs to be told who drives it; a file that is not there ends nothing', async () => {
    expect((await read(track(timed(0, 0), timed(1, 10)), 'gpx', null)).report).toBe('it names no unit: give it as FILE=CALLSIGN');
    const none = await readTrackFile({ path: join(directory, 'none.gpx'), callsign: 'M21' });
    expect([none.tracks, none.report]).toEqual([[], expect.stringContaining('it cannot be read: ENOENT')]);
  });

  test('300 damaged files are each reported on', async () => {
    const whole = Buffer.from(track(...Array.from({ length: 20 }, (_, index) => timed(index, index * 10))));
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed);
      const bytes = Buffer.from(whole);
      for (let change = random.int(1, 12); change > 0; change--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
      const { tracks, report } = await read(bytes.subarray(0, random.chance(0.3) ? random.int(0, bytes.length) : bytes.length));
      expect(report, `seed ${seed}`).toMatch(/./);
      for (const { track: drive } of tracks)
        for (const ms of [0, drive.durationMs / 3, drive.durationMs]) {
          const { position } = placeAt(drive, ms);
          expect(position.every(Number.isFinite), `seed ${seed}: ${position}`).toBe(true);
        }
    }
  });
});

describe('CSV', () => {
  const lines = [
    `M21;${time(0)};-34,9;-56`,
    `M21;${time(0)};-34.9;-56.16;36`,
    `B02;${time(5)};-34.8;-56.1;`,
    `M21;${time(20)};-34.899;-56.16;36`,
  ];
  const csv = ['Callsign;Time;Lat;Lon;Speed_ms', ...lines, `B02;${time(25)};-34.801;-56.1;`, ''].join('\r\n');

  test('may hold several units, in columns of any order', async () => {
    const { tracks, report } = await read(csv, 'csv', null);
    expect(report).toBe(
      'M21 drives 2 points, 0.1 km in 0:20 min, 1 point left out that are at no place; B02 drives 2 points, 0.1 km in 0:20 min',
    );
    expect(tracks.map(({ callsign, track: drive }) => [callsign, placeAt(drive, 0)])).toEqual([
      ['M21', { position: [-56.16, -34.9], heading: 0, speed: 129.6 }],
      ['B02', { position: [-56.1, -34.8], heading: 180, speed: 20 }],
    ]);
  });

  test.each([
    ['of several units for one', csv, 'M21', 'it holds 2 units: give it without "=M21"'],
    [
      'of one unit for another',
      'lat,lon,unit\n1,1,x\n1,1.01,x',
      'M21',
      'M21 drives 2 points, 1.1 km in 1:20 min, no times: driven at a constant 50 km/h',
    ],
    ['of nobody', 'lat,lon\n1,1\n1,2', null, 'it names no unit: give it as FILE=CALLSIGN'],
    ['without places', 'a,b\n1,2', 'M21', 'its header names no columns "lat" and "lon"'],
    ['with a header alone', 'lat,lon', 'M21', 'no line after its header'],
    ['that is empty', '', 'M21', 'its header names no columns "lat" and "lon"'],
  ])('%s', async (_name, content, callsign, report) => {
    expect((await read(content, 'csv', callsign)).report).toBe(report);
  });
});

test('a place between two is on the short way round the earth', () => {
  const place = (longitude: number, atMs: number) => ({ position: [longitude, 60] as const, heading: null, speed: null, atMs });
  const drive: Track = { points: [place(179.999, 0), place(-179.999, 1_000)], durationMs: 1_000 };
  expect([250, 750].map((ms) => placeAt(drive, ms).position)).toEqual([
    [179.9995, 60],
    [-179.9995, 60],
  ]);
});

test('a drive that was recorded elsewhere is as long and as winding in the city', async () => {
  const { tracks } = await read(
    track('<trkpt lat="60" lon="179.99"/>', '<trkpt lat="60" lon="-179.99"/>', '<trkpt lat="60.01" lon="-179.99"/>'),
  );
  const drive = tracks[0]?.track as Track;
  const moved = movedTo(drive, [-56.16, -34.9]);
  expect([placeAt(moved, 0).position, moved.durationMs]).toEqual([[-56.16, -34.9], drive.durationMs]);
  expect(lengthOf(moved) / lengthOf(drive)).toBeCloseTo(1, 2);
});

test('a replay goes at its pace, rests, begins again, and is believed before the simulator', async () => {
  let now = testNow;
  const said: string[] = [];
  const m21 = buildUnit({ id: testId('2', 21), callsign: 'M21' });
  const hub = createPositionHub(
    createView([m21]),
    () => now,
    () => now,
  );
  const { tracks } = await read(track(timed(0, 0), timed(100, 100)));
  const next = replayTracks({
    hub,
    tracks: [...tracks, ...tracks.map((drive) => ({ ...drive, callsign: 'X99' }))],
    pace: 10,
    clock: () => now,
    monotonicNow: () => now - testNow,
    log: (line) => void said.push(line),
  });
  const rows = Array.from({ length: 13 }, () => {
    const [fix] = next();
    now += 1_000;
    return fix && [Math.round((fix.position[1] + 34.9) * 6_000), fix.heading, fix.speed, fix.source];
  });
  expect(rows).toEqual([
    ...Array.from({ length: 10 }, (_, index) => [index * 10, 0, 67, 'replay']),
    [100, null, 0, 'replay'],
    [0, 0, 67, 'replay'],
    [10, 0, 67, 'replay'],
  ]);
  expect(said).toEqual(['a track is to be driven by X99, which does not exist']);
});
