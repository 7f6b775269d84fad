import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boards } from '#contracts/ipc/main-window.ts';
import { type Desk, isAlive, liveText, openDesk, temporaryDirectory, until } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { consoleArguments, consoleEnvironment } from '#tools/launch.ts';
import { processTree } from '#tools/memory.ts';
import { projectDirectory } from '#tools/places.ts';
import { createProcessOwner } from '#tools/processes.ts';

const processes = createProcessOwner();
let electron: ElectronRuntime;
let display: string | undefined;
let backend: { readonly url: string };
let hospital: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  [electron, hospital] = await Promise.all([resolveElectron(), temporaryDirectory()]);
  display = (await withDisplay(processes)).display;
  const named = ['--port', '0', '--data', hospital.path, '--seed', '7', '--expose-state'];
  const started = processes.start('backend', process.execPath, [join(projectDirectory, 'backend/main.ts'), ...named], {
    log: 'silent',
  });
  const port = await started.waitForLine((line) => /"listening":(\d+)/.exec(line)?.[1], 60_000);
  backend = { url: `http://127.0.0.1:${port}` };
});
afterAll(async () => {
  await processes.stopAll();
  await hospital?.remove();
});

const signal = (pid: number | undefined, name: NodeJS.Signals): number => {
  if (pid === undefined) throw new Error('there is no such process');
  process.kill(pid, name);
  return pid;
};

