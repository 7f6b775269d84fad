/**
 * A dispatcher's shift by keyboard alone, in a city where nobody rings and nobody is sent but by this desk: twenty incidents, a
 * diversion, a cancellation, an emergency, a handover at a hospital, crews that refuse or say nothing, and half a minute without
 * the hospital. At its end every incident must have its whole timeline, in order.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id } from '#domain/model/values.ts';
import { orderBreaks } from '#domain/rules/assignment-times.ts';
import { addressAt, readAddresses } from '#geo/addresses.ts';
import { type Desk, liveText, openDesk, temporaryDirectory, until } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { type RunningBackend, startBackend } from '#tools/launch.ts';
import { projectDirectory } from '#tools/places.ts';
import { createProcessOwner } from '#tools/processes.ts';

const processes = createProcessOwner();
const count = 20;
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let hospital: Awaited<ReturnType<typeof temporaryDirectory>>;
let backend: RunningBackend;
let desk: Desk;
let map: Page;

const open = (port?: number): Promise<RunningBackend> =>
  startBackend(processes, {
    simulator: { seed: 5, speed: 60, practice: true },
    data: hospital.path,
    exposeState: true,
    log: 'silent',
    ...(port === undefined ? {} : { port }),
  });

beforeAll(async () => {
  [data, hospital] = await Promise.all([temporaryDirectory(), temporaryDirectory()]);
  const electron = await resolveElectron();
  const { display } = await withDisplay(processes);
  backend = await open();
  desk = await openDesk({ electron, display, backend: backend.url, data: data.path, arguments: ['--board=map'] });
  map = await desk.page('map');
  await liveText(map);
});
afterAll(async () => {
  await desk?.close();
  await processes.stopAll();
  await data?.remove();
  await hospital?.remove();
});

type State = {
  readonly incident: readonly Incident[];
  readonly assignment: readonly Assignment[];
  readonly unit: readonly Unit[];
};
/** What stands at the hospital. */
const stands = async (): Promise<State> => {
  const answer = await fetch(`${backend.url}/state?kinds=incident,assignment,unit`);
  return ((await answer.json()) as { readonly records: State }).records;
};

/** Addresses all over the city, as a caller would say them. */
const addresses = (): readonly string[] => {
  const all = readAddresses(readFileSync(join(projectDirectory, 'resources/city/addresses.bin')));
  return Array.from({ length: count }, (_none, index) => {
    const found = addressAt(all, Math.floor(((index + 0.5) / count) * all.count));
    return `${found?.street} ${found?.number}`;
  });
};

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await map.keyboard.press(key);
};
const command = async (line: string): Promise<void> => {
  await press('/');
  await map.keyboard.type(line);
  await press('Enter');
};
const codes = ['FA', 'CP', 'BD', 'SP', 'AP', 'ST'] as const;
const shortOf = ({ number }: Pick<Incident, 'number'>): string => String(Number(number?.split('-').at(-1)));

/** Opens the form, takes the first address found, names the category by its code, and goes on to the units. */
const takeCall = async (address: string, code: string): Promise<void> => {
  await press('n');
  await map.waitForSelector('.map-form input:focus');
  await map.keyboard.type(address);
  await map.waitForSelector('#call-address [role="option"]');
  await press('Enter');
  await map.keyboard.type(code);
  await press('Control+Shift+Enter');
  await map.waitForSelector('.map-form', { state: 'detached' });
};
/** Chooses the best unit that is still free: one that was taken since the list was opened keeps its place in it. */
const choose = async (): Promise<void> => {
  await press((await map.locator('button.map-candidate kbd').first().textContent()) ?? '');
  await map.waitForSelector('.map-candidate.is-selected');
};
const send = async (): Promise<void> => {
  await choose();
  await press('Enter');
  await map.waitForSelector('.map-candidate', { state: 'detached' });
};
const settled = (): Promise<unknown> => map.waitForSelector('html[data-unsent="0"]', { timeout: 20_000 });

const openOnes = ({ incident }: State): readonly Incident[] => incident.filter(({ status }) => status === 'open');
const crewsOf = ({ unit, assignment }: State, incidentId: Id): readonly Unit[] =>
  unit.filter((one) => assignment.find(({ id }) => id === one.assignmentId)?.incidentId === incidentId);

/** Sends another crew wherever the first said no or was taken away. */
const sendAgain = async (): Promise<void> => {
  const now = await stands();
  for (const incident of openOnes(now)) {
    if (crewsOf(now, incident.id).length > 0) continue;
    await command(`f ${shortOf(incident)}`);
    await press('d');
    await send();
  }
};

