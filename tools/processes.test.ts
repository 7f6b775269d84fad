import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createProcessOwner, groupMembers } from './processes.ts';

const processes = createProcessOwner();
afterEach(() => processes.stopAll());

const node = process.execPath;
const readPid = (line: string): number | undefined => (/^pid \d+$/.test(line) ? Number(line.slice(4)) : undefined);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const isGone = async (pid: number, withinMs: number): Promise<boolean> => {
  for (const end = performance.now() + withinMs; performance.now() < end; await delay(20)) if (!isAlive(pid)) return true;
  return false;
};

const stays = 'setInterval(() => {}, 1000);';
const ignoresTerm = `process.on('SIGTERM', () => {}); ${stays}`;
const hasChild = (child: string): string =>
  `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); console.log('pid ' + c.pid); ${stays}`;

test('tells lines and exit of a process that ends by itself', async () => {
  const started = processes.start('one', node, ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3'], {
    log: 'silent',
  });
  expect(await started.waitForLine((line) => (line === 'err' ? line : undefined), 5_000)).toBe('err');
  expect(await started.exited).toEqual({ code: 3, signal: null });
  expect([...started.recentLines()].sort()).toEqual(['err', 'out']);
});

test('rejects with the last words when the awaited line never comes', async () => {
  const started = processes.start('one', node, ['-e', 'console.log("last words")'], { log: 'silent' });
  await expect(started.waitForLine(() => undefined, 5_000)).rejects.toThrow('one ended (exit 0)\n  last words');
});

test('tells of a program that does not exist', async () => {
  expect((await processes.start('none', '/no/such/program', [], { log: 'silent' }).exited).code).toBe(127);
});

test('ends a whole group, and with force what does not listen', async () => {
  const started = processes.start('parent', node, ['-e', hasChild(`console.log('ready'); ${ignoresTerm}`)], { log: 'silent' });
  const child = await started.waitForLine(readPid, 5_000);
  await delay(300);
  expect(groupMembers(started.pid)).toEqual([started.pid, child]);
  const before = performance.now();
  await started.stop(500);
  expect(performance.now() - before).toBeGreaterThan(450);
  expect(groupMembers(started.pid)).toEqual([]);
});

test('ends children whose parent was killed', async () => {
  const started = processes.start('parent', node, ['-e', hasChild(stays)], { log: 'silent' });
  const child = await started.waitForLine(readPid, 5_000);
  process.kill(started.pid, 'SIGKILL');
  expect(await started.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(groupMembers(started.pid)).toEqual([child]);
  await processes.stopAll();
  expect(groupMembers(started.pid)).toEqual([]);
});

test('writes a log file with times, made new at each start', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vigil-log-'));
  const file = join(directory, 'logs/one.log');
  for (const word of ['first', 'second']) {
    await processes.start('one', node, ['-e', `console.log(${JSON.stringify(word)})`], { log: { file } }).exited;
    await delay(100);
  }
  expect(await readFile(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT\S+Z second\n$/);
  await rm(directory, { recursive: true, force: true });
});

/** A process that owns another one the way the tools do, and says the other's pid. */
const ownerScript = (ending: string): string => `
  import { createProcessOwner } from ${JSON.stringify(fileURLToPath(new URL('./processes.ts', import.meta.url)))};
  const processes = createProcessOwner();
  const child = processes.start('child', process.execPath, ['-e', ${JSON.stringify(stays)}], { log: 'silent' });
  console.log('pid ' + child.pid);
  ${ending}`;

test('leaves nothing behind when the owner itself is killed outright', async () => {
  const owner = spawn(node, ['--input-type=module', '-e', ownerScript(stays)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  const child = readPid(line) ?? -1;
  await delay(200);
  expect(isAlive(child)).toBe(true);
  owner.kill('SIGKILL');
  expect(await isGone(child, 3_000)).toBe(true);
});

const parentEnds = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

test.each(parentEnds)('a tool ends what it started when its own parent gets %s', async (signal) => {
  // The parent stands for the bootstrap: it starts the tool with a channel, passes signals on, and may be killed outright.
  const tool = `process.argv.splice(2); ${ownerScript(`
    const end = async () => { await processes.stopAll(); process.exit(0); };
    process.on('SIGINT', end); process.on('SIGTERM', end); process.on('disconnect', end); process.channel?.unref(); ${stays}`)}`;
  const parentScript = `
    const child = require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(tool)}],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => child.kill(s));
    child.on('exit', () => process.exit(0));`;
  const parent = spawn(node, ['-e', parentScript], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const grandchild = readPid(line) ?? -1;
  await delay(200);
  expect(isAlive(grandchild)).toBe(true);
  parent.kill(signal);
  expect(await isGone(grandchild, 5_000)).toBe(true);
});
