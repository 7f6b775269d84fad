import { afterEach, describe, expect, test } from 'vitest';
import { refuse } from '#domain/commands/definition.ts';
import { wordOf } from '#domain/commands/sentence.ts';
import {
  buildBed,
  buildEncounter,
  buildFacility,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  ids,
  testId,
} from '#domain/testing/builders.ts';
import { createDesks } from '../testing/desks.ts';
import { poke, rowsAt, settleTurn, type TestDesk } from '../testing/peer.ts';

const bed = buildBed({ status: 'available', encounterId: null });
const second = buildBed({ id: testId('b', 2), label: 'B2', order: 2 });
const encounter = buildEncounter({ status: 'triaged' });
const HOUR = 3_600_000;

const { wholeDesk, endDesks } = createDesks();
afterEach(endDesks);
const desk = (): Promise<TestDesk> => wholeDesk(buildFacility(), bed, second, buildPatient(), encounter);
const assign = (made: TestDesk) => made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
const say = async (made: TestDesk, message: unknown): Promise<void> => {
  made.peer.link().say(message);
  await settleTurn(made.clock);
};
const refusedAt = (rev: number, commandId: string, code = 'conflict') => ({
  settled: [{ commandId, rev, outcome: { status: 'refused', code, message: 'No.' } }],
});
const goOffline = async (made: TestDesk): Promise<void> => {
  made.peer.reachable = false;
  made.peer.link().cut();
  await settleTurn(made.clock);
};
/** Another desk gave the bed to somebody else. */
const taken = [
  { ...bed, status: 'occupied' as const, encounterId: testId('e', 2) },
  buildEncounter({ id: testId('e', 2), patientId: testId('c', 2), bedId: bed.id, status: 'inProgress' }),
  buildPatient({ id: testId('c', 2), name: { family: 'Idris', given: 'Hana' } }),
];

describe('what cannot be applied as things stand', () => {
  test('O11 new rows make a command impossible: a conflict at once, still sent, ended by its settlement', async () => {
    const made = await desk();
    const { commandId } = await assign(made);
    await say(made, poke(10, 11, { puts: rowsAt(11, ...taken) }));
    expect(made.window().conflicts()).toEqual([
      {
        commandId,
        name: 'assignBed',
        summary: 'Assign Moreau to B1',
        ...refuse('conflict', 'bedIsNot', { bed: 'B1', status: wordOf('bed.occupied'), wanted: wordOf('bed.available') }),
        by: 'Ada Test',
        issuedAt: expect.any(Number),
        foundAt: expect.any(Number),
        state: 'waiting',
        targets: [
          { kind: 'bed', id: bed.id },
          { kind: 'encounter', id: encounter.id },
        ],
        stakes: [
          { kind: 'bed', id: bed.id, label: 'B1', field: 'encounterId', lost: 'Moreau', won: 'Idris', safety: false },
          {
            kind: 'encounter',
            id: encounter.id,
            label: 'Moreau',
            field: 'status',
            lost: 'inProgress',
            won: 'triaged',
            safety: false,
          },
          { kind: 'encounter', id: encounter.id, label: 'Moreau', field: 'bedId', lost: 'B1', won: null, safety: true },
          {
            kind: 'encounter',
            id: encounter.id,
            label: 'Moreau',
            field: 'place',
            lost: null,
            won: 'Waiting room',
            safety: false,
          },
        ],
        wonBy: null,
        wonAt: bed.since,
        canApply: false,
      },
    ]);
    expect([made.window().frame().conflicts, made.window().unsent(), made.window().pending()]).toEqual([1, [commandId], []]);
    await expect(made.window().call('resolveConflict', { commandId, choice: 'keep', reason: 'seen' })).rejects.toThrow(
      'still decides',
    );
    await say(made, poke(11, 12, { puts: rowsAt(12, bed) }));
    expect([made.window().conflicts(), made.window().pending().length]).toEqual([[], 2]);
    await say(made, poke(12, 13, refusedAt(13, commandId)));
    expect(made.window().conflicts()).toMatchObject([{ commandId, state: 'decided', message: 'No.' }]);
  });

  test('O11 a blocked command blocks only those that stand on it', async () => {
    const made = await desk();
    const first = await assign(made);
    const release = await made
      .window()
      .submit('releaseBed', { bedId: bed.id, encounterId: encounter.id, disposition: 'discharged' });
    const other = await made.window().submit('blockBed', { bedId: second.id, reason: 'equipment', until: null });
    await say(made, poke(10, 11, { puts: rowsAt(11, ...taken) }));
    expect(
      made
        .window()
        .conflicts()
        .map(({ commandId }) => commandId),
    ).toEqual([first.commandId, release.commandId]);
    expect([made.window().unsent(), made.window().pending()]).toEqual([
      [first.commandId, release.commandId, other.commandId],
      [`bed/${second.id}`],
    ]);
  });
});

