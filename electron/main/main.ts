/** Composition only: policy, station, scheme, windows, and their end. */
import { join } from 'node:path';
import { app, Menu, nativeTheme, protocol, safeStorage, screen } from 'electron';
import { databaseKey, packKeyOf } from '../broker/key-provider.ts';
import { startStationHost, stationHostKind } from '../broker/station-host.ts';
import { type StationSupervisor, superviseStation } from '../broker/station-supervisor.ts';
import { listenForPages } from '../broker/window-ports.ts';
import { createSheetOutlet } from '../downtime/outlet.ts';
import { openPackUses, type PackUses } from '../downtime/pack-uses.ts';
import { newestPack } from '../downtime/packs.ts';
import { createSheetWindows, type SheetWindows } from '../downtime/sheet-window.ts';
import { createPackViewer, type PackViewer } from '../downtime/viewer.ts';
import { contentSecurityPolicy } from '../policy/content-security.ts';
import { managedFileOf, type Policy, policyFrom, readManaged } from '../policy/policy.ts';
import { openMemory } from '../policy/remembered.ts';
import { type BoardWindows, createBoardWindows } from '../windows/board-windows.ts';
import { lockDown } from '../windows/lockdown.ts';
import { schemePrivileges, serveScheme } from '../windows/scheme.ts';
import { textOutlets } from '../windows/text-outlets.ts';
import { openTiles } from '../windows/tiles.ts';

const report = (line: string): void => console.error(`[main] ${line}`);

const readPolicy = (): Policy | undefined => {
  try {
    // Only a development build may be pointed at another file: a managed rule is not to be stepped around.
    const file = (!app.isPackaged && process.env['VIGIL_POLICY_FILE']) || managedFileOf(process.platform);
    return policyFrom(readManaged(file), process.argv, process.env);
  } catch (error) {
    report((error as Error).message);
    return undefined;
  }
};

const packDirectoryOf = (dataDirectory: string): string => join(dataDirectory, 'downtime');

/** The file of the map: the site's own, else the one that came with the application. */
const tilesFileOf = (policy: Policy): string => policy.tilesFile ?? join(app.getAppPath(), 'resources/city/montevideo.pmtiles');

const superviseFor = (policy: Policy, dataDirectory: string, uses: PackUses, changed: () => void): StationSupervisor => {
  const appDirectory = app.getAppPath();
  const kind = stationHostKind(process.versions.electron, process.env, join(appDirectory, 'node_modules/node/bin/node'));
  const supervisor = superviseStation({
    launch: (events) => startStationHost(kind, join(appDirectory, 'out/main/station.cjs'), events),
    start: async () => {
      await app.whenReady();
      const { key, protection } = databaseKey(join(dataDirectory, 'keys'), safeStorage, app.isPackaged);
      return {
        type: 'start',
        dataDirectory: join(dataDirectory, 'station'),
        databaseKey: key,
        keyProtection: protection,
        backendUrl: policy.backendUrl,
        deviceToken: policy.deviceToken,
        signInAs: policy.signInAs,
        cityDirectory: join(appDirectory, 'resources/city'),
        ...(policy.routing && { routing: policy.routing }),
        mapFile: tilesFileOf(policy),
        downtime: {
          directory: packDirectoryOf(dataDirectory),
          key: packKeyOf(key),
          plainDirectory: policy.downtimeFolder,
          language: app.getLocale().startsWith('es') ? 'es' : 'en',
        },
      };
    },
    changed: ({ state }) => {
      if (state === 'running') for (const use of uses.waiting()) supervisor.packUsed(use);
      changed();
    },
    packUseNoted: uses.noted,
    report,
  });
  return supervisor;
};

/** A fresh copy, for the caller to wipe. */
const packKeyIn = (dataDirectory: string): Uint8Array => {
  const { key } = databaseKey(join(dataDirectory, 'keys'), safeStorage, app.isPackaged);
  const packKey = packKeyOf(key);
  key.fill(0);
  return packKey;
};

/** Needs the key and the files, and neither the station nor a board. */
const packViewerFor = (
  dataDirectory: string,
  sheets: SheetWindows,
  used: (how: 'opened' | 'printed', madeAt: number) => void,
): PackViewer =>
  createPackViewer({
    sheets,
    find: () => {
      const packKey = packKeyIn(dataDirectory);
      try {
        return newestPack(packDirectoryOf(dataDirectory), packKey);
      } finally {
        packKey.fill(0);
      }
    },
    used,
    report,
  });

