/** Which board a window shows. Each is a chunk of its own: a bed board never loads the map engine. */
import { type ComponentType, lazy } from 'react';
import type { Board } from '#contracts/ipc/main-window.ts';
import { Placeholder } from './placeholder.tsx';

const modules = import.meta.glob<Readonly<Record<string, ComponentType>>>('./*/board.tsx');
const names: Readonly<Record<Board, string>> = {
  map: 'MapBoard',
  beds: 'BedsBoard',
  triage: 'TriageBoard',
  alarms: 'AlarmsBoard',
};

/** Starts loading a board and returns it as a component that waits for it. */
export const loadBoard = (board: Board): ComponentType => {
  const load = modules[`./${board}/board.tsx`];
  if (!load) return Placeholder;
  const loading = load().then((module) => ({ default: module[names[board]] ?? Placeholder }));
  return lazy(() => loading);
};
