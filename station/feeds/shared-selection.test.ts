import { expect, test } from 'vitest';
import type { PortDown } from '#contracts/ipc/contract.ts';
import { type DeskSelection, stationWindow } from '#contracts/ipc/station-window.ts';
import { testId } from '#domain/testing/builders.ts';
import { type FeedSources, type Subscriber, servePort } from './port-server.ts';
import { createSharedSelection } from './shared-selection.ts';

const desk = () => {
  const windows: Subscriber[] = [];
  const waiting: (() => void)[] = [];
  const shared = createSharedSelection(() => {
    for (const window of windows) window.moved('selection', ['selection']);
  });
  const open = () => {
    const told: DeskSelection[] = [];
    const heard: { listen: (message: unknown) => void } = { listen: () => undefined };
    const window: Subscriber = servePort(
      stationWindow,
      {
        post: (message: PortDown) => {
          if (message.type !== 'values') return;
          for (const { value } of message.values) told.push((value as { selection: DeskSelection }).selection);
          heard.listen({ type: 'taken', feeds: ['selection'] });
        },
        onMessage: (listen) => {
          heard.listen = listen;
        },
      },
      {
        calls: {} as never,
        feeds: { selection: shared.feedFor(() => window) } as unknown as FeedSources<typeof stationWindow>,
        soon: (call) => void waiting.push(call),
        failed: () => undefined,
      },
    );
    windows.push(window);
    heard.listen({ type: 'subscribe', feed: 'selection' });
    return { told, choose: (selection: DeskSelection) => shared.choose(selection, window) };
  };
  const turn = (): void => {
    while (waiting.length > 0) for (const call of waiting.splice(0)) call();
  };
  return { open, turn };
};
const unit: DeskSelection = { kind: 'unit', id: testId('1', 1) };
const incident: DeskSelection = { kind: 'incident', id: testId('3', 1) };

test('what is chosen in one window the others hear, and not the one it was chosen in', () => {
  const { open, turn } = desk();
  const [map, triage, second] = [open(), open(), open()];
  turn();
  map.choose(unit);
  turn();
  expect([map.told, triage.told, second.told]).toEqual([[], [unit], [unit]]);
  triage.choose(incident);
  turn();
  expect([map.told, triage.told, second.told]).toEqual([[incident], [unit], [unit, incident]]);
  second.choose(null);
  turn();
  expect([map.told, triage.told, second.told]).toEqual([
    [incident, null],
    [unit, null],
    [unit, incident],
  ]);
});

test('a window that opens later hears what stands; before the first choice nothing is told', () => {
  const { open, turn } = desk();
  const map = open();
  turn();
  map.choose(unit);
  turn();
  const late = open();
  turn();
  expect([map.told, late.told]).toEqual([[], [unit]]);
});
