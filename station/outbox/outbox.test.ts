import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { refuse } from '#domain/commands/definition.ts';
import { buildBed, buildEncounter, buildIncident, buildPatient, buildUnit, testId } from '#domain/testing/builders.ts';
import { createDesks } from '../testing/desks.ts';
import { poke, rowsAt, settleTurn, type TestDesk, valuesOf } from '../testing/peer.ts';

const beds = Array.from({ length: 130 }, (_, index) =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null }),
);
const [bed] = beds as [(typeof beds)[number]];
const encounter = buildEncounter({ bedId: null, status: 'triaged', departedAt: null });
const unit = buildUnit({ status: 'availableAtStation', assignmentId: null, restingUntil: null });
const incident = buildIncident();

const { wholeDesk, endDesks } = createDesks();
afterEach(endDesks);
const desk = (): Promise<TestDesk> => wholeDesk(...beds, buildPatient(), encounter, unit, incident);
const settled = (commandId: string, rev: number, refusal?: { code: string; message: string }) => ({
  commandId,
  rev,
  outcome: refusal ? { status: 'refused', ...refusal } : { status: 'applied' },
});
const sentOn = (made: TestDesk, index: number) =>
  (made.peer.links[index]?.said ?? []).flatMap((message) =>
    message.type === 'commands' ? [message.commands.map(({ envelope }) => envelope.commandId)] : [],
  );
const sentAfterOn = (made: TestDesk, index: number) =>
  (made.peer.links[index]?.said ?? []).flatMap((message) => (message.type === 'commands' ? [message.after ?? null] : []));
const block = (index: number) => ({ bedId: beds[index]?.id, reason: 'equipment', until: null });
const reconnect = async (made: TestDesk, rev = 10): Promise<void> => {
  made.clock.advance(1000);
  made.peer.link().say(made.peer.welcome('resume', rev));
  await settleTurn(made.clock);
};

