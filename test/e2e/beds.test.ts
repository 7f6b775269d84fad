/** The gestures of the bed board as a charge nurse makes them, typed and by pointer, and a bed that two desks give away. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, testId } from '#domain/testing/builders.ts';
import type { StationProcess } from '#test/system/station-process.ts';
import { type Desk, until } from '#tools/desk.ts';
import type { Line } from './line.ts';
import { openTwoDesks, type TwoDesks } from './two-desks.ts';

const here = { departedAt: null, acuity: 3 } as const;
const person = (number: number, family: string, changes: Parameters<typeof buildEncounter>[0]) => [
  buildPatient({ id: testId('c', number), mrn: `M${number}`, name: { family, given: 'Ada' } }),
  buildEncounter({ id: testId('e', number), patientId: testId('c', number), status: 'triaged', ...here, ...changes }),
];
const bedId = (number: number) => testId('b', number);
const liesIn = (number: number) => ({ bedId: bedId(number), status: 'inProgress', place: null, bedAssignedAt: 1 }) as const;

let opened: TwoDesks;
let line: Line;
let desk: Desk;
let elsewhere: StationProcess;
let beds: Page;

beforeAll(async () => {
  opened = await openTwoDesks(
    [
      buildFacility(),
      buildArea(),
      ...[1, 2, 3, 4, 5].map((number) =>
        buildBed({
          id: bedId(number),
          label: `B${number}`,
          order: number,
          ...(number === 2 || number === 3 ? { status: 'occupied', encounterId: testId('e', number) } : {}),
        }),
      ),
      ...person(1, 'Dunmore', {}),
      ...person(2, 'Kowal', liesIn(2)),
      ...person(3, 'Blake', liesIn(3)),
      ...person(4, 'Quist', { isolation: 'droplet' }),
      ...person(5, 'Osman', {}),
    ],
    'beds',
  );
  ({ line, desk, elsewhere } = opened);
  beds = await desk.page('beds');
  await linkIs('live');
  await beds.waitForSelector('[data-bed="B1"]');
});
afterAll(() => opened?.stop());

const linkIs = (state: string): Promise<unknown> => beds.waitForSelector(`.frame[data-link="${state}"]`, { timeout: 20_000 });
const say = async (words: string): Promise<void> => {
  await beds.keyboard.press('/');
  await beds.keyboard.type(words);
  await beds.keyboard.press('Enter');
};
const holds = (label: string, text: string): Promise<unknown> =>
  beds.waitForSelector(`[data-bed="${label}"]:has-text("${text}")`, { timeout: 5_000 });

const middle = async (selector: string) => {
  const box = await beds.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  return [box.x + box.width / 2, box.y + box.height / 2] as const;
};

test('typed: assign, transfer, swap and override, each taken back by Z', async () => {
  await say('b1 < dun');
  await holds('B1', 'Dunmore');
  await beds.keyboard.press('z');
  await holds('B1', 'Available');

  await say('B4 ← B2');
  await holds('B4', 'Kowal');
  await holds('B2', 'To clean');
  await beds.keyboard.press('z');
  await holds('B2', 'Kowal');
  await holds('B4', 'Available');

  await say('b2 < b3');
  await beds.waitForSelector('.dialog:has-text("Swap B3 and B2?")');
  await beds.keyboard.press('Enter');
  await holds('B2', 'Blake');
  await holds('B3', 'Kowal');
  await beds.keyboard.press('z');
  await holds('B2', 'Kowal');

  await say('b4 quist');
  await beds.waitForSelector('.dialog:has-text("droplet isolation, and B4 is not a room of its own")');
  await beds.keyboard.press('1');
  await holds('B4', 'Quist');
});

test('by pointer: the ghost says what letting go does, and letting go does it', async () => {
  await beds.mouse.move(...(await middle('[data-bed="B2"]')));
  await beds.mouse.down();
  await beds.mouse.move(...(await middle('[data-bed="B5"]')), { steps: 4 });
  await beds.waitForSelector('.ghost:has-text("B5 ← Kowal, A")');
  await beds.mouse.up();
  await holds('B5', 'Kowal');
  await holds('B2', 'To clean');
  expect(await beds.locator('.ghost').count()).toBe(0);
});

test('by finger: a touch chooses, a finger that moves at once scrolls, one that rests takes the patient up', async () => {
  const finger = await beds.context().newCDPSession(beds);
  type Point = readonly [x: number, y: number];
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: readonly Point[]): Promise<unknown> =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y]) => ({ x, y })) });
  const moves = async ([fromX, fromY]: Point, [toX, toY]: Point): Promise<void> => {
    for (const part of [0.25, 0.5, 0.75, 1])
      await touch('touchMove', [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part]);
  };
  const [from, onto] = [await middle('[data-bed="B5"]'), await middle('[data-bed="B1"]')];
  await touch('touchStart', from);
  await touch('touchEnd');
  await beds.waitForSelector('[data-bed="B5"].is-selected');

  await touch('touchStart', from);
  await moves(from, onto);
  await touch('touchEnd');
  expect(await beds.locator('.ghost').count()).toBe(0);
  await holds('B5', 'Kowal');

  await touch('touchStart', from);
  await beds.waitForSelector('.ghost:has-text("Kowal, A")');
  await moves(from, onto);
  await beds.waitForSelector('.ghost:has-text("B1 ← Kowal, A")');
  await touch('touchEnd');
  await holds('B1', 'Kowal');
  expect(await beds.locator('.ghost').count()).toBe(0);
  await beds.click('.toast:has-text("B1 ← Kowal") button');
  await holds('B5', 'Kowal');
  await holds('B1', 'Available');
  await finger.detach();
});

test('the record of a visit tells its moves; a note and the care are written into it by keys', async () => {
  await beds.click('[data-bed="B4"]');
  await beds.keyboard.press('p');
  await beds.waitForSelector('.record__events li:has-text("To B4")');
  await beds.click('.record__note textarea');
  await beds.keyboard.type('Daughter comes at eight');
  await beds.keyboard.press('Control+Enter');
  await beds.waitForSelector('.record__events li:has-text("Daughter comes at eight")');
  expect(await beds.inputValue('.record__note textarea')).toBe('');
  await beds.click('.record__who');
  await beds.keyboard.press('e');
  await beds.waitForSelector('.record__form input');
  await beds.keyboard.type('CT head');
  await beds.keyboard.press('Control+s');
  await beds.waitForSelector('.record__column .facts dd:has-text("CT head")');
  await beds.keyboard.press('Escape');
  await beds.waitForSelector('.record', { state: 'detached' });
});

test('a bed that another desk gave away meanwhile: the loser is told, and the patient stays in sight without one', async () => {
  line.isCut = true;
  line.cut();
  await linkIs('offline');
  await say('b1 dun');
  await beds.waitForSelector('html[data-unsent="1"]');
  await until('the other desk', () => elsewhere.frame()?.person && elsewhere.frame()?.copy.state === 'whole');
  await elsewhere.submit('assignBed', { bedId: bedId(1), encounterId: testId('e', 5) });
  await until('the hospital', () => elsewhere.unsent().length === 0);
  line.isCut = false;
  await beds.waitForSelector('html[data-conflicts="1"][data-unsent="0"]', { timeout: 20_000 });
  await holds('B1', 'Osman');
  await beds.waitForSelector(
    'li:has([data-encounter]:has-text("Dunmore")) .need__no-bed:has-text("No bed: B1 was taken by Osman, A")',
  );
  await beds.waitForSelector('.side > .lost:has-text("No bed: B1 was taken by Osman, A")');
});

test('a swap that another desk made impossible meanwhile: nobody moves, and both are told of', async () => {
  line.isCut = true;
  line.cut();
  await linkIs('offline');
  await say('b5 < b3');
  await beds.waitForSelector('.dialog:has-text("Swap B3 and B5?")');
  await beds.keyboard.press('Enter');
  await holds('B5', 'Blake');
  await elsewhere.submit('releaseBed', { bedId: bedId(3), encounterId: testId('e', 3), disposition: 'waiting' });
  await until('the hospital', () => elsewhere.unsent().length === 0);
  line.isCut = false;
  await beds.waitForSelector('html[data-conflicts="2"][data-unsent="0"]', { timeout: 20_000 });
  await holds('B5', 'Kowal');
  await beds.waitForSelector('.lost__one:has-text("Blake"):has-text("No bed: B3 ⇄ B5 could not be done")');
  // Who stays in a bed comes after those who have none.
  await beds.waitForSelector('.lost__more:has-text("and 1 more")');
});
