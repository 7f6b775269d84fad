/** The gestures of the bed board as a charge nurse makes them, typed and by pointer; what two desks give away or lay out at once. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaPlanOf, bedPlanOf } from '#domain/rules/bed-arrangement.ts';
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

test('a bed is held for who is to come into it later: typed, in the dialog, and by touch', async () => {
  const isHeld = (): Promise<unknown> =>
    beds.waitForSelector('[data-bed="B1"][data-pending="false"]:has-text("Reserved"):has-text("Dunmore, A")', { timeout: 5_000 });
  await say('b1 = dun');
  await isHeld();
  await beds.keyboard.press('z');
  await holds('B1', 'Available');

  await beds.click('[data-bed="B1"]');
  await beds.keyboard.press('b');
  await beds.keyboard.type('dun');
  await beds.keyboard.press('Alt+g');
  await isHeld();
  await beds.keyboard.press('z');
  await holds('B1', 'Available');

  await beds.click('.need:has-text("Dunmore")');
  await beds.click('.section--armed button:has-text("Hold a bed")');
  await beds.click('[data-bed="B1"]');
  await isHeld();
  await beds.keyboard.press('x');
  await holds('B1', 'Available');
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
  // A finger lifted in its movement lets the page glide on, and the next touch only stops that.
  await beds.waitForTimeout(100);
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

const plans = (number: number): string => `[data-plan-bed="${bedId(number)}"]`;
const arrange = async (): Promise<void> => {
  await beds.keyboard.press('Shift+L');
  await beds.waitForSelector(plans(1));
};

test('an area is laid out by mouse, by finger and by keys; a space for the crowd is opened and closed again', async () => {
  await arrange();
  await beds.mouse.move(...(await middle(plans(1))));
  await beds.mouse.down();
  await beds.mouse.move(...(await middle(plans(3))), { steps: 5 });
  await beds.mouse.up();
  await beds.waitForSelector('.arrange__lines li:has-text("order")');
  const inOrder = await beds.locator('[data-plan-bed] b').allTextContents();
  expect(inOrder).toEqual(['B2', 'B3', 'B1', 'B4', 'B5']);

  await beds.getByText('each in its cell').click();
  const touch = await beds.context().newCDPSession(beds);
  const finger = async (type: 'touchStart' | 'touchMove', [x, y]: readonly [number, number]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
  const cell = await middle('.ground__cell[data-cell="2 2"]');
  await finger('touchStart', await middle(plans(5)));
  await finger('touchMove', [cell[0] - 5, cell[1]]);
  await finger('touchMove', cell);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await beds.waitForSelector(`${plans(5)}[data-cell="2 2"]`);
  await beds.keyboard.press('ArrowLeft');
  await beds.waitForSelector(`${plans(5)}[data-cell="1 2"]`);
  for (const space of ['corridor', 'chair', 'capacity']) {
    await beds.keyboard.press('n');
    await beds.locator('.arrange__bed .choice__one', { hasText: space }).click();
  }
  await beds.keyboard.press('Control+Enter');
  await beds.waitForSelector('.arrange', { state: 'detached' });
  await holds('B6', 'Available');
  await holds('B7', 'Available');
  await holds('B8', 'Closed');
  const [, above] = await middle('[data-bed="B1"]');
  const [, below] = await middle('[data-bed="B5"]');
  expect(below).toBeGreaterThan(above);

  await beds.click('[data-bed="B8"]');
  await beds.keyboard.press('x');
  await holds('B8', 'Available');
  await beds.keyboard.press('k');
  await beds.waitForSelector('.dialog');
  await beds.keyboard.press('1');
  await holds('B8', 'Closed');
});

test('a half-made arrangement survives kill -9 of its window; offline it is kept, and where another desk arranged meanwhile it is told', async () => {
  await arrange();
  await beds.click(plans(4));
  await beds.keyboard.press('e');
  await beds.keyboard.type('Z4');
  await beds.waitForSelector('.arrange:has-text("Kept on this desk")');
  const renderer = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const gone = new Promise((resolve) => beds.once('crash', resolve).once('close', resolve));
  if (renderer === undefined) throw new Error('there is no window');
  process.kill(renderer, 'SIGKILL');
  await gone;
  beds = await desk.page('beds');
  await linkIs('live');
  await beds.waitForSelector('[data-bed="B4"]');
  await arrange();
  await beds.waitForSelector(`${plans(4)}:has-text("Z4")`);

  line.isCut = true;
  line.cut();
  await linkIs('offline');
  await beds.waitForSelector('.arrange__notice:has-text("stays unsent")');
  await beds.keyboard.press('Control+Enter');
  await beds.waitForSelector('html[data-unsent="1"]');
  await holds('Z4', '');
  const rows = [...elsewhere.records.values()].map(({ record }) => record);
  const [area] = rows.filter((record) => record.kind === 'area');
  if (!area) throw new Error('the other desk has no area');
  const seen = { area: areaPlanOf(area), beds: rows.filter((record) => record.kind === 'bed').map(bedPlanOf) };
  const renamed = { area: { ...seen.area, name: 'Majors East' }, beds: [], added: [] };
  await elsewhere.submit('arrangeArea', { areaId: area.id, seen, becomes: renamed });
  await until('the hospital', () => elsewhere.unsent().length === 0);
  line.isCut = false;
  await beds.waitForSelector('html[data-conflicts="3"][data-unsent="0"]', { timeout: 20_000 });
  await holds('B4', '');
  await beds.keyboard.press('F7');
  await beds.locator('.inbox__look', { hasText: 'Arrange the beds of Majors' }).click();
  await beds.waitForSelector('.inbox:has-text("Majors East has been arranged by somebody else")');
});
