import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Role } from '#domain/model/grant.ts';
import { testId, testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createAuditTrail } from './audit/trail.ts';
import { createDiskGuard } from './disk-guard.ts';
import { createSignIn } from './sign-in.ts';
import { openStore } from './store/open-store.ts';
import { readAudit } from './store/queries/audit.ts';
import { createPeer } from './testing/peer.ts';
import { createTroubles } from './troubles.ts';

const HOUR = 3_600_000;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A sign-in over a real file; what the hospital is asked is answered by the test, in the order of its choice. */
const world = async () => {
  const clock = createFakeClock(testNow);
  const peer = createPeer(clock);
  const directory = mkdtempSync(join(tmpdir(), 'vigil-sign-in-'));
  const { database, close } = await openStore({ directory, key: randomBytes(32), wallNow: testNow });
  const troubles = createTroubles(clock.now, () => undefined, clock.after);
  const welcome = peer.welcome('resume', 1);
  const asked = new Map<string, { readonly give: (token: string) => void; readonly refuse: () => void }>();
  const opened = () =>
    createSignIn({
      as: 'demo',
      database,
      audit: createAuditTrail({
        database,
        stationId: testId('5', 1),
        serverNow: clock.now,
        serverTimeError: () => 5,
        person: () => null,
        hospitalBroken: () => undefined,
      }),
      disk: createDiskGuard(troubles, (error) => {
        throw error;
      }),
      troubles,
      serverNow: clock.now,
      grantKey: () => (welcome.type === 'welcome' ? welcome.grantKey : null),
      ask: (as) =>
        new Promise((give, fail) => {
          asked.set(as, { give, refuse: () => fail(new Error('The hospital cannot be reached.')) });
        }),
      moved: () => undefined,
    });
  ends.push(() => {
    troubles.stop();
    close();
    rmSync(directory, { recursive: true, force: true });
  });
  const signIn = opened();
  const ask = (as: 'demo' | Role) => {
    const answer = signIn.signIn(as).catch((error: Error) => error.message);
    const pending = asked.get(as);
    if (!pending) throw new Error('The hospital was not asked.');
    return {
      given: (roles: readonly Role[], by = peer) => {
        pending.give(by.token(roles));
        return answer;
      },
      refused: () => {
        pending.refuse();
        return answer;
      },
    };
  };
  return {
    clock,
    peer,
    signIn,
    ask,
    asked,
    opened,
    roles: (of = signIn) => of.current()?.grant.roles ?? null,
    outcomes: () => [...readAudit(database.read)].map(({ outcome }) => outcome),
    troubles: () => [...troubles.list()].map(({ code }) => code),
  };
};

test('of two sign-ins the later stands, whichever is answered first', async () => {
  const { ask, roles, outcomes } = await world();
  const first = ask('dispatcher');
  const second = ask('chargeNurse');
  await second.given(['chargeNurse']);
  await first.given(['dispatcher']);
  expect([roles(), outcomes()]).toEqual([['chargeNurse'], ['signedIn', 'signedIn']]);
});

test('without an answer the grant in the file counts until it expires, over a restart too', async () => {
  const { ask, roles, outcomes, opened, clock } = await world();
  await ask('demo').given(['dispatcher']);
  await ask('chargeNurse').given(['chargeNurse']);
  expect(await ask('demo').refused()).toBe('Ada Test');
  expect([roles(), roles(opened())]).toEqual([['dispatcher'], ['dispatcher']]);
  clock.advance(12 * HOUR);
  expect(await ask('chargeNurse').refused()).toBe('The hospital cannot be reached.');
  expect([roles(), outcomes()]).toEqual([['dispatcher'], ['signedIn', 'signedIn', 'offline', 'refused']]);
});

test('who signs in beside the person here is said by the hospital now, never by the file, and signs nobody in', async () => {
  const { ask, asked, peer, roles, outcomes, signIn } = await world();
  await ask('triageNurse').given(['triageNurse']);
  await ask('chargeNurse').given(['chargeNurse']);
  const beside = signIn.beside('triageNurse');
  asked.get('triageNurse')?.give(peer.token(['triageNurse']));
  expect((await beside).grant.roles).toEqual(['triageNurse']);
  const unheard = signIn.beside('triageNurse').catch((error: Error) => error.message);
  asked.get('triageNurse')?.refuse();
  expect([await unheard, roles(), outcomes()]).toEqual([
    'The hospital cannot be reached.',
    ['chargeNurse'],
    ['signedIn', 'signedIn', 'beside', 'refused'],
  ]);
});

test('a grant that another hospital has signed is none', async () => {
  const { ask, roles, outcomes, clock } = await world();
  await ask('demo').given(['dispatcher'], createPeer(clock));
  expect([roles(), outcomes()]).toEqual([null, ['refused']]);
});

test('a grant is renewed ten minutes before it expires, and a failure is said when nothing is left of it', async () => {
  const { ask, asked, signIn, outcomes, troubles, clock } = await world();
  await ask('demo').given(['dispatcher']);
  asked.clear();
  clock.advance(12 * HOUR - 600_000);
  signIn.renewWhenDue();
  expect(asked.size).toBe(0);
  const renewFails = async (): Promise<void> => {
    signIn.renewWhenDue();
    asked.get('demo')?.refuse();
    await new Promise((resolve) => setImmediate(resolve));
  };
  clock.advance(1);
  await renewFails();
  expect([outcomes(), troubles()]).toEqual([['signedIn'], []]);
  clock.advance(600_000);
  await renewFails();
  expect([outcomes(), troubles()]).toEqual([['signedIn', 'refused'], ['signInRefused']]);
});

test('of two sign-ins at once that are both refused nothing is left: the person before them stays and is asked for again', async () => {
  const { ask, asked, signIn, roles } = await world();
  await ask('demo').given(['triageNurse']);
  const [first, second] = [ask('dispatcher'), ask('chargeNurse')];
  await first.refused();
  await second.refused();
  asked.clear();
  signIn.renew();
  expect([roles(), [...asked.keys()]]).toEqual([['triageNurse'], ['demo']]);
  asked.get('demo')?.refuse();
});
