import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#domain/model/grant.ts';
import type { DeskAnswer, DeskQuestion } from '#domain/model/message-desk.ts';
import { type AdtHospital, type AdtLine, adtHospital, openLine } from '../testing/adt-hospital.ts';
import { adtText, exactTime } from '../testing/adt-messages.ts';
import { bed, facility } from '../testing/hospital.ts';
import { connectStation, helloOf, type TestStation } from '../testing/station.ts';
import { developmentTokens } from './device-tokens.ts';
import { type BackendServer, startServer } from './server.ts';
import { developmentGrant } from './sign-in.ts';

let directory = '';
let here: AdtHospital;
let server: BackendServer;
let line: AdtLine;
let hasInterface = true;
const stations: TestStation[] = [];
const stationId = randomUUID();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-questions-'));
  const site = join(directory, 'adt.json');
  writeFileSync(site, JSON.stringify({ senders: [{ application: 'PAS', facility: 'GH', name: 'PAS', locations: {} }] }));
  hasInterface = true;
  here = await adtHospital(join(directory, 'hospital.db'), { site });
  server = await startServer({
    core: here.core,
    clock: here.now,
    grants: here.grants,
    tokens: developmentTokens,
    messageDesk: () => (hasInterface ? here.adt.desk : null),
    host: '127.0.0.1',
    port: 0,
    exposeState: false,
  });
  line = openLine(here.port);
});
afterEach(async () => {
  line.close();
  for (const station of stations.splice(0)) station.close();
  await server.stop();
  await here.end();
  rmSync(directory, { recursive: true, force: true });
});

const greeted = async (token = developmentTokens.desk): Promise<TestStation> => {
  const station = connectStation(server.port);
  stations.push(station);
  station.send(helloOf(stationId, null, token));
  await station.next('welcome');
  return station;
};
const tokenOf = (as: 'demo' | Role): string => here.grants.issue(developmentGrant(as, facility.id, here.now()));
const ask = async (
  station: TestStation,
  question: DeskQuestion,
  grant = tokenOf('demo'),
  askId = 1,
): Promise<readonly [askId: number, answer: DeskAnswer]> => {
  station.send({ type: 'ask', askId, question, grant });
  const answered = await station.next('answer');
  return [answered.askId, answered.answer];
};
const told = (controlId: string): string =>
  adtText({
    trigger: 'A01',
    controlId,
    at: here.now(),
    visit: `V${controlId}`,
    mrn: `M${controlId}`,
    location: 'EMER^4^1',
    timestamp: exactTime,
  });
const list: Extract<DeskQuestion, { about: 'messages' }> = { about: 'messages', states: ['waiting'], sender: null, before: null };
const refusalOf = ([, answer]: readonly [number, DeskAnswer]): string =>
  answer.about === 'refused' ? `${answer.code}: ${answer.message}` : answer.about;

test('Q1 a question is answered under its number: listed, mapped to a bed, done again', async () => {
  await line.ask(told('A'));
  const station = await greeted();
  const [askId, listed] = await ask(station, list, tokenOf('triageNurse'), 41);
  expect([askId, listed]).toEqual([
    41,
    {
      about: 'messages',
      more: false,
      messages: [
        {
          sequence: 1,
          receivedAt: here.now(),
          sender: 'PAS|GH',
          controlId: 'A',
          trigger: 'A01',
          occurredAt: here.now(),
          mrn: 'MA',
          encounterId: expect.any(String),
          location: 'EMER^4^1',
          state: 'waiting',
          code: 'AE',
          reason: expect.stringContaining('EMER 4 1 is not known here'),
        },
      ],
    },
  ]);
  const mapping = { about: 'mapBed', sender: 'PAS|GH', location: 'EMER^4^1', bedId: bed.id } as const;
  expect(await ask(station, mapping, tokenOf('chargeNurse'), 42)).toEqual([42, { about: 'mapBed', done: 1 }]);
  expect(here.core.view.get('bed', bed.id)?.status).toBe('occupied');
  expect((await ask(station, { about: 'replay', sequence: 1 }))[1]).toEqual({
    about: 'replay',
    state: 'confirmed',
    code: 'AA',
    reason: 'This stands already.',
  });
  expect(refusalOf(await ask(station, { ...mapping, bedId: randomUUID() }))).toBe('notDone: This bed is not known.');
  const places = [{ sender: 'PAS|GH', location: 'EMER^4^1', bedId: bed.id, at: here.now() }];
  expect((await ask(station, { about: 'places' }))[1]).toEqual({ about: 'places', places, more: false });
  const unmap = { about: 'unmapPlace', sender: 'PAS|GH', location: 'EMER^4^1' } as const;
  expect([refusalOf(await ask(station, unmap)), refusalOf(await ask(station, unmap))]).toEqual([
    'unmapPlace',
    'notDone: Nobody had mapped this place.',
  ]);
  // The next patient there waits again; the one who lies in the bed stays.
  expect((await line.ask(told('B'))).slice(0, 2)).toEqual(['AE', 'B']);
  expect(here.core.view.get('bed', bed.id)?.status).toBe('occupied');
  const why = 'They can take it now';
  expect([
    refusalOf(await ask(station, { about: 'resend', sequence: 1, why })),
    refusalOf(await ask(station, { about: 'giveUp', sequence: 1, why })),
  ]).toEqual(['notDone: This message was sent, or is in the queue.', 'notDone: This message was sent, or given up before.']);
  expect(refusalOf(await ask(station, { about: 'message', sequence: 9 }))).toBe(
    'notFound: This message is not known, or no longer kept.',
  );
});

