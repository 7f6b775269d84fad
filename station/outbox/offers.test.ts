import { afterEach, describe, expect, test } from 'vitest';
import { buildBed, buildEncounter, buildFacility, buildPatient, testId } from '#domain/testing/builders.ts';
import { createDesks } from '../testing/desks.ts';
import { epochA, poke, rowsAt, settleTurn, type TestDesk } from '../testing/peer.ts';

const epochB = testId('a', 902);
const beds = [1, 2, 3].map((number) => buildBed({ id: testId('b', number), label: `B${number}`, status: 'available' }));
const [bed] = beds as [(typeof beds)[number]];
const encounter = buildEncounter({ status: 'triaged' });
const stays = buildEncounter({ id: testId('e', 2), status: 'triaged' });

const { emptyDesk, endDesks } = createDesks();
afterEach(endDesks);
const say = async (made: TestDesk, ...messages: readonly unknown[]): Promise<void> => {
  for (const message of messages) made.peer.link().say(message);
  await settleTurn(made.clock);
};
const whole = async (
  made: TestDesk,
  welcome: object,
  rev: number,
  records = [buildFacility(), ...beds, buildPatient(), encounter],
) => {
  const snapshotId = testId('6', 70 + rev);
  await say(
    made,
    { ...made.peer.welcome({ snapshotId, total: 5 }, rev), ...welcome },
    { type: 'page', snapshotId, rows: rowsAt(rev, ...records), next: null },
  );
};
const desk = async (): Promise<TestDesk> => {
  const made = await emptyDesk();
  await whole(made, {}, 10);
  return made;
};
const applied = (commandId: string, rev: number, note?: string) => ({
  commandId,
  rev,
  outcome: { status: 'applied', ...(note === undefined ? {} : { note }) },
});
const block = async (made: TestDesk, index: number): Promise<string> =>
  (await made.window().submit('blockBed', { bedId: beds[index]?.id, reason: 'Leak', until: null })).commandId;
const lose = async (made: TestDesk): Promise<void> => {
  made.peer.reachable = false;
  made.peer.link().cut();
  await settleTurn(made.clock);
};
const comeBack = async (made: TestDesk): Promise<void> => {
  made.peer.reachable = true;
  const links = made.peer.links.length;
  while (made.peer.links.length === links) made.clock.advance(1000);
};
const saidOf = (made: TestDesk) =>
  made.peer
    .link()
    .said.flatMap((message) =>
      message.type === 'offer'
        ? [['offer', ...message.commands.map(({ envelope, epoch, rev }) => [envelope.commandId, epoch, rev])]]
        : message.type === 'commands'
          ? [['commands', ...message.commands.map(({ envelope }) => envelope.commandId)]]
          : [],
    );
const from = { epoch: epochA, rev: 11 };
const troubleOf = (made: TestDesk, code: string) =>
  made
    .window()
    .frame()
    .troubles.find((one) => one.code === code)?.message;

