import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, boards } from '#contracts/ipc/main-window.ts';
import { PROTOCOL_VERSION, versionsApart } from '#contracts/wire/version.ts';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { databaseFile } from '#station/store/open-store.ts';
import { type Desk, liveText, openDesk, temporaryDirectory, until } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { startBackend } from '#tools/launch.ts';
import { createProcessOwner } from '#tools/processes.ts';
import { type Line, openLine } from './line.ts';

const processes = createProcessOwner();
/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:9';
let electron: ElectronRuntime;
let display: string | undefined;
let hospital: Awaited<ReturnType<typeof temporaryDirectory>>;
let line: Line;
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let stationDirectory: string;
let hasOwnDisk = false;

/** A disk of 48 MB for the station alone, so that it can be filled; only root can make one. */
const mountSmallDisk = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', stationDirectory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  [electron, data, hospital] = await Promise.all([resolveElectron(), temporaryDirectory(), temporaryDirectory()]);
  stationDirectory = join(data.path, 'station');
  mkdirSync(stationDirectory, { mode: 0o700 });
  hasOwnDisk = mountSmallDisk();
  display = (await withDisplay(processes)).display;
  const backend = await startBackend(processes, { simulator: { seed: 7 }, data: hospital.path, log: 'silent' });
  line = await openLine(backend.url);
});
afterAll(async () => {
  await line?.close();
  await processes.stopAll();
  if (hasOwnDisk) execFileSync('umount', ['--lazy', stationDirectory]);
  await data?.remove();
  await hospital?.remove();
});

const open = (backend: string, ...given: readonly string[]): Promise<Desk> =>
  openDesk({ electron, display, backend, data: data.path, arguments: given });
const says = (page: Page, text: string, timeout = 15_000): Promise<unknown> =>
  page.waitForFunction((wanted) => document.body.textContent.includes(wanted), text, { timeout });
const everyWindowSays = async (desk: Desk, text: string, shown: readonly Board[] = boards, timeout = 15_000): Promise<void> => {
  for (const board of shown) await says(await desk.page(board), text, timeout);
};
const everyWindowIs = async (desk: Desk, link: string, shown: readonly Board[] = boards): Promise<void> => {
  for (const board of shown) await (await desk.page(board)).waitForSelector(`.frame[data-link="${link}"]`, { timeout: 20_000 });
};
/** How many things of the hospital each board shows. */
const shownOn = async (desk: Desk): Promise<Readonly<Record<Board, number>>> => {
  const count = async (board: Board, selector: string): Promise<number> => (await desk.page(board)).locator(selector).count();
  const units = await (await desk.page('map')).locator('[data-map-board]').getAttribute('data-units');
  return {
    map: Number(units ?? 0),
    beds: await count('beds', '.bed'),
    triage: await count('triage', '[data-encounter]'),
    alarms: await count('alarms', '.mon__n'),
  };
};
const everything = { map: true, beds: true, triage: true, alarms: true };
const areShown = (counts: Readonly<Record<Board, number>>): typeof everything => ({
  map: counts.map > 0,
  beds: counts.beds > 0,
  triage: counts.triage > 0,
  alarms: counts.alarms > 0,
});