describe('a person decides', () => {
  test('O12 the conflict says what was lost, what won and by whom, and follows the rows', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('recordTriage', {
      encounterId: encounter.id,
      complaint: 'Chest pain',
      vitals: buildVitals(),
      spo2Scale: 1,
      acuity: 4,
      note: null,
      allergies: null,
    });
    const at = made.clock.now();
    const theirs = buildTriageAssessment({ acuity: 2, at, by: { personId: ids.person, name: 'N. Ferreira' } });
    await say(
      made,
      poke(10, 11, {
        puts: rowsAt(11, theirs, { ...encounter, acuity: 2, triagedAt: at }),
        ...refusedAt(11, commandId),
      }),
    );
    expect(made.window().conflicts()).toMatchObject([
      {
        state: 'decided',
        wonBy: 'N. Ferreira',
        wonAt: at,
        canApply: true,
        stakes: expect.arrayContaining([
          { kind: 'encounter', id: encounter.id, label: 'Moreau', field: 'acuity', lost: '4', won: '2', safety: true },
        ]),
      },
    ]);
    await say(made, poke(11, 12, { puts: rowsAt(12, { ...encounter, acuity: 3 as const, triagedAt: at }) }));
    expect(made.window().conflicts()[0]?.stakes).toContainEqual(
      expect.objectContaining({ field: 'acuity', lost: '4', won: '3' }),
    );
    await made.restart();
    expect(made.window().conflicts()[0]?.stakes).toContainEqual(
      expect.objectContaining({ field: 'acuity', lost: '4', won: '3' }),
    );
  });

  test('O13 what was lost is applied as a new command; one that is refused leaves the conflict open', async () => {
    const made = await desk();
    const { commandId } = await assign(made);
    await say(made, poke(10, 11, { puts: rowsAt(11, ...taken), ...refusedAt(11, commandId) }));
    const apply = () => made.window().call('resolveConflict', { commandId, choice: 'apply', reason: 'still right' });
    expect(await apply()).toMatchObject({ status: 'refused', code: 'conflict', message: 'B1 is occupied, not available.' });
    expect(made.window().conflicts()).toMatchObject([{ commandId, canApply: false }]);
    await say(made, poke(11, 12, { puts: rowsAt(12, bed) }));
    expect(made.window().conflicts()).toMatchObject([{ commandId, canApply: true }]);
    const answer = (await apply()) as { status: string; commandId: string };
    await settleTurn(made.clock);
    expect(answer).toEqual({ status: 'saved', commandId: expect.any(String), issuedAt: expect.any(Number) });
    expect(answer.commandId).not.toBe(commandId);
    expect([made.window().conflicts(), made.window().unsent(), made.window().record('bed', bed.id)]).toMatchObject([
      [],
      [answer.commandId],
      { status: 'occupied', encounterId: encounter.id },
    ]);
    await expect(apply()).rejects.toThrow('not there any more');
  });

  test('O13 what is kept is closed with its reason and stays closed over a restart', async () => {
    const made = await desk();
    const { commandId } = await assign(made);
    await say(made, poke(10, 11, { puts: rowsAt(11, ...taken), ...refusedAt(11, commandId) }));
    expect(await made.window().call('resolveConflict', { commandId, choice: 'keep', reason: 'Idris is worse' })).toEqual({
      status: 'kept',
    });
    await made.restart();
    expect(made.window().conflicts()).toEqual([]);
    expect(made.database().read.get('SELECT dismissed_because AS because FROM conflict WHERE command_id = ?', commandId)).toEqual(
      { because: 'Idris is worse' },
    );
  });

  test('O14 a command carries what its author saw of the safety fields', async () => {
    const made = await desk();
    await assign(made);
    await settleTurn(made.clock);
    const sent = made.peer
      .link()
      .said.flatMap((message) => (message.type === 'commands' ? message.commands.map(({ envelope }) => envelope.seen) : []));
    expect(sent).toEqual([{ [`encounter/${encounter.id}`]: { acuity: null, bedId: null } }]);
    await say(made, poke(10, 11, { puts: rowsAt(11, { ...encounter, bedId: second.id, bedAssignedAt: made.clock.now() }) }));
    expect(made.window().conflicts()).toMatchObject([
      { code: 'conflict', message: expect.stringMatching(/^The bed is now B2 and was not set/) },
    ]);
  });
});

