import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrameBatch } from './frame-batch.ts';

/** The frames of a page, made by hand: what was asked for runs at the next one. */
let asked: (() => void)[] = [];
const frame = async (): Promise<void> => {
  for (const run of asked.splice(0)) run();
  await delay(5);
};

beforeEach(() => {
  asked = [];
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => asked.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => void vi.unstubAllGlobals());

const noted = () => {
  const seen: string[] = [];
  const batch = createFrameBatch();
  const take = (name: string, make = (): unknown => seen.push(`${name} made`)): void =>
    batch(
      () => void make(),
      () => seen.push(`${name} painted`),
    );
  return { seen, take };
};

test('before the first frame of a page nothing waits for one', async () => {
  const { seen, take } = noted();
  take('a');
  await delay(5);
  take('b');
  await delay(5);
  expect(seen).toEqual(['a made', 'a painted', 'b made', 'b painted']);
});

test('what comes together is made together at once; what comes meanwhile waits until the screen shows it', async () => {
  const { seen, take } = noted();
  await frame();
  take('a');
  take('b');
  await delay(5);
  expect(seen).toEqual(['a made', 'b made']);
  take('c');
  take('d');
  await delay(5);
  expect(seen).toEqual(['a made', 'b made']);
  await frame();
  expect(seen).toEqual(['a made', 'b made', 'a painted', 'b painted', 'c made', 'd made']);
  await frame();
  expect(seen.slice(6)).toEqual(['c painted', 'd painted']);
  take('e');
  await delay(5);
  expect(seen.slice(8)).toEqual(['e made']);
});

test('where no frame comes for a quarter of a second they are made without one', async () => {
  const { seen, take } = noted();
  await frame();
  take('a');
  await delay(5);
  take('b');
  await delay(300);
  expect(seen).toEqual(['a made', 'a painted', 'b made']);
});