describe('a hospital that was restored', () => {
  const acknowledged = async () => {
    const made = await desk();
    const [kept, lost, refused] = [await block(made, 0), await block(made, 1), await block(made, 2)];
    await say(
      made,
      poke(10, 11, { settled: [applied(kept, 11)], puts: rowsAt(11, { ...bed, status: 'blocked' as const }) }),
      poke(11, 13, {
        settled: [
          applied(lost, 12),
          { commandId: refused, rev: 13, outcome: { status: 'refused', code: 'conflict', message: 'No.' } },
        ],
        puts: rowsAt(12, { ...(beds[1] as typeof bed), status: 'blocked' as const }),
      }),
    );
    await lose(made);
    const unsent = await block(made, 2);
    await comeBack(made);
    return { made, kept, lost, unsent };
  };

  test('R2 is offered what was acknowledged after the backup, with its place in the lost log, before anything new', async () => {
    const { made, lost, unsent } = await acknowledged();
    await whole(made, { epoch: epochB, recovery: { state: 'collecting', from } }, 11);
    expect(saidOf(made)).toEqual([
      ['offer', [lost, epochA, 12]],
      ['commands', unsent],
    ]);
    expect(troubleOf(made, 'hospitalRestored')).toBe(
      'The hospital was restored from a backup. This desk gives back 1 command done since; what cannot be done again becomes a conflict. 1 record was written after that backup. What the hospital itself wrote is lost: check the boards.',
    );
    await say(made, { type: 'refused', error: { code: 'busy', message: 'Later.' } });
    expect(made.window().unsent()).toEqual([unsent]);
    made.clock.advance(1500);
    expect(saidOf(made).slice(2)).toEqual([['commands', unsent]]);
  });

  test('R5 what could not be done again is a conflict, even when one about it had been closed', async () => {
    const { made, lost } = await acknowledged();
    await whole(made, { epoch: epochB, recovery: { state: 'collecting', from } }, 11);
    await say(
      made,
      poke(11, 12, {
        settled: [{ commandId: lost, rev: 12, outcome: { status: 'refused', code: 'conflict', message: 'B2 is occupied.' } }],
      }),
    );
    expect(
      made
        .window()
        .conflicts()
        .find(({ commandId }) => commandId === lost),
    ).toMatchObject({
      state: 'decided',
      summary: 'Block B2: Leak',
      message: 'This had been done before the hospital was restored, and could not be done again. B2 is occupied.',
    });
  });

  test('R6 what was settled anew is not offered again, what was not is', async () => {
    const { made, lost } = await acknowledged();
    await whole(made, { epoch: epochB, recovery: { state: 'collecting', from } }, 11);
    await lose(made);
    await comeBack(made);
    await say(made, { ...made.peer.welcome('resume', 11, epochB), recovery: { state: 'closed', from } });
    expect(saidOf(made)[0]).toEqual(['offer', [lost, epochA, 12]]);
    await say(made, poke(11, 12, { settled: [applied(lost, 12)] }));
    await lose(made);
    await comeBack(made);
    await say(made, { ...made.peer.welcome('resume', 12, epochB), recovery: { state: 'closed', from } });
    expect(saidOf(made).filter(([type]) => type === 'offer')).toEqual([]);
  });

  test('R7 an administrator who begins anew: nothing is offered, and the desk says how much of it is gone', async () => {
    const { made, unsent } = await acknowledged();
    await whole(made, { epoch: epochB, recovery: { state: 'refused', from } }, 11);
    expect(saidOf(made)).toEqual([['commands', unsent]]);
    expect(troubleOf(made, 'hospitalRestored')).toMatch(/^The hospital began anew from a backup\. Not in it: 1 command/);
  });
});

describe('merged records', () => {
  test('M2 a command on its way shows on the visit that stays as soon as the merge arrives', async () => {
    const made = await desk();
    await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
    const ended = { ...encounter, status: 'finished' as const, departedAt: made.clock.now(), mergedInto: stays.id };
    await say(made, poke(10, 11, { puts: rowsAt(11, stays, ended) }));
    expect([made.window().record('encounter', stays.id), made.window().record('bed', bed.id)]).toMatchObject([
      { bedId: bed.id },
      { encounterId: stays.id, status: 'occupied' },
    ]);
    expect([made.window().conflicts(), made.window().record('encounter', encounter.id)]).toEqual([[], ended]);
  });

  test('M3 where it was done instead is told to who made it', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
    await say(made, poke(10, 11, { settled: [applied(commandId, 11, 'The visit had been merged: see M2.')] }));
    expect(made.window().frame().troubles).toMatchObject([
      { severity: 'information', message: 'Assign Moreau to B1: The visit had been merged: see M2.' },
    ]);
  });
});

test('O16 what a withdrawn person made offline is taken back on screen and becomes a conflict', async () => {
  const made = await desk();
  await lose(made);
  const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
  await settleTurn(made.clock);
  expect(made.window().record('bed', bed.id)).toMatchObject({ status: 'occupied' });
  await comeBack(made);
  await say(made, made.peer.welcome('resume', 10));
  const outcome = { status: 'refused', code: 'grantInvalid', message: 'The hospital has withdrawn the sign-in of Ada Test.' };
  await say(made, poke(10, 11, { settled: [{ commandId, rev: 11, outcome }] }));
  expect([made.window().record('bed', bed.id), made.window().record('encounter', encounter.id), made.window().pending()]).toEqual(
    [bed, encounter, []],
  );
  expect(made.window().conflicts()).toMatchObject([{ commandId, code: 'grantInvalid', by: 'Ada Test' }]);
});
