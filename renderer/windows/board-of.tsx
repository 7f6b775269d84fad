/** Which board a window shows. Each is a chunk of its own: a bed board never loads the map engine. */
import { type ComponentType, lazy } from 'react';
import type { WindowKind } from '#contracts/ipc/main-window.ts';

const loaders: Readonly<Record<WindowKind, () => Promise<ComponentType>>> = {
  map: async () => (await import('./map/board.tsx')).MapBoard,
  beds: async () => (await import('./beds/board.tsx')).BedsBoard,
  triage: async () => (await import('./triage/board.tsx')).TriageBoard,
  alarms: async () => (await import('./alarms/board.tsx')).AlarmsBoard,
  wall: async () => (await import('./wall/board.tsx')).WallBoard,
  health: async () => (await import('./health/board.tsx')).HealthBoard,
  shift: async () => (await import('./shift/board.tsx')).ShiftBoard,
};

/** Starts loading a board and returns it as a component that waits for it. */
export const loadBoard = (board: WindowKind): ComponentType => {
  const loading = loaders[board]().then((component) => ({ default: component }));
  return lazy(() => loading);
};
