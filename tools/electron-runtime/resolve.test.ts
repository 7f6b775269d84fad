import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDisplay } from '../display.ts';
import { createProcessOwner } from '../processes.ts';
import { type ElectronRuntime, resolveElectron } from './resolve.ts';

const processes = createProcessOwner();
let electron: ElectronRuntime;
let display: string | undefined;
let directory: string;

beforeAll(async () => {
  electron = await resolveElectron();
  ({ display } = await withDisplay(processes, { alwaysVirtual: true }));
  directory = await mkdtemp(join(tmpdir(), 'vigil-electron-'));
  await writeFile(
    join(directory, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ show: true }).loadURL('data:text/html,<title>one</title><h1>one window</h1>'));`,
  );
}, 120_000);

afterAll(async () => {
  await processes.stopAll();
  await rm(directory, { recursive: true, force: true });
});

const writeManifest = (manifest: object): Promise<void> => writeFile(join(directory, 'package.json'), JSON.stringify(manifest));

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...process.env, DISPLAY: display }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

test('runs an ES module project with a CommonJS main under Playwright, with its own name, version and arguments', async () => {
  await writeManifest({ name: 'trivial', productName: 'Trivial', version: '1.2.3', type: 'module', main: 'main.cjs' });
  const launched = await _electron.launch({
    executablePath: electron.executable,
    args: [...electron.argumentsFor(directory), '--word=yes'],
    env: environment(),
  });
  try {
    const page = await launched.firstWindow();
    const answer = await launched.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      path: app.getAppPath(),
      packaged: app.isPackaged,
      word: app.commandLine.getSwitchValue('word'),
      electron: process.versions.electron,
    }));
    expect({ ...answer, heading: await page.textContent('h1') }).toEqual({
      name: 'Trivial',
      version: '1.2.3',
      path: directory,
      packaged: false,
      word: 'yes',
      electron: electron.version,
      heading: 'one window',
    });
    const webgl = await page.evaluate('document.createElement("canvas").getContext("webgl2") !== null');
    expect(webgl).toBe(true);
  } finally {
    await launched.close();
  }
}, 60_000);

test('fails loudly, instead of hanging, when the application has no version', async () => {
  if (electron.kind !== 'registry') return;
  await writeManifest({ name: 'trivial', main: 'main.cjs' });
  const failing = promisify(execFile)(electron.executable, electron.argumentsFor(directory), {
    env: environment(),
    timeout: 20_000,
  });
  await expect(failing).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('lacks a name, a version or a main') });
}, 30_000);

test('refuses an Electron that is not there', async () => {
  process.env['VIGIL_ELECTRON_DIST'] = directory;
  try {
    await expect(resolveElectron()).rejects.toThrow(`there is no Electron at ${join(directory, 'electron')}`);
  } finally {
    delete process.env['VIGIL_ELECTRON_DIST'];
  }
});