describe('a desk whose station is a Node child', () => {
  let data: Awaited<ReturnType<typeof temporaryDirectory>>;
  let desk: Desk;
  beforeAll(async () => {
    data = await temporaryDirectory();
    desk = await openDesk({ electron, display, backend: backend.url, data: data.path });
  });
  afterAll(async () => {
    await desk?.close();
    await data?.remove();
  });

  test('every board paints rows that came from the backend', async () => {
    for (const board of boards) expect(await liveText(await desk.page(board))).toContain('LIVE');
    expect(desk.app.windows()).toHaveLength(boards.length);
    const answer = await fetch(`${backend.url}/state?kinds=bed`);
    const { records } = (await answer.json()) as { readonly records: { readonly bed: readonly { readonly label: string }[] } };
    const page = await desk.page('beds');
    const painted = await page.evaluate(() => document.body.textContent ?? '');
    expect(records.bed.length).toBeGreaterThan(0);
    expect(records.bed.filter(({ label }) => !painted.includes(label))).toEqual([]);
  });

  test('a page has no Node and cannot leave, open, ask for a device, or run text as code', async () => {
    const page = await desk.page('beds');
    const seen = await page.evaluate(async () => {
      const tryTo = async (act: () => unknown): Promise<string> => {
        try {
          return String(await act());
        } catch (error) {
          return (error as Error).name;
        }
      };
      const script = document.createElement('script');
      script.textContent = 'window.inline = true';
      document.head.append(script);
      const status = (path: string): Promise<string> => tryTo(async () => (await fetch(path)).status);
      window.location.href = 'https://example.com/';
      return {
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
        bridge: Object.keys((window as unknown as { vigil: object }).vigil),
        // In a task of its own: within its own evaluation the debugger lifts the policy.
        evaluated: await new Promise((resolve) => setTimeout(() => resolve(tryTo(() => new Function('return 1')())), 10)),
        inline: 'inline' in window,
        opened: window.open('vigil://app/index.html'),
        remote: await tryTo(() => fetch('https://example.com/')),
        file: await tryTo(() => fetch('file:///etc/passwd')),
        geolocation: await tryTo(
          () =>
            new Promise((_, reject) =>
              navigator.geolocation.getCurrentPosition(
                () => undefined,
                () => reject(new TypeError()),
              ),
            ),
        ),
        traversal: await Promise.all(
          ['/%2e%2e%2f%2e%2e%2fpackage.json', '/..%5c..%5cpackage.json', '/../main/main.cjs'].map(status),
        ),
        page: await status('/index.html'),
      };
    });
    expect(seen).toEqual({
      node: [],
      bridge: ['connect'],
      evaluated: 'EvalError',
      inline: false,
      opened: null,
      remote: 'TypeError',
      file: 'TypeError',
      geolocation: 'TypeError',
      traversal: ['404', '404', '404'],
      page: '200',
    });
    expect(page.url().split('#')[0]).toBe('vigil://app/index.html');
    expect(desk.app.windows()).toHaveLength(boards.length);
  });

  test('the map’s tiles come over our scheme', async () => {
    const page = await desk.page('map');
    const tiles = await page.evaluate(async () => {
      const answer = await fetch('vigil://tiles/0/0/0');
      const montevideo = await fetch('vigil://tiles/14/5600/9900');
      const nothing = await fetch('vigil://tiles/a/b').catch(() => null);
      return {
        statuses: [answer.status, montevideo.status].every((status) => [200, 204].includes(status)),
        isBadServed: nothing?.ok ?? false,
      };
    });
    expect(tiles).toEqual({ statuses: true, isBadServed: false });
  });

  test('a second instance says why and ends', async () => {
    const args = consoleArguments({ electron, backend: backend.url, data: data.path });
    const second = spawn(electron.executable, args, { env: { ...process.env, ...consoleEnvironment(display) } });
    let said = '';
    second.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect({ code, said: said.includes('already runs at this desk') }).toEqual({ code: 0, said: true });
  });

  test('a window that dies is replaced, the others untouched', async () => {
    const [beds, alarms] = [await desk.page('beds'), await desk.page('alarms')];
    await alarms.evaluate(() => Object.assign(window, { untouched: true }));
    const gone = new Promise((resolve) => beds.once('crash', resolve).once('close', resolve));
    await desk.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ title }) => title.includes('Beds'));
      window?.webContents.forcefullyCrashRenderer();
    });
    await gone;
    await liveText(await desk.page('beds', 10_000), 10_000);
    expect(await alarms.evaluate(() => 'untouched' in window)).toBe(true);
  });

  test('a window that hangs is replaced within 12 s', async () => {
    const triage = await desk.page('triage');
    // A page that starts is given more time: this one must have started.
    await triage.waitForFunction(() => performance.now() > 8_000, undefined, { timeout: 10_000 });
    void triage
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    await until('the report', () => desk.lines().find((line) => line.includes('triage window does not answer')), 10_500);
    await liveText(await desk.page('triage', 5_000), 5_000);
  });

  test('what nobody expected in main is said on the strip, in no dialog, and the desk goes on', async () => {
    await desk.app.evaluate(() => {
      setTimeout(() => {
        throw new TypeError('a name that must not be said');
      });
      void Promise.reject(new RangeError('nobody waits for this'));
    });
    const page = await desk.page('beds');
    await page.waitForFunction(() => document.body.textContent.includes('Part of this desk failed and it goes on.'));
    const said = desk.lines().filter((line) => line.includes('went on after'));
    expect(said.map((line) => /TypeError|RangeError/.exec(line)?.[0]).sort()).toEqual(['RangeError', 'TypeError']);
    expect(said.join()).not.toContain('must not be said');
    expect(await liveText(page)).toContain('LIVE');
  });

  test('kill -9 of the station: the windows say so, it comes back, rows and link again', async () => {
    const page = await desk.page('beds');
    const killed = signal(desk.stationPid(), 'SIGKILL');
    await page.waitForSelector('.frame:not([data-link="live"])', { timeout: 5_000 });
    const back = await until('another station', () => {
      const pid = desk.stationPid();
      return pid === killed ? undefined : pid;
    });
    expect(back).not.toBe(killed);
    for (const board of boards) await liveText(await desk.page(board), 15_000);
  });

  test('kill -9 of main: nothing of it is left within 3 s', async () => {
    const family = processTree(desk.mainPid);
    expect(family.length).toBeGreaterThan(boards.length);
    signal(desk.mainPid, 'SIGKILL');
    await until('the end of every process', () => (family.some(isAlive) ? undefined : true), 3_000);
  });
});

describe('a desk whose station is a utility process and holds the ports itself', () => {
  test('the same boards, and it comes back too', async () => {
    const data = await temporaryDirectory();
    const env = { VIGIL_STATION_HOST: 'utility', VIGIL_STORE: 'memory-wasm' };
    const desk = await openDesk({
      electron,
      display,
      backend: backend.url,
      data: data.path,
      env,
      arguments: ['--board=beds,alarms'],
    });
    try {
      for (const board of ['beds', 'alarms'] as const) expect(await liveText(await desk.page(board))).toContain('LIVE');
      const page = await desk.page('beds');
      await page.waitForSelector('html[data-copy="whole"]');
      expect(desk.lines().filter((line) => line.includes('the station ended'))).toEqual([]);
      const killed = signal(desk.stationPid(), 'SIGKILL');
      await page.waitForSelector('.frame:not([data-link="live"])', { timeout: 5_000 });
      await until('another station', () => {
        const pid = desk.stationPid();
        return pid !== undefined && pid !== killed ? pid : undefined;
      });
      await liveText(page);
      await page.waitForSelector('html[data-copy="whole"]');
      expect(desk.lines().filter((line) => line.includes('the station ended'))).toHaveLength(1);
    } finally {
      await desk.close();
      await data.remove();
    }
  });
});
