/**
 * The whole dispatch desk over the fleet that moves: lists, panels and map as a dispatcher has them, with records that change
 * as they do on a bad night. Every second twenty crews say a new status and one incident is told of, in five pokes.
 */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { UnitStatus } from '#domain/model/unit.ts';
import { patchTables } from '#renderer/client/fed.ts';
import { WindowContext } from '#renderer/state/hooks.ts';
import { emptyTables, type WindowStore } from '#renderer/state/store.ts';
import { pretendClient } from '#test/pictures/map/pretend-client.ts';
import { pretendHistory } from '#test/pictures/map/pretend-history.ts';
import { Shell } from '../../renderer/ui/shell.tsx';
import { MapBoard } from '../../renderer/windows/map/board.tsx';
import { benchRoads } from './roads.ts';

/** So many incidents of a fleet are open: 700 of 2,000 units. */
export const incidentsOf = (units: number): number => Math.round(units * 0.35);

const pokesEvery = 200;
const unitsPerPoke = 4;
const statuses: readonly UnitStatus[] = ['enRoute', 'onScene', 'atPatient', 'transporting'];

/** Draws the desk over `store` and changes its records from now on. Resolves with the element that the map marks. */
export const openDesk = async (box: HTMLElement, store: WindowStore): Promise<HTMLElement> => {
  const client = pretendClient(store, false, {
    ...benchRoads,
    replay: pretendHistory(store.getState().records ?? emptyTables(), store.getState().positions, Date.now(), false),
  });
  createRoot(box).render(
    createElement(WindowContext, { value: { store, client } }, createElement(Shell, null, createElement(MapBoard))),
  );
  const { unit, incident } = store.getState().records ?? emptyTables();
  const crews = [...unit.keys()];
  const open = [...incident.keys()];
  let turn = 0;
  setInterval(() => {
    const { records } = store.getState();
    if (!records) return;
    const now = Date.now();
    const changed = Array.from({ length: unitsPerPoke }, (_none, at) => {
      const shown = records.unit.get(crews[(turn * 37 + at * 11) % crews.length] ?? '');
      return shown && shown.record.assignmentId !== null
        ? [{ pending: false, record: { ...shown.record, status: statuses[turn % 4] ?? 'enRoute', statusSince: now } }]
        : [];
    }).flat();
    const told = records.incident.get(open[(turn * 7) % open.length] ?? '');
    const notes = told && turn % 5 === 0 ? [{ pending: false, record: { ...told.record, patientSummary: `Told ${turn}` } }] : [];
    turn += 1;
    store.setState({ records: patchTables(records, { reset: false, puts: [...changed, ...notes], removes: [] }) });
  }, pokesEvery);
  const root = (): HTMLElement | null => box.querySelector<HTMLElement>('[data-map-board]');
  while (!root()) await new Promise((later) => setTimeout(later, 20));
  return root() as HTMLElement;
};
