/** A crew with a red pre-alert on its way, a bay held for it by a key, and a message that one desk writes and another acknowledges. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '#domain/model/message.ts';
import { noTimes } from '#domain/rules/assignment-times.ts';
import {
  buildArea,
  buildAssignment,
  buildBed,
  buildFacility,
  buildHospital,
  buildIncident,
  buildUnit,
  ids,
  testId,
} from '#domain/testing/builders.ts';
import { keyOf, type StationProcess } from '#test/system/station-process.ts';
import { type Desk, until } from '#tools/desk.ts';
import type { Line } from './line.ts';
import { openTwoDesks, type TwoDesks } from './two-desks.ts';

const now = Date.now();
const times = { ...noTimes, unitNotified: now - 900_000, leftScene: now - 120_000 };
const mission = (number: number, changes: Parameters<typeof buildAssignment>[0]) =>
  buildAssignment({
    id: testId('3', number),
    unitId: testId('2', number),
    incidentId: testId('1', number),
    hospitalId: ids.hospital,
    times,
    ...changes,
  });
const crew = (number: number, callsign: string) =>
  buildUnit({ id: testId('2', number), callsign, status: 'transporting', assignmentId: testId('3', number) });
const call = (number: number, category: string) =>
  buildIncident({ id: testId('1', number), number: `2611-000${number}`, category });

let opened: TwoDesks;
let line: Line;
let desk: Desk;
let elsewhere: StationProcess;
let beds: Page;

beforeAll(async () => {
  opened = await openTwoDesks(
    [
      buildFacility(),
      buildArea({ name: 'Resus', code: 'R' }),
      buildArea({ id: testId('a', 2), name: 'Majors', order: 2 }),
      buildBed({ label: 'R1' }),
      buildBed({ id: testId('b', 2), label: 'A1', areaId: testId('a', 2) }),
      buildHospital(),
      call(1, 'Road collision'),
      call(2, 'Back pain'),
      crew(1, 'M34'),
      crew(2, 'M09'),
      mission(1, { etaAt: now + 3_600_000 }),
      mission(2, {}),
    ],
    'beds,map',
  );
  ({ line, desk, elsewhere } = opened);
  beds = await desk.page('beds');
  await beds.waitForSelector('.frame[data-link="live"]', { timeout: 20_000 });
  await until('the other desk', () => elsewhere.frame()?.person && elsewhere.frame()?.copy.state === 'whole');
});
afterAll(() => opened?.stop());

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).first().textContent()) ?? '';
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await beds.keyboard.press(key);
};
const message = (text: string): Message | undefined =>
  [...elsewhere.records.values()].map(({ record }) => record).find((one) => one.kind === 'message' && one.text === text) as
    | Message
    | undefined;

test('a pre-alert written at one desk stands on top of the arrivals of another, and a key holds its bay', async () => {
  await beds.waitForSelector(`[data-inbound="${testId('3', 2)}"]`);
  expect(await textOf(beds, `[data-inbound="${testId('3', 2)}"]`)).toContain('–');
  const said = { age: '31 M', time: null, mechanism: 'Motorcycle', injuries: null, signs: 'BP 84/50', treatment: null };
  await elsewhere.submit('recordPrealert', { unitId: testId('2', 1), urgency: 'red', ...said });
  await beds.waitForSelector('.need--inbound .prealert--red');
  expect(await textOf(beds, '.need--inbound')).toContain('M34');

  await press('i');
  const drawer = await textOf(beds, '.arrival');
  for (const words of ['M34', 'RED', 'Motorcycle', 'BP 84/50', 'not said', 'Reserve R1 for M34']) expect(drawer).toContain(words);
  await press('h');
  await until('the hold at the other desk', () => {
    const bed = elsewhere.records.get(keyOf('bed', ids.bed))?.record;
    return bed?.kind === 'bed' && bed.status === 'reserved' && bed.reservation?.assignmentId === testId('3', 1);
  });
  await beds.waitForSelector('[data-bed="R1"]:has-text("M34: 31 M")');
  await press('z');
  await until('the bay given back', () => {
    const bed = elsewhere.records.get(keyOf('bed', ids.bed))?.record;
    return bed?.kind === 'bed' && bed.status === 'available';
  });
  await press('Escape');
});

test('an urgent message stands above the board until it is acknowledged, and its writer sees who did', async () => {
  const text = 'Bus on the Rambla, up to 20 injured.';
  await elsewhere.submit('sendMessage', {
    text,
    urgent: true,
    incidentId: null,
    recipients: [
      { to: 'role', role: 'chargeNurse' },
      { to: 'unit', unitId: testId('2', 2) },
    ],
  });
  await beds.waitForSelector('.banner__text');
  expect(await textOf(beds, '.banner__text')).toBe(text);
  await press('F12', 'a');
  await until('the acknowledgement', () => message(text)?.recipients[0]?.acknowledged != null);
  await beds.waitForSelector('.banner__text', { state: 'detached' });
  await press('1');
  await until('the answer by radio', () => message(text)?.recipients.every(({ acknowledged }) => acknowledged !== null));
  await press('Escape');
  await beds.waitForSelector('.messages', { state: 'detached' });
});

test('a message that cannot go says so and is kept; it goes by one key when the line is back', async () => {
  line.isCut = true;
  line.cut();
  await beds.waitForSelector('.frame[data-link="offline"]', { timeout: 20_000 });
  await press('F12', 'n');
  await beds.keyboard.type('m09');
  await press('Enter');
  await beds.keyboard.type('disp');
  await press('Enter', 'Enter');
  await beds.keyboard.type('North entrance only');
  await press('Control+Enter');
  await beds.waitForSelector('.composer__refused');
  expect(await textOf(beds, '.composer__refused')).toContain('Nobody has been told: use radio or telephone.');
  await press('Escape', 'Escape');
  await beds.waitForSelector('.messages', { state: 'detached' });

  line.isCut = false;
  await beds.waitForSelector('.frame[data-link="live"]', { timeout: 30_000 });
  expect(message('North entrance only')).toBe(undefined);
  // Kept over the end of its page, too.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await beds.reload();
  await beds.waitForSelector('.frame[data-link="live"]', { timeout: 30_000 });
  await beds.waitForSelector('.strip__messages');
  await press('F12');
  await beds.waitForSelector('.messages__head .btn:has-text("Go on writing")');
  await press('n');
  await beds.waitForSelector('.composer__text');
  expect(await beds.inputValue('.composer__text')).toBe('North entrance only');
  await press('Control+Enter');
  await until('the message at the other desk', () => message('North entrance only') !== undefined);
  expect(message('North entrance only')?.recipients.map(({ recipient }) => recipient)).toEqual([
    { to: 'role', role: 'dispatcher' },
    { to: 'unit', unitId: testId('2', 2) },
  ]);
});

test('a hospital is closed to ambulances by keys, with its reason and end, and opened again by undo', async () => {
  const map = await desk.page('map');
  await map.waitForSelector('.frame[data-link="live"]', { timeout: 20_000 });
  await map.keyboard.press('b');
  await map.waitForSelector('.hospital');
  expect(await textOf(map, '.hospital')).toContain('M34');
  await map.keyboard.press('e');
  await map.keyboard.press('Alt+3');
  await map.keyboard.type('CT out of use');
  await map.keyboard.press('Control+Enter');
  const here = () => {
    const found = elsewhere.records.get(keyOf('hospital', ids.hospital))?.record;
    return found?.kind === 'hospital' ? found : undefined;
  };
  await until('the closure at the other desk', () => here()?.emsTrafficStatus === 'closed');
  expect(here()?.divert).toEqual({ reason: 'CT out of use', by: expect.anything(), until: expect.any(Number) });
  await map.waitForSelector('[data-hospital] .traffic--closed');
  // The panel has the keys until it is left.
  await map.keyboard.press('Escape');
  await map.waitForSelector('.hospital', { state: 'detached' });
  await map.keyboard.press('z');
  await until('the opening at the other desk', () => here()?.emsTrafficStatus === 'normal' && here()?.divert === null);
});