describe('what waits too long', () => {
  test('O15 becomes a conflict at that moment without a link; applied anew it is a new command, and the old one stays closed', async () => {
    const made = await desk();
    await goOffline(made);
    const { commandId } = await assign(made);
    made.clock.sleep(4 * HOUR);
    await settleTurn(made.clock);
    expect(made.window().conflicts()).toEqual([]);
    made.clock.advance(2_000);
    await settleTurn(made.clock);
    expect(made.window().conflicts()).toMatchObject([{ commandId, code: 'expired', state: 'decided', canApply: true }]);
    expect([made.window().unsent(), made.window().pending()]).toEqual([[commandId], []]);
    const answer = (await made
      .window()
      .call('resolveConflict', { commandId, choice: 'apply', reason: 'still waiting for it' })) as { commandId: string };
    await settleTurn(made.clock);
    expect([made.window().conflicts(), made.window().unsent()]).toEqual([[], [commandId, answer.commandId]]);
    await made.restart();
    expect([made.window().conflicts(), made.window().unsent()]).toEqual([[], [commandId, answer.commandId]]);
    made.peer.reachable = true;
    const links = made.peer.links.length;
    while (made.peer.links.length <= links) made.clock.advance(1000);
    await say(made, made.peer.welcome('resume', 10));
    await say(made, poke(10, 11, refusedAt(11, commandId, 'expired')));
    expect([made.window().conflicts(), made.window().unsent()]).toEqual([[], [answer.commandId]]);
  });

  test.each([
    ['ten years on', 10 * 365 * 24 * HOUR],
    ['a day on', 24 * HOUR],
    ['a day back', -24 * HOUR],
  ])('O15 a machine restarted with its clock %s calls nothing too old, and sends with the true age', async (_name, wallOffBy) => {
    const made = await desk();
    await goOffline(made);
    const madeAt = made.clock.now();
    const { commandId } = await assign(made);
    made.clock.advance(60_000);
    await made.restart({ wallOffBy });
    made.clock.advance(30_000);
    await settleTurn(made.clock);
    expect([made.window().conflicts(), made.window().unsent()]).toEqual([[], [commandId]]);
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    const link = made.peer.link();
    const ages = () =>
      link.said.flatMap((message) => (message.type === 'commands' ? message.commands.map(({ ageMs }) => ageMs) : []));
    link.mute = true;
    expect(ages()).toEqual([]);
    // The welcome says the server's time, before any heartbeat is answered.
    await say(made, made.peer.welcome('resume', 10));
    const [age = 0] = ages();
    expect(ages().length).toBe(1);
    expect(Math.abs(age - (made.clock.now() - madeAt))).toBeLessThan(1000);
    expect(made.window().conflicts()).toEqual([]);
  });
});
