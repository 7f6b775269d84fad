import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { connectStation, helloOf } from './testing/station.ts';

const directory = mkdtempSync(join(tmpdir(), 'vigil-backend-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

const run = (args: readonly string[], input: 'ignore' | 'pipe' = 'ignore') => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { stdio: [input, 'pipe', 'pipe'] });
  children.add(child);
  return child;
};
const listening = async (child: ChildProcess): Promise<number> => {
  if (!child.stdout) throw new Error('No output.');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { listening: port, pid } = JSON.parse(line) as { listening: number; pid: number };
  expect(pid).toBe(child.pid);
  return port;
};
const ended = async (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null ? child.exitCode : ((await once(child, 'exit')) as [number | null])[0];
const health = async (port: number) =>
  (await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as { rev: number; epoch: string };

describe('the process', () => {
  test('lives, ends on SIGTERM within a second, and goes on from its file with the same epoch', async () => {
    const data = join(directory, 'one', 'hospital.db');
    const first = run(['--data', data, '--speed', '10']);
    const port = await listening(first);
    const before = await health(port);
    const station = connectStation(port);
    station.send(helloOf(randomUUID()));
    expect((await station.next('welcome')).start.mode).toBe('snapshot');
    expect((await station.next('telemetry')).readings.length).toBeGreaterThan(10);
    expect((await station.next('poke')).base).toBeGreaterThanOrEqual(before.rev);
    const asked = performance.now();
    first.kill('SIGTERM');
    expect(await ended(first)).toBe(0);
    expect(performance.now() - asked).toBeLessThan(1_000);
    const second = run(['--data', data]);
    const after = await health(await listening(second));
    expect(after.epoch).toBe(before.epoch);
    expect(after.rev).toBeGreaterThanOrEqual(before.rev);
    second.kill('SIGKILL');
  }, 30_000);

  test('ends with its parent: the pipe it reads from, or the process it was told', async () => {
    const piped = run(['--no-simulator'], 'pipe');
    await listening(piped);
    piped.stdin?.end();
    expect(await ended(piped)).toBe(0);
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
    children.add(parent);
    const child = run(['--no-simulator', '--parent-pid', String(parent.pid)]);
    await listening(child);
    parent.kill('SIGKILL');
    expect(await ended(child)).toBe(0);
  }, 30_000);

  test.each([
    [['--speed', '99'], 2, '--speed must be a whole number from 1 to 60, not "99".'],
    [['--port', 'x'], 2, '--port must be a whole number from 0 to 65535, not "x".'],
    [['--frobnicate'], 2, 'frobnicate'],
    [['--memory', '--data', 'x'], 2, '--memory and --data exclude each other.'],
    [['--replay', join(directory, 'nothing.csv')], 1, 'cannot start'],
    [['--osmand-host', '0.0.0.0'], 2, '--osmand-host needs --osmand-port.'],
    [['--mqtt-url', 'broker:1883'], 2, '--mqtt-url must be the address of a broker'],
    [['--mqtt-url', 'mqtts://user:secret@broker'], 2, '--mqtt-url must hold no user'],
    [['--position-devices', join(directory, 'nothing.json')], 1, 'The list of devices cannot be read'],
  ])('%j is refused with a sentence', async (args, code, sentence) => {
    const child = run(args);
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    expect(await ended(child)).toBe(code);
    expect(said).toContain(sentence);
  });
});
