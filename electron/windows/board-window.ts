import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import type { Theme, WindowKind } from '#contracts/ipc/main-window.ts';
import { pageLimits } from '../policy/page-limits.ts';
import type { Bounds } from './placement.ts';
import { pageOrigin } from './scheme.ts';

const titles: Readonly<Record<WindowKind, string>> = {
  map: 'Map',
  beds: 'Beds',
  triage: 'Triage',
  alarms: 'Alarms',
  wall: 'Wall',
  health: 'Desk health',
  shift: 'Shift figures',
};
/** The name of a board as its window's title says it. */
export const titleOf = (board: WindowKind): string => titles[board];
/** What stands in the window until the page has painted: the ground of each theme, so that nothing flashes. */
const grounds: Readonly<Record<Theme, string>> = { dark: '#0f1317', light: '#eef1f4' };

export type WindowLook = {
  readonly board: WindowKind;
  readonly bounds: Bounds;
  readonly theme: Theme;
  readonly isBehind: boolean;
  /** Over the whole display, without a frame of the system. */
  readonly isFullScreen: boolean;
};

/** Opens one window: sandboxed, isolated, never throttled (a hidden board still sounds), allowed to sound without a gesture. */
export const openBoardWindow = (
  appDirectory: string,
  { board, bounds, theme, isBehind, isFullScreen }: WindowLook,
): BrowserWindow => {
  const window = new BrowserWindow({
    ...bounds,
    title: `Vigil · ${titles[board]}`,
    backgroundColor: grounds[theme],
    autoHideMenuBar: true,
    fullscreen: isFullScreen,
    show: !isBehind,
    webPreferences: {
      preload: join(appDirectory, 'out/preload/bridge.cjs'),
      ...pageLimits,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  if (isBehind) window.showInactive();
  window.on('page-title-updated', (event) => event.preventDefault());
  // The board's name lets the page fetch that board's code while it still connects; what it is, main tells it.
  void window.loadURL(`${pageOrigin}/index.html#${board}`).catch(() => undefined);
  return window;
};