describe('commands', () => {
  test('O2 one commandId has one answer and is one command', async () => {
    const made = await desk();
    const commandId = randomUUID();
    const answers = [];
    for (let count = 0; count < 3; count += 1)
      answers.push(await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id }, commandId));
    await settleTurn(made.clock);
    expect([answers, sentOn(made, 0), made.window().unsent()]).toEqual([
      Array(3).fill({ status: 'saved', commandId, issuedAt: expect.any(Number) }),
      [[commandId]],
      [commandId],
    ]);
    made.peer.link().say(poke(10, 11, { settled: [settled(commandId, 11)] }));
    await settleTurn(made.clock);
    expect(await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id }, commandId)).toEqual({
      status: 'saved',
      commandId,
    });
    const refusedId = randomUUID();
    const refused = await made.window().submit('assignBed', { bedId: testId('b', 999), encounterId: encounter.id }, refusedId);
    expect(refused).toEqual({ status: 'refused', commandId: refusedId, ...refuse('notFound', 'unknownBed') });
    expect(await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id }, refusedId)).toEqual(refused);
  });

  test('O21 commands name the unsettled one that was made before them, and none that was given up', async () => {
    const made = await desk();
    const urgent = (await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id })).commandId;
    await settleTurn(made.clock);
    const first = (await made.window().submit('blockBed', block(0))).commandId;
    await settleTurn(made.clock);
    const second = (await made.window().submit('blockBed', block(1))).commandId;
    await settleTurn(made.clock);
    expect([sentOn(made, 0), sentAfterOn(made, 0)]).toEqual([
      [[urgent], [first], [second]],
      [null, urgent, first],
    ]);
    made.peer.reachable = false;
    made.peer.link().cut();
    made.clock.advance(11_000);
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    await reconnect(made);
    const third = (await made.window().submit('blockBed', block(2))).commandId;
    await settleTurn(made.clock);
    made.peer.link().say(poke(10, 11, { settled: [settled(first, 11), settled(second, 11), settled(third, 11)] }));
    await settleTurn(made.clock);
    const fourth = (await made.window().submit('blockBed', block(3))).commandId;
    await settleTurn(made.clock);
    expect([sentOn(made, 1), sentAfterOn(made, 1)]).toEqual([
      [[first, second], [third], [fourth]],
      [null, second, null],
    ]);
  });

  test('O3 made without a link, they go up in order with their ages, and again under their ids after a lost one', async () => {
    const made = await desk();
    made.peer.reachable = false;
    made.peer.link().cut();
    await settleTurn(made.clock);
    const made130 = [];
    for (let index = 0; index < 130; index += 1) {
      const answer = await made.window().submit('blockBed', block(index));
      expect(answer.status, JSON.stringify(answer)).toBe('saved');
      made130.push(answer.commandId);
    }
    made.clock.advance(60_000);
    expect(made.window().frame()).toMatchObject({ link: { state: 'offline' }, unsent: { count: 130, oldestAgeMs: 60_000 } });
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    await reconnect(made);
    expect(sentOn(made, 1)).toEqual([made130.slice(0, 100), made130.slice(100)]);
    const ages = made.peer
      .link()
      .said.flatMap((message) => (message.type === 'commands' ? message.commands.map(({ ageMs }) => ageMs) : []));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(60_000);
    made.peer.link().say(poke(10, 11, { settled: made130.slice(0, 50).map((commandId) => settled(commandId, 11)) }));
    await settleTurn(made.clock);
    made.peer.link().cut();
    await settleTurn(made.clock);
    await reconnect(made, 11);
    expect(sentOn(made, 2)).toEqual([made130.slice(50)]);
  });

  test('O4 an urgent command is refused without a link and is never queued', async () => {
    const made = await desk();
    made.peer.reachable = false;
    made.peer.link().cut();
    await settleTurn(made.clock);
    const answer = await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id });
    expect(answer).toMatchObject({ status: 'refused', code: 'needsLink', message: 'The crew has not been told: send by radio.' });
    expect([made.window().unsent(), made.window().pending()]).toEqual([[], []]);
  });

  test('O5 an urgent command that nobody answers becomes a conflict after 10 s, is not sent again, and goes when it was done after all', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id });
    await settleTurn(made.clock);
    expect(sentOn(made, 0)).toEqual([[commandId]]);
    made.peer.reachable = false;
    made.peer.link().cut();
    made.clock.advance(9_000);
    expect(made.window().conflicts()).toEqual([]);
    made.clock.advance(2_000);
    expect(made.window().conflicts()).toMatchObject([
      { commandId, code: 'needsLink', by: 'Ada Test', message: expect.stringContaining('send by radio') },
    ]);
    expect([made.window().unsent(), made.window().pending(), made.window().record('unit', unit.id)]).toEqual([[], [], unit]);
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    await reconnect(made);
    expect(sentOn(made, 1)).toEqual([]);
    made.peer.link().say(poke(10, 11, { settled: [settled(commandId, 11)] }));
    await settleTurn(made.clock);
    expect(made.window().conflicts()).toEqual([]);
  });

  test('O22 one that was given up and had been done is no conflict after a snapshot either; what waits is settled with its rows', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id });
    await settleTurn(made.clock);
    made.peer.reachable = false;
    made.peer.link().cut();
    const waiting = (await made.window().submit('blockBed', block(0))).commandId;
    made.clock.advance(11_000);
    expect(made.window().conflicts()).toMatchObject([{ commandId, code: 'needsLink' }]);
    made.peer.reachable = true;
    while (made.peer.links.length < 2) made.clock.advance(1000);
    made.clock.advance(1000);
    const welcome = made.peer.welcome({ snapshotId: testId('6', 78), total: 5 }, 12);
    made.peer.link().say({ ...welcome, settled: [settled(commandId, 11), settled(waiting, 12)] });
    await settleTurn(made.clock);
    expect([made.window().conflicts(), made.window().unsent(), sentOn(made, 1)]).toEqual([[], [waiting], [[waiting]]]);
  });

  test('O6 a refusal becomes a conflict that stays over a restart until a person dismisses it', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
    made.peer.link().say(poke(10, 11, { settled: [settled(commandId, 11, { code: 'conflict', message: 'B1 is occupied.' })] }));
    await settleTurn(made.clock);
    await made.restart();
    expect(made.window().conflicts()).toMatchObject([
      { commandId, name: 'assignBed', code: 'conflict', message: 'B1 is occupied.', by: 'Ada Test' },
    ]);
    expect([made.window().frame().conflicts, made.window().unsent()]).toEqual([1, []]);
    await made.window().call('resolveConflict', { commandId, choice: 'keep', reason: 'seen' });
    await settleTurn(made.clock);
    expect([made.window().conflicts(), made.window().frame().conflicts]).toEqual([[], 0]);
  });

  test('O7 a settlement comes with its rows: no window sees a moment between pending and confirmed', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
    await settleTurn(made.clock);
    const shown = made.window().record('bed', bed.id);
    expect([shown, made.window().pending().includes(`bed/${bed.id}`)]).toMatchObject([
      { status: 'occupied', encounterId: encounter.id },
      true,
    ]);
    made.window().posted.length = 0;
    made.peer.link().say(poke(10, 11, { puts: [{ rev: 11, record: shown }], settled: [settled(commandId, 11)] }));
    await settleTurn(made.clock);
    const values = valuesOf(made.window(), 'records');
    expect(values).toMatchObject([{ reset: false, removes: [] }]);
    const puts = (values[0] as { puts: { record: { id: string }; pending: boolean }[] }).puts;
    expect(puts.find(({ record }) => record.id === bed.id)).toEqual({ record: shown, pending: false });
    expect(made.window().pending()).toEqual([]);
  });

  test('O7 what new rows made impossible is shown as the rows say', async () => {
    const made = await desk();
    await made.window().submit('assignBed', { bedId: bed.id, encounterId: encounter.id });
    const closed = { ...bed, status: 'closed' as const };
    made.peer.link().say(poke(10, 11, { puts: rowsAt(11, closed) }));
    await settleTurn(made.clock);
    expect([
      made.window().record('bed', bed.id),
      made.window().record('encounter', encounter.id),
      made.window().pending(),
    ]).toEqual([closed, encounter, []]);
    expect(made.window().unsent().length).toBe(1);
  });

  test('O8 a full disk says NOT SAVED, keeps showing, and takes the same command once there is room', async () => {
    const made = await desk();
    const { read } = made.database();
    const pages = read.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    read.get(`PRAGMA max_page_count = ${pages}`);
    const answers = [];
    for (let index = 0; index < 130 && answers.at(-1)?.status !== 'notSaved'; index += 1)
      answers.push(await made.window().submit('blockBed', block(index)));
    await settleTurn(made.clock);
    const last = answers.at(-1);
    expect(last).toMatchObject({ status: 'notSaved', message: 'The disk is full.' });
    expect(made.window().frame().troubles).toMatchObject([{ code: 'notSaved', severity: 'notSaved' }]);
    const unsaved = answers.length - 1;
    expect([made.window().unsent().length, made.window().record('bed', beds[unsaved]?.id ?? '')]).toEqual([
      unsaved,
      beds[unsaved],
    ]);
    made.peer
      .link()
      .say(poke(10, 11, { puts: rowsAt(11, ...beds.slice(-60).map((one) => ({ ...one, note: 'x'.repeat(190) }))) }));
    await settleTurn(made.clock);
    expect(
      made
        .window()
        .frame()
        .troubles.map(({ code }) => code),
    ).toContain('storeFailed');
    expect(made.window().record('bed', beds.at(-1)?.id ?? '')).toEqual(beds.at(-1));
    read.get('PRAGMA max_page_count = 100000');
    expect(await made.window().submit('blockBed', block(unsaved), last?.commandId)).toEqual({
      status: 'saved',
      commandId: last?.commandId,
      issuedAt: expect.any(Number),
    });
    await reconnect(made);
    made.peer
      .link()
      .say(poke(10, 11, { puts: rowsAt(11, ...beds.slice(-60).map((one) => ({ ...one, note: 'x'.repeat(190) }))) }));
    await settleTurn(made.clock);
    expect([made.window().frame().troubles, made.fatal]).toEqual([[], []]);
    expect(made.window().record('bed', beds.at(-1)?.id ?? '')).toMatchObject({ note: 'x'.repeat(190) });
  });

  test('O9 one that the backend cannot read is found and becomes a conflict; the others flow', async () => {
    const made = await desk();
    made.peer.link().cut();
    await settleTurn(made.clock);
    const sent = [];
    for (let index = 0; index < 3; index += 1) sent.push((await made.window().submit('blockBed', block(index))).commandId);
    const [first = '', poison = '', third = ''] = sent;
    await reconnect(made);
    const link = made.peer.link();
    const malformed = { type: 'refused', error: { code: 'malformed', message: '' } };
    link.say(malformed);
    await settleTurn(made.clock);
    link.say(poke(10, 11, { settled: [settled(first, 11)] }));
    await settleTurn(made.clock);
    link.say(malformed);
    await settleTurn(made.clock);
    link.say(poke(11, 12, { settled: [settled(third, 12)] }));
    await settleTurn(made.clock);
    expect(sentOn(made, 1)).toEqual([sent, [first], [poison], [third]]);
    expect([
      made.window().unsent(),
      made
        .window()
        .conflicts()
        .map(({ commandId, code }) => [commandId, code]),
    ]).toEqual([[], [[poison, 'malformed']]]);
  });
});

test('a role that may not is refused with what it needs', async () => {
  const made = await desk();
  const answer = await made.window().submit('nothingKnown', {});
  expect(answer).toMatchObject({ status: 'refused', code: 'unknownCommand' });
  await expect(made.window().call('signIn', { as: 'nobody' })).rejects.toThrow('malformed');
});

test('W2 a call or message that is unknown or malformed gets a typed refusal', async () => {
  const made = await desk();
  await expect(made.window().call('deleteEverything', {})).rejects.toThrow('unknownCall');
  await expect(made.window().call('__proto__', {})).rejects.toThrow('unknownCall');
  await expect(made.window().call('submit', { commandId: 'no', name: 'assignBed', input: {} })).rejects.toThrow('malformed');
  await expect(made.window().call('resolveConflict', { commandId: randomUUID(), choice: 'keep', reason: 'x' })).rejects.toThrow(
    'failed',
  );
});

test('a draft key is made once for an author and kept', async () => {
  const made = await desk();
  const key = await made.window().call('draftKey', {});
  await made.restart();
  expect(await made.window().call('draftKey', {})).toEqual(key);
  expect(Buffer.from((key as { key: string }).key, 'base64').length).toBe(32);
});