test('twenty incidents are taken, sent to and ended by keyboard, through an outage, and each has its whole timeline', async () => {
  const [first, ...others] = addresses();
  // A first one, to be cancelled before anybody gets there.
  await takeCall(first ?? '', 'BP');
  await send();
  await settled();
  const [cancelled] = (await stands()).incident;
  await command(`x ${cancelled ? shortOf(cancelled) : ''} Caller is well and has left`);
  await until('the cancellation', async () => (await stands()).incident[0]?.status === 'cancelled');

  for (const [index, address] of others.slice(0, 12).entries()) {
    await takeCall(address, codes[index % codes.length] ?? 'FA');
    await send();
  }
  await settled();

  // A crew on its way to something less urgent is diverted to a cardiac arrest.
  await takeCall(others[12] ?? '', 'CA');
  const arrest = await until('the arrest', async () =>
    (await stands()).incident.find(({ category }) => category === 'Cardiac arrest'),
  );
  await press('Escape');
  await until(
    'a crew diverted to it',
    async () => {
      const now = await stands();
      if (now.assignment.some(({ divertedTo }) => divertedTo === arrest.id)) return true;
      const crew = now.unit.find(({ status, assignmentId }) => {
        const mission = now.assignment.find(({ id }) => id === assignmentId);
        const goal = now.incident.find(({ id }) => id === mission?.incidentId);
        return status === 'enRoute' && (goal?.priority ?? 0) > 1;
      });
      // One that arrives in the same second is not diverted, and another is.
      if (crew) await command(`d ${crew.callsign} ${shortOf(arrest)} Not breathing`);
      await settled();
      return false;
    },
    60_000,
  );
  await settled();

  // A crew needs help, and is safe again.
  const during = await stands();
  const [crew] = during.unit.filter((unit) => unit.assignmentId !== null && !crewsOf(during, arrest.id).includes(unit));
  await command(`e ${crew?.callsign} Threatened at the scene`);
  await map.waitForSelector('.map-emergency', { timeout: 10_000 });
  await settled();
  await command(`e ${crew?.callsign} off Police have come, crew is safe`);
  await until('the end of the emergency', async () => (await stands()).unit.every(({ emergency }) => !emergency));

  // The hospital goes away. A call is taken and its crew told by radio, which is written down.
  await backend.process.stop();
  await map.waitForSelector('.frame[data-link="offline"]', { timeout: 20_000 });
  await takeCall(others[13] ?? '', 'FA');
  await choose();
  await press('Enter');
  await map.waitForSelector('text=has not been told');
  await map.keyboard.type('Radio channel 2');
  await press('Enter');
  await map.waitForSelector('html[data-unsent="2"]');
  backend = await open(backend.port);
  await map.waitForSelector('.frame[data-link="live"]', { timeout: 30_000 });
  await settled();

  for (const [index, address] of others.slice(14).entries()) {
    await takeCall(address, codes[index % codes.length] ?? 'FA');
    await send();
  }
  await settled();

  // A crew stands at a hospital with its patient: the clock of its handover runs on its card.
  await until(
    'a handover on the screen',
    async () => {
      const waits = (await stands()).unit.find(({ status }) => status === 'atDestination' || status === 'offloading');
      if (!waits) return false;
      await command(`f ${waits.callsign}`);
      return map
        .locator('.map-facts tr:has-text("Handover"):has-text("first step in")')
        .waitFor({ timeout: 2_000 })
        .then(() => true)
        .catch(() => false);
    },
    120_000,
  );

  await until(
    'the end of the shift',
    async () => {
      await sendAgain();
      const { incident } = await stands();
      return incident.length === count && incident.every(({ status }) => status !== 'open');
    },
    240_000,
  );

  const { incident, assignment } = await stands();
  expect(incident.filter(({ status }) => status === 'cancelled').map(({ endReason }) => endReason)).toEqual([
    'Caller is well and has left',
  ]);
  for (const one of incident.filter(({ status }) => status === 'closed')) {
    const missions = assignment.filter(({ incidentId }) => incidentId === one.id);
    const whole = missions.filter(({ times }) => times.backInService !== null && times.onScene !== null);
    expect(whole.length, one.number ?? '').toBeGreaterThan(0);
    expect((one.dispatchNotifiedAt ?? 0) >= one.callReceivedAt).toBe(true);
    for (const { times } of whole) {
      const { unitNotified, acknowledged, enRoute, atPatient, leftScene, atDestination, transferOfCare } = times;
      expect([unitNotified, acknowledged, enRoute, atPatient].includes(null), one.number ?? '').toBe(false);
      if (leftScene !== null) expect([atDestination, transferOfCare].includes(null)).toBe(false);
    }
    for (const { times, endReason, refusal } of missions.filter((mission) => !whole.includes(mission)))
      expect([times.cancelled === null, endReason ?? refusal?.reason ?? ''], one.number ?? '').toEqual([
        false,
        expect.stringMatching(/./),
      ]);
  }
  expect(assignment.flatMap(({ times }) => orderBreaks(times))).toEqual([]);
  expect(assignment.filter(({ divertedTo }) => divertedTo === arrest.id)).toHaveLength(1);
  const told = incident.find(({ id }) => {
    const missions = assignment.filter(({ incidentId }) => incidentId === id);
    return missions.length === 1 && missions[0]?.times.transferOfCare != null;
  });
  if (!told) throw new Error('Nobody was brought to a hospital by the first crew sent.');
  await press('o');
  await command(`f ${shortOf(told)}`);
  const numbers = (): Promise<readonly (string | undefined)[]> =>
    map
      .locator('.map-timeline > li')
      .evaluateAll((lines) => lines.map((line) => /^\d\d:\d\d:\d\d\s*(\d\d)\D/.exec(line.textContent)?.[1]));
  await expect.poll(numbers).toEqual(expect.arrayContaining(['01', '02', '03', '04', '05', '06', '07', '09', '11', '12', '13']));
  expect(assignment.filter(({ how }) => how === 'voice').map(({ voiceNote }) => voiceNote)).toEqual([
    expect.stringContaining('Radio channel 2'),
  ]);
}, 600_000);