describe('a desk with a damaged tile archive, at a hospital that misbehaves', () => {
  let desk: Desk;
  beforeAll(async () => {
    const tiles = join(data.path, 'damaged.pmtiles');
    writeFileSync(tiles, randomBytes(65_536));
    desk = await open(line.url, `--tiles=${tiles}`);
  });
  afterAll(async () => desk?.close());

  test('the map says that its background is missing, units stay live, every window knows why', async () => {
    for (const board of boards) await liveText(await desk.page(board));
    const map = await desk.page('map');
    await says(map, 'Map background unavailable, incident data is still live.');
    await until('units on the map', async () => areShown(await shownOn(desk)).map || undefined);
    await everyWindowSays(desk, 'The map tiles of this desk cannot be read');
    expect(areShown(await shownOn(desk))).toEqual(everything);
  });

  test('a malformed message is a trouble on every window; the boards stay and the link comes back', async () => {
    line.say({ type: 'poke', base: 'yesterday', rows: [] });
    await everyWindowSays(desk, 'The hospital sent what this desk cannot read');
    expect(areShown(await shownOn(desk))).toEqual(everything);
    await everyWindowIs(desk, 'live');
  });

  test('an oversized message likewise', async () => {
    line.say({ type: 'refused', error: { code: 'busy', message: 'x'.repeat(5 * 1024 * 1024) } });
    await everyWindowSays(desk, 'The hospital sent a message that is too large to be read.');
    expect(areShown(await shownOn(desk))).toEqual(everything);
    await everyWindowIs(desk, 'live');
  });

  test('10 s without a heartbeat: every window says that device alarms do not reach it', async () => {
    const sentence = 'Device alarms are not reaching this desk: watch the monitors.';
    line.isMute = true;
    await everyWindowIs(desk, 'stale');
    await says(await desk.page('beds'), sentence, 8_000);
    const said = await Promise.all(
      boards.map(async (board) => {
        const page = await desk.page(board);
        await says(page, sentence, 2_000);
        return page.locator('.frame').getAttribute('data-link');
      }),
    );
    expect(said).toEqual(boards.map(() => 'stale'));
    line.isMute = false;
    await everyWindowIs(desk, 'live');
    const page = await desk.page('beds');
    await page.waitForFunction((text) => !document.body.textContent.includes(text), sentence);
  });

  test('a hospital of an unknown version is not spoken with; what is shown is never called live', async () => {
    line.claimedVersion = 99;
    line.cut();
    await everyWindowSays(desk, versionsApart(99, PROTOCOL_VERSION));
    await everyWindowIs(desk, 'offline');
    expect(areShown(await shownOn(desk))).toEqual(everything);
    line.claimedVersion = undefined;
  });
});

describe('a desk that starts with no hospital, on the copy it kept', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await open(nowhere, `--tiles=${join(data.path, 'no-such.pmtiles')}`);
  });
  afterAll(async () => desk?.close());

  test('four boards paint the copy with its age, and OFFLINE', async () => {
    await everyWindowSays(desk, 'OFFLINE since');
    await everyWindowSays(desk, 'No connection to the hospital server for');
    await until('every board', async () => Object.values(areShown(await shownOn(desk))).every(Boolean) || undefined);
    for (const board of boards) expect(await (await desk.page(board)).textContent('.strip__alarms')).toContain('Alarms –');
    await says(await desk.page('map'), 'Map background unavailable. Incident data is shown as last received.');
    await everyWindowSays(desk, 'The map tiles of this desk are not installed.');
  });

  test('a full disk: NOT SAVED, the form is kept, and the same press saves it once there is room', async (context) => {
    if (!hasOwnDisk) return context.skip('only root can mount the small disk that is filled here');
    const filler = join(stationDirectory, 'filler');
    const page = await desk.page('triage');
    await page.keyboard.press('n');
    await page.getByLabel('Family name').fill('Fulldisk');
    await page.getByLabel('Complaint').fill('Chest pain');
    expect(() => writeFileSync(filler, Buffer.alloc(64 * 1024 * 1024))).toThrow('ENOSPC');
    await page.keyboard.press('Control+Enter');
    await everyWindowSays(desk, 'The disk is full.');
    for (const board of boards) expect(await (await desk.page(board)).textContent('.banner--loud')).toContain('NOT SAVED');
    expect(await page.getByLabel('Family name').inputValue()).toBe('Fulldisk');
    expect(await page.locator('html').getAttribute('data-unsent')).toBe('0');
    rmSync(filler);
    await page.keyboard.press('Control+Enter');
    for (const board of boards) await (await desk.page(board)).waitForSelector('html[data-unsent="1"]');
    for (const board of boards) await (await desk.page(board)).waitForSelector('.banner--loud', { state: 'detached' });
    expect(await page.textContent('.triage')).toContain('Fulldisk');
  });
});

