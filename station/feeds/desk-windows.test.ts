import { expect, test } from 'vitest';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createDeskWindows } from './desk-windows.ts';
import type { Subscriber } from './port-server.ts';

const startAt = 1_800_000_000_000;

const desk = () => {
  const clock = createFakeClock(startAt);
  const windows = createDeskWindows({ ...clock, monotonicNow: () => clock.now() - startAt });
  const heard: [ms: number, window: string, feed: string][] = [];
  const window = (name: string): Subscriber => ({
    moved: (feed) => void heard.push([clock.now() - startAt, name, feed]),
    close: () => undefined,
  });
  return { clock, windows, heard, window };
};

test('the window under the hand hears of its gesture first, the others 60 ms later; without a gesture all hear at once', () => {
  const { clock, windows, heard, window } = desk();
  const beds = window('beds');
  windows.add(beds);
  windows.add(window('map'));
  windows.moved('records', ['bed/1']);
  windows.gestureIn(beds);
  windows.moved('records', ['bed/1']);
  clock.advance(100);
  expect(heard.filter(([, , feed]) => feed === 'records')).toEqual([
    [0, 'beds', 'records'],
    [0, 'map', 'records'],
    [0, 'beds', 'records'],
    [60, 'map', 'records'],
  ]);
  windows.stop();
});

test('heartbeats come once a second to each window, at different moments, and end with it', () => {
  const { clock, windows, heard, window } = desk();
  const end = windows.add(window('beds'));
  windows.add(window('map'));
  clock.advance(2_500);
  end();
  clock.advance(1_000);
  expect(heard.filter(([, , feed]) => feed === 'frame').map(([ms, name]) => `${name} ${ms}`)).toEqual([
    'beds 1000',
    'map 1230',
    'beds 2000',
    'map 2230',
    'map 3230',
  ]);
  windows.stop();
});
