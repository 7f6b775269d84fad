// Every npm script comes through here. Plain JavaScript, because it must run under the machine's own Node (20 or newer) before
// anything is installed. It installs the dependencies when they differ from the lock file, and hands everything else to the
// pinned Node 24 that came with them: `run.ts setup COMMAND`, then `run.ts COMMAND …`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modernNode = join(root, 'node_modules/.bin/node');
const commands = [
  'start',
  'test',
  'check',
  'bench',
  'build',
  'backend',
  'console',
  'licences',
  'audit',
  'outbox',
  'faults',
  'fuzz',
  'soak',
];
const [command, ...rest] = process.argv.slice(2);
if (!commands.includes(command)) {
  console.error(`usage: node tools/bootstrap.mjs ${commands.join('|')} [options]`);
  process.exit(2);
}

// One child at a time; a signal to this process is passed on, and the child decides how it ends.
let running;
function passOn(signal) {
  if (!running) process.exit(128 + constants.signals[signal]);
  try {
    if (running.ownGroup) process.kill(-running.child.pid, signal);
    else running.child.kill(signal);
  } catch {
    // It ended in the same moment.
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, passOn);

/** The processes from here up to npm, as text: this one's parent, and when that is npm's shell, the shell's parent as well. */
function wayToNpm() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const isShell = /^\d+ \((sh|dash|bash)\)/.test(stat);
    return isShell ? `${parent} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}

// A signal to npm alone ends npm, or its shell, and goes no further: whoever started this through npm wants it to end too.
if (process.env.npm_lifecycle_event) {
  const first = wayToNpm();
  const watch = setInterval(() => {
    if (wayToNpm() === first) return;
    clearInterval(watch);
    passOn('SIGTERM');
  }, 500);
  watch.unref();
}

/** Runs a program to its end and resolves to its exit code; 128 + n when signal n ended it. */
function runProgram(program, args, { ownGroup = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, detached: ownGroup, ...options });
    running = { child, ownGroup };
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      running = undefined;
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Whether what npm says it installed is what the lock file asks for. */
function dependenciesMatchLock() {
  const installedPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath) || !existsSync(modernNode)) return false;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    return present
      ? present.version === entry.version && present.integrity === entry.integrity
      : Boolean(entry.optional || entry.peer);
  });
}

async function installDependencies() {
  const started = Date.now();
  console.log('set-up: dependencies: npm ci (about 400 MB, half a minute to two the first time) …');
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const npm = (errors, ...args) =>
    runProgram(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, '--loglevel=error'], {
      ownGroup: true,
      stdio: ['ignore', 'ignore', errors],
      env,
    });
  // No package may run its scripts, whatever npm's version makes of `allowScripts`; only `node` needs one, to fetch its binary.
  // `npm ci` is exact but refuses a lock written where the registry lacked a foreign platform's packages: `npm install` does not.
  let code = await npm('ignore', 'ci', '--ignore-scripts');
  if (code !== 0 && code < 128) code = await npm('inherit', 'install', '--no-save', '--ignore-scripts');
  if (code === 0) code = await npm('inherit', 'rebuild', 'node');
  if (code !== 0) {
    console.error(`set-up: the dependencies could not be installed (npm: exit ${code})`);
    process.exit(code);
  }
  console.log(`set-up: dependencies: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Two commands typed at once must not set up the same checkout at once. Resolves to the function that lets the next one in. */
async function lockSetUp() {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const lock = join(tmpdir(), `vigil-set-up-${userInfo().uid}-${name}`);
  for (let announced = false; ; ) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      const release = () => rmSync(lock, { recursive: true, force: true });
      process.on('exit', release);
      return () => {
        process.off('exit', release);
        release();
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pidFile = join(lock, 'pid');
    const holder = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined;
    if (holder && !isAlive(holder)) rmSync(lock, { recursive: true, force: true });
    else if (!announced) {
      announced = true;
      console.log(`set-up: waiting for another set-up of this checkout${holder ? ` (process ${holder})` : ''} …`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The IPC channel carries nothing: its end tells the tool that this process is gone, however it went. */
const runTool = (args) => runProgram(modernNode, ['tools/run.ts', ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });

const unlock = await lockSetUp();
if (!dependenciesMatchLock()) await installDependencies();
const prepared = await runTool(['setup', command, ...rest]);
unlock();
process.exit(prepared === 0 ? await runTool([command, ...rest]) : prepared);