const keyFile = (): string => join(data.path, 'keys/database.key.development');
const stored = (): readonly string[] => readdirSync(stationDirectory).sort();

describe('a desk whose database does not open with its key, and no hospital', () => {
  let desk: Desk;
  let key: Buffer;
  let before: Buffer;
  beforeAll(async () => {
    key = readFileSync(keyFile());
    before = readFileSync(join(stationDirectory, databaseFile));
    writeFileSync(keyFile(), randomBytes(32));
    desk = await open(nowhere);
  });
  afterAll(async () => {
    await desk?.close();
    if (key) writeFileSync(keyFile(), key);
  });

  test('the file is put aside whole, and every window says so', async () => {
    await everyWindowSays(desk, 'The local database could not be read (wrongKey) and was put aside as');
    const aside = stored().filter((name) => /quarantined-[^-]*-[^-]*-.*Z$/.test(name));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(stationDirectory, aside[0] ?? '')).equals(before)).toBe(true);
  });

  test('with nothing known every board says that it is not known, never none and never zero', async () => {
    await everyWindowIs(desk, 'offline');
    // The frame says OFFLINE before the code of its board has come.
    for (const board of boards) await (await desk.page(board)).waitForSelector('.frame__board > *');
    const texts = await Promise.all(
      boards.map(async (board) => (await (await desk.page(board)).locator('.frame__board').textContent()) ?? ''),
    );
    for (const board of boards) expect(await (await desk.page(board)).textContent('.strip__alarms')).toContain('Alarms –');
    expect(texts.filter((text) => !/not known|nothing is known|unknown/i.test(text))).toEqual([]);
    expect(
      texts.flatMap(
        (text) =>
          /Nobody is waiting|No alarms|No ambulance is|No beds|(?<!\d)0 (?:of|units|beds|on the way)/i.exec(text)?.[0] ?? [],
      ),
    ).toEqual([]);
  });
});

describe('a desk whose database is damaged', () => {
  test('it is put aside, loaded again from the hospital, and said', async () => {
    const path = join(stationDirectory, databaseFile);
    const bytes = readFileSync(path);
    randomBytes(4_096).copy(bytes, Math.floor(bytes.length / 2));
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    writeFileSync(path, bytes);
    const shown = ['beds', 'triage'] as const;
    const desk = await open(line.url, `--board=${shown.join(',')}`);
    try {
      for (const board of shown) await liveText(await desk.page(board));
      await everyWindowSays(desk, 'The local database could not be read', shown);
      expect(await (await desk.page('beds')).locator('.bed').count()).toBeGreaterThan(0);
    } finally {
      await desk.close();
    }
  });
});

describe('a desk whose database a newer Vigil wrote', () => {
  test('it is refused in words on every window, and not touched', async () => {
    const path = join(stationDirectory, databaseFile);
    const database = await openEncryptedDatabase(path, readFileSync(keyFile()));
    database.transaction((handle) => handle.exec('PRAGMA user_version = 9999'));
    database.close();
    const hashOf = (): string => createHash('sha256').update(readFileSync(path)).digest('hex');
    const [hash, names] = [hashOf(), stored()];
    const desk = await open(line.url);
    try {
      await everyWindowSays(desk, 'The data service of this desk cannot start.');
      await everyWindowSays(desk, 'The database has version 9999');
      await everyWindowSays(desk, 'Device alarms are not reaching this desk: watch the monitors.');
      await everyWindowIs(desk, 'offline');
      expect(await (await desk.page('triage')).textContent('.strip')).not.toContain('working locally');
    } finally {
      await desk.close();
    }
    expect({ hash: hashOf(), names: stored() }).toEqual({ hash, names });
  });
});
