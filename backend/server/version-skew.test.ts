/** A station of version 1, as it was recorded when version 1 was the newest, at the present backend. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { buildDevice, buildUnit } from '#domain/testing/builders.ts';
import { area, assignInput } from '../testing/hospital.ts';
import { serveHospital } from '../testing/served.ts';
import { helloOf } from '../testing/station.ts';

type Said = Readonly<Record<string, unknown>> & { readonly type: string };
const transcript = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../contracts/wire/testing/version-1.json'), 'utf8'),
) as readonly ({ readonly up: Said; readonly down?: undefined } | { readonly up?: undefined; readonly down: Said })[];

/** Every field with its place, values left out: what a reader of version 1 must know to read it. */
const fieldsOf = (value: unknown, place = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((inner) => fieldsOf(inner, `${place}[]`));
  if (typeof value !== 'object' || value === null) return [place];
  return Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, `${place}.${key}`));
};
const spoken = (messages: readonly Said[]) => [...new Set(messages.flatMap((message) => fieldsOf(message, message.type)))].sort();

test('V1 a station of version 1 is answered as version 1 answered it, field for field', async () => {
  const { hospital, server, end } = await serveHospital();
  const { core, envelope } = hospital;
  const heard: Said[] = [];
  const said: Said[] = [];
  const connect = () => {
    const socket = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'], reconnection: false, forceNew: true });
    socket.on('down', (message: Said) => heard.push(message));
    return (message: Said) => {
      said.push(message);
      socket.emit('up', message);
      return socket;
    };
  };
  const count = (type: string) => heard.filter((message) => message.type === type).length;
  const snapshotId = () => (heard[0] as unknown as { readonly start: { readonly snapshotId: string } }).start.snapshotId;
  const [hello, again] = transcript.flatMap(({ up }) => (up?.type === 'hello' ? [up] : []));
  if (!hello || !again) throw new Error('The transcript has no hello.');

  const say = connect();
  say(hello);
  await expect.poll(() => count('welcome')).toBe(1);
  say({ type: 'page', snapshotId: snapshotId(), after: null });
  for (const { up } of transcript) if (up?.type === 'pulse' || up?.type === 'signIn') say(up);
  await expect.poll(() => [count('page'), count('pulse'), count('signedIn')]).toEqual([1, 1, 1]);
  for (const left of [1, 0]) {
    say({ type: 'commands', commands: [{ envelope: envelope('assignBed', assignInput), ageMs: left }] });
    await expect.poll(() => count('poke')).toBe(2 - left);
  }
  core.commit([buildUnit()], [{ kind: 'area', id: area.id }]);
  for (const { down } of transcript) if (down?.type === 'telemetry') server.offerTelemetry(down.fixes as [], down.readings as []);
  await expect.poll(() => [count('poke'), count('telemetry')]).toEqual([3, 1]);
  const first = connect();
  first({ ...again, streams: { facility: { epoch: core.epoch, cursor: 1 } } });
  await expect.poll(() => [count('welcome'), count('poke')]).toEqual([2, 4]);
  first({ type: 'page', snapshotId: buildDevice().id, after: null }).close();
  await end();

  const recorded = transcript.flatMap(({ down }) => (down ? [down] : []));
  const others = (message: Said) => message.type !== 'refused';
  expect(spoken(heard.filter(others))).toEqual(spoken(recorded.filter(others)));
  expect(heard[0]?.protocol).toBe(1);
});

test('V2 a station that is two versions away is told which side to update', async () => {
  const { connect, end } = await serveHospital();
  const answers = [];
  for (const step of [1, 2, -2]) {
    const station = connect();
    const hello = { ...(helloOf(buildDevice().id) as object), protocol: PROTOCOL_VERSION + step, later: 'unknown' };
    station.send(hello);
    answers.push(step === 1 ? (await station.next('welcome')).protocol : (await station.next('refused')).error);
    station.close();
  }
  expect(answers).toEqual([
    PROTOCOL_VERSION,
    { code: 'unknownVersion', message: "The hospital speaks version 2, this desk 4. Update the hospital's server." },
    { code: 'unknownVersion', message: 'The hospital speaks version 2, this desk 0. Update this desk.' },
  ]);
  await end();
});