test('Q2 only a person at a desk is answered, only a charge nurse changes something, and what was shown or changed is a row of the trail', async () => {
  await line.ask(told('A'));
  const station = await greeted();
  const replay = { about: 'replay', sequence: 1 } as const;
  const expired = here.grants.issue({ ...developmentGrant('demo', facility.id, here.now()), expiresAt: here.now() });
  const withdrawn = developmentGrant('chargeNurse', facility.id, here.now());
  here.core.withdraw(withdrawn.grantId);
  const notSigned = 'notAllowed: The hospital did not sign this sign-in, or has withdrawn it. Sign in again.';
  expect([
    refusalOf(await ask(station, replay, tokenOf('triageNurse'))),
    refusalOf(await ask(station, replay, tokenOf('dispatcher'))),
    refusalOf(await ask(station, list, tokenOf('display'))),
    refusalOf(await ask(station, list, expired)),
    refusalOf(await ask(station, list, 'a.b')),
    refusalOf(await ask(station, list, here.grants.issue(withdrawn))),
    refusalOf(await ask(await greeted(developmentTokens.display), list)),
  ]).toEqual([
    'notAllowed: Only a charge nurse may do this.',
    'notAllowed: Only a charge nurse may do this.',
    'notAllowed: A display sees no messages.',
    'notAllowed: This sign-in has expired. Sign in again.',
    notSigned,
    notSigned,
    'notAllowed: A display sees no messages.',
  ]);
  const again = await greeted();
  const [, answer] = await ask(again, { about: 'message', sequence: 1 }, tokenOf('dispatcher'));
  expect(answer).toMatchObject({
    about: 'message',
    received: { text: told('A').replaceAll('\r', '\n').trimEnd(), cut: false },
    answered: { cut: false },
  });
  await ask(again, replay);
  expect(
    [...here.store.audit.rows()]
      .filter((row) => row.stationId === stationId && row.action !== 'signIn')
      .map(({ action, outcome }) => [action, outcome]),
  ).toEqual([
    ['export', 'adtMessage'],
    ['adt.replay', 'waiting'],
  ]);
});

test('Q4 an answer is bounded and says when there is more, and why there is none', async () => {
  for (let count = 0; count < 51; count += 1) await line.ask(told(`N${count}`));
  await line.ask(`${told('LONG')}NTE|1||${'x'.repeat(120_000)}\r`);
  const station = await greeted();
  const [, first] = await ask(station, { ...list, states: null });
  expect(first.about === 'messages' && [first.messages.length, first.messages.at(-1)?.sequence, first.more]).toEqual([
    50,
    3,
    true,
  ]);
  const [, rest] = await ask(station, { ...list, states: null, before: 3 });
  expect(rest.about === 'messages' && [rest.messages.length, rest.more]).toEqual([2, false]);
  const [, long] = await ask(station, { about: 'message', sequence: 52 });
  expect(long.about === 'message' && [long.received?.text.length, long.received?.cut]).toEqual([100_000, true]);
  hasInterface = false;
  expect(refusalOf(await ask(station, list))).toBe('noInterface: This hospital has no interface to another system.');
});
