/** The wall: a display that shows beds and no names, and says from afar that it is not live. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import { liveText } from '#tools/desk.ts';
import { filesHolding } from './clear-text.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let opened: SimulatedDesk;
let state: { readonly records: { readonly [K in 'bed' | 'patient']: readonly Extract<VigilRecord, { kind: K }>[] } };
beforeAll(async () => {
  opened = await openSimulatedDesk('--wall', '--wall-inches=86', '--wall-metres=4');
});
afterAll(() => opened?.stop());

test('a display opens the wall alone, with every bed and nobody’s name, and says when the hospital is gone', async () => {
  const { desk, data, backend } = opened;
  const wall = await desk.page('wall');
  await liveText(wall);
  await wall.waitForSelector('.wt .acuity');
  expect(desk.app.windows()).toHaveLength(1);
  state = (await (await fetch(`${backend.url}/state?kinds=bed,patient`)).json()) as typeof state;
  const labels = state.records.bed.filter(({ retired }) => !retired).map(({ label }) => label);
  const shown = await wall.locator('[data-bed]').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-bed')));
  expect(shown.toSorted()).toEqual(labels.toSorted());

  const families = [
    ...new Set(state.records.patient.flatMap(({ name }) => (name && name.family.length > 6 ? [name.family] : []))),
  ];
  expect(families.length).toBeGreaterThan(5);
  const page = (await wall.textContent('body')) ?? '';
  expect(families.filter((family) => page.includes(family))).toEqual([]);
  expect(families.slice(0, 20).flatMap((family) => filesHolding(data, family))).toEqual([]);

  await backend.process.stop();
  await wall.waitForSelector('.ws__claim--offline', { timeout: 20_000 });
  expect(await wall.textContent('.ws__claim')).toMatch(/OFFLINE since \d\d:\d\d/);
  expect(await wall.textContent('.wall__lists')).toContain('Watch the monitors');
  // As high as a two-hundredth of four metres on this display, or higher.
  const letter = await wall.locator('.ws__claim').evaluate((claim) => Number.parseFloat(getComputedStyle(claim).fontSize));
  const needed = await wall.evaluate(() => (4000 / 200 / 0.727) * (Math.hypot(screen.width, screen.height) / (86 * 25.4)));
  expect(letter).toBeGreaterThanOrEqual(Math.floor(needed));
});
