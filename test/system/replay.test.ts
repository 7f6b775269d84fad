/** What was recorded for replay, of a station that is killed and started again. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ReplayAt, type ReplaySpan, readReplayRecords } from '#contracts/ipc/replay.ts';
import { buildFacility, buildIncident, buildUnit } from '#domain/testing/builders.ts';
import { until } from '#tools/desk.ts';
import { type Hospital, type StationProcess, startHospital, startStationProcess } from './station-process.ts';

type Span = Extract<ReplaySpan, { state: 'found' }>;
type Moment = Extract<ReplayAt, { state: 'found' }>;

const records = [buildFacility(), buildUnit(), buildIncident({ address: 'Canary Street 1' })];
const key = randomBytes(32);
let directory = '';
let hospital: Hospital;
let running: StationProcess;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-replay-'));
  hospital = await startHospital(join(directory, 'hospital.db'), records);
});
afterEach(async () => {
  running.child.kill('SIGKILL');
  await running.exited;
  await hospital.stop();
  rmSync(directory, { recursive: true, force: true });
});
const start = async (environment?: NodeJS.ProcessEnv): Promise<void> => {
  running = startStationProcess({
    directory: join(directory, 'desk'),
    key,
    backendPort: hospital.port,
    ...(environment && { environment }),
  });
  await running.started;
};
const span = async (): Promise<Span> => (await running.call('replaySpan', {})) as Span;
const recordedFrom = () => until('something is recorded', async () => (await span()).from);
const moment = async (at: number): Promise<Moment> => (await running.call('replayAt', { at })) as Moment;

test('a killed station finds what it had written, says what it missed, and leaves no name in clear', async () => {
  await start();
  const from = await recordedFrom();
  running.child.kill('SIGKILL');
  await running.exited;
  await start();
  await until('it records again', async () => (await span()).gaps.length === 1);
  const { gaps, ...rest } = await span();
  expect(rest).toMatchObject({ state: 'found', from });
  const { recorded, records: pages, fixes } = await moment(from);
  expect(recorded).toBe(true);
  expect(pages.flatMap(readReplayRecords)).toEqual(expect.arrayContaining(records));
  expect(fixes.at).toEqual(new Float64Array());
  expect(await moment((gaps[0]?.to ?? 0) - 1)).toMatchObject({ recorded: false, records: [] });
  for (const name of readdirSync(join(directory, 'desk')))
    expect([name, readFileSync(join(directory, 'desk', name)).includes('Canary')]).toEqual([name, false]);
});

test('where no driver loads it is recorded in memory', async () => {
  await start({ VIGIL_STORE: 'memory-wasm' });
  const from = await recordedFrom();
  expect((await moment(from)).records.flatMap(readReplayRecords)).toEqual(expect.arrayContaining(records));
  expect(readdirSync(directory)).toEqual(['hospital.db', 'hospital.db-shm', 'hospital.db-wal']);
});
