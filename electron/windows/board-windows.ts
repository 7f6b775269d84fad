/**
 * The windows of this desk: one a board, from the start, and that of the desk's health, when it is asked for. A page that dies is replaced by a new window (a crashed page may stay dead after a
 * reload), one that hangs is ended first; the others are never touched. Each page is known by a new id.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, MessageChannelMain, powerSaveBlocker, type Screen, type WebContents } from 'electron';
import { mainWindow, type StartBoard, type Theme, type WindowKind } from '#contracts/ipc/main-window.ts';
import { type ServedPort, servePort } from '../broker/serve-port.ts';
import type { StationSupervisor } from '../broker/station-supervisor.ts';
import { handPort } from '../broker/window-ports.ts';
import type { SheetOutlet } from '../downtime/outlet.ts';
import type { PackViewer } from '../downtime/viewer.ts';
import type { WallPolicy } from '../policy/policy.ts';
import type { Memory } from '../policy/remembered.ts';
import { openBoardWindow, titleOf } from './board-window.ts';
import { arrangementOf, type Bounds, type DisplayArea, placeAskedFor, placeWall, placeWindows } from './placement.ts';
import type { TextOutlets } from './text-outlets.ts';
import { viewingOf } from './viewing.ts';

export type Desk = {
  readonly appDirectory: string;
  readonly boards: readonly StartBoard[];
  readonly memory: Memory;
  readonly screen: Screen;
  readonly station: () => StationSupervisor;
  readonly wall: WallPolicy;
  readonly context: {
    readonly locale: string;
    readonly mapboxToken: string | null;
    readonly versions: Readonly<Record<string, string>>;
  };
  readonly themeChanged: (theme: Theme) => void;
  readonly texts: TextOutlets;
  readonly downtime: Pick<PackViewer, 'open' | 'print'>;
  readonly sheets: SheetOutlet;
  readonly report: (line: string) => void;
};

type Entry = {
  readonly windowId: string;
  readonly board: WindowKind;
  readonly window: BrowserWindow;
  port: ServedPort<typeof mainWindow> | undefined;
  /** `performance.now()` of the last sign of life; undefined until the page spoke for the first time. */
  aliveAt: number | undefined;
  /** How many signs of life the page has given. */
  signs: number;
};

export type BoardWindows = {
  /** Opens every board of this desk, the first in front and first of all. */
  readonly openAll: () => void;
  /** Brings a board's window to the front, opening it when it was closed; without a board, the first. */
  readonly show: (board?: WindowKind) => void;
  /** A page asks for its ports. */
  readonly connect: (contents: WebContents) => void;
  /** The station's state changed: tells all pages, and gives them new ports when it runs. */
  readonly stationChanged: () => void;
  /** Ends the watch and every window. */
  readonly stop: () => void;
};

/** A page that has said ten times (every half second) that it lives hangs after 8 s of silence; one that starts is given 30 s. */
const startedFrom = 10;
const hungMs = 8_000;
const startingMs = 30_000;
const watchMs = 1_000;
const firstPaintMs = 1_500;
const crashPauseMs = 2_000;
/** How long a window that was replaced stays on the desk-health strip. */
const replacedShownMs = 120_000;

