/** Three real sources drive three units from the hospital's process to a desk's: a tracker, a phone through a broker, a recording. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshness } from '#domain/rules/freshness.ts';
import { type StationProcess, startStationProcess, until } from './station-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'vigil-positions-'));
const ends: (() => Promise<void> | void)[] = [];
let hospital: ChildProcess;
let desk: StationProcess;
let tracker = '';
let brokerPort = 0;
let said = '';

const startBroker = async (): Promise<void> => {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  brokerPort = (server.address() as AddressInfo).port;
  ends.push(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => broker.close(resolve));
    await closed;
  });
};

const point = (step: number) =>
  `<trkpt lat="${(-34.9 + step / 2_000).toFixed(6)}" lon="-56.16"><time>${new Date(1_600_000_000_000 + step * 5_000).toISOString()}</time></trkpt>`;

beforeAll(async () => {
  await startBroker();
  const track = Array.from({ length: 200 }, (_, step) => point(step)).join('');
  writeFileSync(join(directory, 'drive.gpx'), `<gpx><trk><trkseg>${track}</trkseg></trk></gpx>`);
  const sources = { vehicle: { priority: 10 }, 'crew phone': { priority: 20 } };
  const devices = [
    { device: '1001', callsign: 'M01', source: 'vehicle' },
    { device: 'crew/b01', callsign: 'B01', source: 'crew phone' },
  ];
  writeFileSync(join(directory, 'units.json'), JSON.stringify({ sources, devices }));
  hospital = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../../backend/main.ts'),
      ...['--osmand-port', '0', '--mqtt-url', `mqtt://127.0.0.1:${brokerPort}`],
      ...['--position-devices', join(directory, 'units.json'), '--track', `${join(directory, 'drive.gpx')}=C01`],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  ends.push(() => void hospital.kill('SIGKILL'));
  hospital.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  if (!hospital.stdout) throw new Error('No output.');
  const [line] = (await once(createInterface({ input: hospital.stdout }), 'line')) as [string];
  const { listening, osmand } = JSON.parse(line) as { listening: number; osmand: number };
  tracker = `http://127.0.0.1:${osmand}`;
  desk = startStationProcess({ directory: join(directory, 'desk'), key: randomBytes(32), backendPort: listening });
  ends.push(async () => {
    await desk.stop();
  });
  await until('live', () => desk.frame()?.link.state === 'live' && desk.frame()?.person !== null, 20_000);
  await until('the broker is heard', () => said.includes('listening for phones'));
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(directory, { recursive: true, force: true });
});

const unitCalled = (callsign: string) => {
  for (const { record } of desk.records.values())
    if (record.kind === 'unit' && 'callsign' in record && record.callsign === callsign) return record;
  throw new Error(`There is no ${callsign}.`);
};
const fixOf = (callsign: string) => desk.positions.get(unitCalled(callsign).id);
const reportAt = async (latitude: number, claimedAt: number, more = '') =>
  (await fetch(`${tracker}/?id=1001&lat=${latitude}&lon=-56.2&timestamp=${claimedAt}&speed=20&bearing=45${more}`)).status;

test('a tracker, a phone and a recording each drive a unit up to the desk, with source, course and skew', async () => {
  await until('everybody is on the map', () => desk.positions.size >= 40);
  const sent = Date.now();
  expect(await reportAt(-34.85, sent)).toBe(200);
  await until('the tracker', () => fixOf('M01')?.source === 'vehicle');
  const shownAfter = Date.now() - sent;
  expect(fixOf('M01')).toMatchObject({ position: [-56.2, -34.85], heading: 45, speed: 37, observedAt: sent });
  expect(shownAfter).toBeLessThan(2_500);

  const phone = await connectAsync(`mqtt://127.0.0.1:${brokerPort}`);
  ends.push(() => phone.endAsync(true));
  const location = {
    _type: 'location',
    lat: -34.87,
    lon: -56.21,
    tst: Math.floor(Date.now() / 1_000),
    vel: 40,
    cog: 270,
    acc: 9,
  };
  await phone.publishAsync('owntracks/crew/b01', JSON.stringify(location), { qos: 1 });
  await until('the phone', () => fixOf('B01')?.source === 'crew phone');
  expect(fixOf('B01')).toMatchObject({ position: [-56.21, -34.87], heading: 270, speed: 40, accuracy: 9 });

  await until('the recording', () => fixOf('C01')?.source === 'replay');
  const before = fixOf('C01');
  await until('it drives on', () => (fixOf('C01')?.position[1] ?? 0) > (before?.position[1] ?? 0));
  expect(fixOf('C01')).toMatchObject({ heading: 0, speed: 40 });
  expect(said).toContain('C01 drives 200 points, 11.1 km in 16:35 min');
});

test('a clock that is two hours ahead is shown as such, and moves the unit on when it is put right', async () => {
  expect(await reportAt(-34.8502, Date.now() + 7_200_000)).toBe(200);
  await until('the skew', () => fixOf('M01')?.skewMs !== undefined);
  const skewed = fixOf('M01');
  if (!skewed) throw new Error('M01 is nowhere.');
  expect(Math.round((skewed.skewMs ?? 0) / 60_000)).toBe(120);
  expect(skewed.observedAt).toBeLessThanOrEqual(Date.now());
  expect(freshness('unitFix', skewed, Date.now())).toMatchObject({ state: 'live', skewed: true });
  expect(await reportAt(-34.8504, Date.now())).toBe(200);
  await until('it goes on', () => fixOf('M01')?.position[1] === -34.8504);
  expect(fixOf('M01')?.skewMs).toBeUndefined();
});

test('a source that is cut off turns late, stale and lost; the simulator does not take its place', async () => {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const [last, other] = [fixOf('M01'), fixOf('M02')];
  if (!last) throw new Error('M01 is nowhere.');
  expect([last.source, last.position[1], other?.source]).toEqual(['vehicle', -34.8504, 'simulator']);
  const after = (seconds: number) => freshness('unitFix', last, last.receivedAt + seconds * 1_000).state;
  expect([1, 60, 61, 301, 1_801].map(after)).toEqual(['live', 'live', 'late', 'stale', 'lost']);
});

test('a device that nobody listed is told so and can be found', async () => {
  expect((await fetch(`${tracker}/?id=2002&lat=-34.8&lon=-56.2`)).status).toBe(404);
  const unknown = (await (await fetch(`${tracker}/positions/unknown`)).json()) as { device: string }[];
  expect(unknown.map(({ device }) => device)).toEqual(['2002']);
  expect(said).toContain('the device "2002" reports by HTTP and is not in the list of devices');
});