/** On the command line: show the newest downtime pack. A shortcut on the desktop has it, for when no board answers. */
const packSwitch = '--downtime-pack';

/**
 * What nobody expected here is said, and everything goes on: boards and data service are processes of their own, and nothing is
 * kept in this one. Left to Electron it would stop everything with a dialog that somebody has to find and answer. Errors may
 * quote what they failed on: only their kind and place are said.
 */
const outliveErrors = (tell: (sentence: string) => void): void => {
  const outlive = (reason: unknown): void => {
    const error = reason instanceof Error ? reason : new Error();
    const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    report(`went on after ${[error.name, ...places.slice(0, 8).map((line) => line.trim())].join(' ')}`);
    tell('Part of this desk failed and it goes on. Should a window misbehave, close Vigil and start it again.');
  };
  process.on('uncaughtException', outlive);
  process.on('unhandledRejection', outlive);
};

const openDesk = (policy: Policy, dataDirectory: string): void => {
  const appDirectory = app.getAppPath();
  const memory = openMemory(join(dataDirectory, 'windows.json'), report);
  nativeTheme.themeSource = memory.get().theme;
  let windows: BoardWindows | undefined;
  const uses = openPackUses(join(dataDirectory, 'pack-uses.json'), report);
  const sheets = createSheetWindows();
  const downtime = packViewerFor(dataDirectory, sheets, (how, madeAt) => {
    const use = uses.add(how, madeAt);
    station?.packUsed(use);
  });
  app.on('web-contents-created', (_event, contents) => downtime.listenTo(contents));
  // A Node child can be started before Electron is ready, and then opens its store while the first window is made.
  const isEarly = stationHostKind(process.versions.electron, process.env, '').kind === 'node';
  let station = isEarly ? superviseFor(policy, dataDirectory, uses, () => windows?.stationChanged()) : undefined;
  outliveErrors((sentence) => station?.trouble('main', sentence));

  void app.whenReady().then(() => {
    station ??= superviseFor(policy, dataDirectory, uses, () => windows?.stationChanged());
    const supervisor = station;
    const tiles = openTiles(tilesFileOf(policy), supervisor.tile, (sentence) => {
      report(sentence ?? 'the map tiles can be read again');
      supervisor.trouble('mapTiles', sentence);
    });
    serveScheme(protocol, {
      root: join(appDirectory, 'out/renderer'),
      contentSecurity: contentSecurityPolicy(policy.mapboxToken !== null),
      tiles,
      refused: report,
    });
    const board = createBoardWindows({
      appDirectory,
      boards: policy.boards,
      memory,
      screen,
      station: () => supervisor,
      wall: policy.wall,
      context: {
        locale: app.getLocale(),
        mapboxToken: policy.mapboxToken,
        versions: {
          vigil: app.getVersion(),
          electron: process.versions.electron,
          chromium: process.versions.chrome,
          node: process.versions.node,
        },
      },
      themeChanged: (theme) => {
        nativeTheme.themeSource = theme;
      },
      texts: textOutlets,
      downtime,
      sheets: createSheetOutlet({
        sheets,
        directory: packDirectoryOf(dataDirectory),
        key: () => packKeyIn(dataDirectory),
        report,
      }),
      report,
    });
    windows = board;
    const stopListening = listenForPages(board.connect, report);
    app.on('second-instance', (_event, argv) => {
      if (argv.includes(packSwitch)) downtime.open();
      else board.show();
    });
    app.on('activate', () => board.show());
    let isOver = false;
    app.once('before-quit', () => {
      sheets.stop();
      board.stop();
    });
    app.on('will-quit', (event) => {
      if (isOver) return;
      event.preventDefault();
      stopListening();
      void Promise.allSettled([supervisor.stop(), tiles.close()]).then(() => {
        isOver = true;
        app.quit();
      });
    });
    board.openAll();
    if (process.argv.includes(packSwitch)) downtime.open();
  });
  app.on('window-all-closed', () => app.quit());
};

const main = (): void => {
  const policy = readPolicy();
  if (!policy) {
    app.exit(78);
    return;
  }
  const dataDirectory = policy.dataDirectory ?? app.getPath('userData');
  // Chromium's own profile, which also holds the lock of the single instance, goes with the data.
  app.setPath('userData', join(dataDirectory, 'window'));
  if (!app.requestSingleInstanceLock()) {
    report('Vigil already runs at this desk with this data; its window was brought to the front.');
    app.exit(0);
    return;
  }
  protocol.registerSchemesAsPrivileged([schemePrivileges]);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  lockDown(app, report);
  openDesk(policy, dataDirectory);
};

main();