/** The windows of a desk, none of them open yet. */
export const createBoardWindows = ({
  appDirectory,
  boards,
  memory,
  screen,
  station,
  wall,
  context,
  themeChanged,
  texts,
  downtime,
  sheets,
  report,
}: Desk): BoardWindows => {
  const entries = new Map<WindowKind, Entry>();
  const crashedAt = new Map<WindowKind, number>();
  const shownTroubles = new Map<WindowKind, NodeJS.Timeout>();
  let moving: NodeJS.Timeout | undefined;

  const displays = (): DisplayArea[] => {
    const primary = screen.getPrimaryDisplay().id;
    return [...screen.getAllDisplays()].sort((one, other) => Number(other.id === primary) - Number(one.id === primary));
  };
  const places = (): ReadonlyMap<StartBoard, Bounds> => {
    const present = displays();
    return placeWindows(boards, present, memory.get().placements[arrangementOf(present)]);
  };
  const isAskedFor = (board: WindowKind): boolean => !boards.some((one) => one === board);
  const placeOf = (board: WindowKind): Bounds => {
    const present = displays();
    const known = memory.get().placements[arrangementOf(present)]?.[board];
    const asking = BrowserWindow.getFocusedWindow()?.getBounds() ?? screen.getPrimaryDisplay().workArea;
    const place = board === 'wall' ? placeWall : placeAskedFor;
    const asked = isAskedFor(board) ? place(asking, present, known) : places().get(board as StartBoard);
    return asked ?? screen.getPrimaryDisplay().workArea;
  };

  /** On the strip of every window, until it has been quiet for two minutes. */
  const troubled = (board: WindowKind, sentence: string): void => {
    clearTimeout(shownTroubles.get(board));
    station().trouble(`window.${board}`, sentence);
    shownTroubles.set(
      board,
      setTimeout(() => station().trouble(`window.${board}`, null), replacedShownMs),
    );
  };

  const replace = (entry: Entry): void => {
    if (entries.get(entry.board) !== entry) return;
    const lastCrash = crashedAt.get(entry.board) ?? Number.NEGATIVE_INFINITY;
    const pause = performance.now() - lastCrash < 10_000 ? crashPauseMs : 0;
    crashedAt.set(entry.board, performance.now());
    setTimeout(() => {
      if (entries.get(entry.board) !== entry) return;
      const bounds = entry.window.isDestroyed() ? undefined : entry.window.getBounds();
      // The new one first: with none left the application would end.
      open(entry.board, !entry.window.isDestroyed() && !entry.window.isFocused(), bounds);
      if (!entry.window.isDestroyed()) entry.window.destroy();
    }, pause);
  };

  const open = (board: WindowKind, isBehind: boolean, at?: Bounds): Entry => {
    const bounds = at ?? placeOf(board);
    const isWall = board === 'wall';
    const isFullScreen = isWall && !isAskedFor(board);
    const window = openBoardWindow(appDirectory, { board, bounds, theme: memory.get().theme, isBehind, isFullScreen });
    // Nobody touches what hangs on a wall: the system would put it to sleep.
    const awake = isWall ? powerSaveBlocker.start('prevent-display-sleep') : null;
    const entry: Entry = { windowId: randomUUID(), board, window, port: undefined, aliveAt: undefined, signs: 0 };
    entries.set(board, entry);
    const remember = (): void => {
      clearTimeout(moving);
      const arrangement = arrangementOf(displays());
      moving = setTimeout(() => {
        if (!window.isDestroyed() && !window.isMinimized()) memory.setPlacement(arrangement, board, window.getBounds());
      }, 500);
    };
    // `will-` events come from the person's hand only, so the place that we chose is not taken for a wish.
    window.on('will-move', remember);
    window.on('will-resize', remember);
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      report(`the ${board} window died (${reason}) and is replaced`);
      troubled(board, `The ${titleOf(board)} window ended unexpectedly (${reason}) and was opened again.`);
      replace(entry);
    });
    window.once('closed', () => {
      if (awake !== null) powerSaveBlocker.stop(awake);
      station().detach(entry.windowId);
      entry.port?.close();
      if (entries.get(board) === entry) entries.delete(board);
    });
    return entry;
  };

  const giveStationPort = (entry: Entry): void => {
    if (!entry.port || station().state().state !== 'running') return;
    const { port1, port2 } = new MessageChannelMain();
    station().attach(entry.windowId, port1);
    handPort(entry.window.webContents, 'station', port2);
  };

  const show = (board: WindowKind = boards[0] ?? 'map'): void => {
    const { window } = entries.get(board) ?? open(board, false);
    if (window.isMinimized()) window.restore();
    window.moveTop();
    window.focus();
  };

  const setTheme = (theme: Theme): void => {
    memory.setTheme(theme);
    themeChanged(theme);
    for (const { port } of entries.values()) port?.publish('theme', { theme });
  };

  const watch = (): NodeJS.Timeout => {
    let watchedAt = performance.now();
    return setInterval(() => {
      const now = performance.now();
      const pause = now - watchedAt - watchMs;
      watchedAt = now;
      for (const entry of entries.values()) {
        if (entry.aliveAt === undefined) continue;
        // Where main itself stood still (the machine slept), silence says nothing about a page.
        if (pause > watchMs || entry.window.webContents.isDevToolsOpened()) entry.aliveAt = now;
        else if (now - entry.aliveAt > (entry.signs >= startedFrom ? hungMs : startingMs)) {
          report(`the ${entry.board} window does not answer and is ended`);
          entry.aliveAt = undefined;
          entry.window.webContents.forcefullyCrashRenderer();
        }
      }
    }, watchMs);
  };
  const watching = watch();

  let openRest = (): void => undefined;

  let rearranging: NodeJS.Timeout | undefined;
  const rearrange = (): void => {
    clearTimeout(rearranging);
    rearranging = setTimeout(() => {
      for (const { board, window } of entries.values()) window.setBounds(placeOf(board));
    }, 300);
  };
  const rearranged = ['display-added', 'display-removed', 'display-metrics-changed'] as const;
  for (const event of rearranged) screen.on(event as 'display-added', rearrange);

  return {
    openAll: () => {
      const [first, ...rest] = boards;
      if (!first) return;
      const { window } = open(first, false);
      openRest = () => {
        openRest = () => undefined;
        for (const board of rest) if (!entries.has(board)) open(board, true);
        if (!window.isDestroyed()) window.moveTop();
      };
      setTimeout(() => openRest(), firstPaintMs);
    },
    show,
    connect: (contents) => {
      const entry = [...entries.values()].find(({ window }) => !window.isDestroyed() && window.webContents === contents);
      if (!entry) return report('a page that is no board asked to be connected');
      const { port1, port2 } = new MessageChannelMain();
      entry.port?.close();
      entry.aliveAt = performance.now();
      entry.port = servePort(
        mainWindow,
        port1,
        {
          context: () => ({
            windowId: entry.windowId,
            board: entry.board,
            theme: memory.get().theme,
            wall: viewingOf(wall, screen.getDisplayMatching(entry.window.getBounds()).label),
            ...context,
          }),
          alive: () => {
            entry.signs += 1;
            // Half a second after it was connected a page has painted: the first had the machine to itself until then.
            openRest();
            entry.aliveAt = performance.now();
            return {};
          },
          showBoard: ({ board }) => {
            show(board);
            return {};
          },
          closeWindow: () => {
            if (isAskedFor(entry.board)) setImmediate(() => entry.window.destroy());
            return {};
          },
          saveText: async ({ fileName, text }) => ({ savedAs: await texts.save(entry.window, fileName, text) }),
          copyText: ({ text }) => {
            texts.copy(text);
            return {};
          },
          setTheme: ({ theme }) => {
            setTheme(theme);
            return {};
          },
          openDowntimePack: downtime.open,
          printDowntimePack: downtime.print,
          printSheet: ({ file }) => sheets.print(file),
          saveSheet: ({ file, fileName }) => sheets.save(entry.window, file, fileName),
        },
        (why) => report(`the ${entry.board} window was refused: ${why}`),
      );
      entry.port.publish('theme', { theme: memory.get().theme });
      entry.port.publish('station', station().state());
      handPort(contents, 'main', port2);
      giveStationPort(entry);
    },
    stationChanged: () => {
      for (const entry of entries.values()) {
        entry.port?.publish('station', station().state());
        giveStationPort(entry);
      }
    },
    stop: () => {
      clearInterval(watching);
      for (const timer of shownTroubles.values()) clearTimeout(timer);
      clearTimeout(moving);
      clearTimeout(rearranging);
      for (const event of rearranged) screen.off(event as 'display-added', rearrange);
      // Destroyed, not closed: a page that is busy drawing would hold up the end for seconds, and has nothing left to say.
      for (const { window } of [...entries.values()]) window.destroy();
    },
  };
};
