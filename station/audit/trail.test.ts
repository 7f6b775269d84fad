import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { auditAnchorText } from '#contracts/wire/audit.ts';
import type { AuditHead, AuditRow } from '#domain/model/audit.ts';
import { buildBed, buildEncounter, buildIncident, buildPatient, buildUnit, ids, testId } from '#domain/testing/builders.ts';
import { readAnchors, readAudit, readHospitalHeads } from '../store/queries/audit.ts';
import { readMeta } from '../store/queries/meta.ts';
import { createDesks } from '../testing/desks.ts';
import { epochA, poke, settleTurn, type TestDesk } from '../testing/peer.ts';
import { verifyDesk } from './verify.ts';

const beds = Array.from({ length: 130 }, (_, index) =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null }),
);
const [bed] = beds as [(typeof beds)[number]];
const encounter = buildEncounter({ bedId: null, status: 'triaged', departedAt: null });
const unit = buildUnit({ status: 'availableAtStation', assignmentId: null, restingUntil: null });
const incident = buildIncident();
const assignInput = { bedId: bed.id, encounterId: encounter.id };

const { wholeDesk, endDesks } = createDesks();
afterEach(endDesks);
const desk = (): Promise<TestDesk> => wholeDesk(...beds, buildPatient(), encounter, unit, incident);
const rows = (made: TestDesk): readonly AuditRow[] => [...readAudit(made.database().read)];
const said = (made: TestDesk) => rows(made).map(({ actor, action, subjects, outcome }) => [actor, action, subjects, outcome]);
const stationIdOf = (made: TestDesk) => readMeta(made.database().read, 'stationId') ?? '';
const verified = (made: TestDesk) =>
  verifyDesk(made.database().read, () => ({ now: made.clock.now(), hospitalKept: [], hospitalKey: null }));
const signedIn = [ids.person, 'signIn', [testId('6', 1)], 'renewed'];
const settled = (commandId: string, rev: number, refusal?: { code: string; message: string }) => ({
  commandId,
  rev,
  outcome: refusal ? { status: 'refused', ...refusal } : { status: 'applied' },
});
/** What the hospital answers to a head that it was shown. */
const answerTo = (made: TestDesk, station: AuditHead, hospital: AuditHead) => {
  const anchor = { sequence: station.sequence, hash: station.hash, at: made.clock.now() };
  return { hospital, station: { ...anchor, signature: made.peer.sign(auditAnchorText(stationIdOf(made), anchor)) } };
};
const hash = (digit: string) => digit.repeat(64);

describe('every act leaves one row', () => {
  test('A1 saved, refused, dismissed, given up, exported and signed in: one row each, in order, with who and about what', async () => {
    const made = await desk();
    const saved = (await made.window().submit('assignBed', assignInput)).commandId;
    const refusedId = randomUUID();
    const nowhere = { bedId: testId('b', 999), encounterId: encounter.id };
    for (let again = 0; again < 3; again += 1) await made.window().submit('assignBed', nowhere, refusedId);
    const poison = (await made.window().submit('Doe, Jane', {})).commandId;
    made.peer.link().say(poke(10, 11, { settled: [settled(saved, 11, { code: 'conflict', message: 'B1 is occupied.' })] }));
    await settleTurn(made.clock);
    await made.window().call('resolveConflict', { commandId: saved, choice: 'keep', reason: 'seen' });
    const asked = made.window().call('signIn', { as: 'dispatcher' });
    await settleTurn(made.clock);
    await asked;
    await made.window().call('supportBundle', { versions: {} });
    const urgent = (await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id })).commandId;
    made.peer.reachable = false;
    made.peer.link().cut();
    made.clock.advance(11_000);
    const assignmentId = rows(made)
      .find(({ action }) => action === 'command.dispatchUnit')
      ?.subjects.at(-1);
    expect(said(made)).toEqual([
      signedIn,
      [ids.person, 'command.assignBed', [saved, bed.id, encounter.id], 'saved'],
      [ids.person, 'command.assignBed', [refusedId, testId('b', 999), encounter.id], 'notFound'],
      [ids.person, 'command.unknown', [poison], 'unknownCommand'],
      [ids.person, 'conflict', [saved], 'keep'],
      [ids.person, 'signIn', [testId('6', 1)], 'signedIn'],
      [ids.person, 'export', [], 'supportBundle'],
      [ids.person, 'command.dispatchUnit', [urgent, incident.id, unit.id, assignmentId], 'saved'],
      ['station', 'giveUp', [urgent, incident.id, unit.id], 'needsLink'],
    ]);
    expect(new Set(rows(made).map(({ stationId }) => stationId))).toEqual(new Set([stationIdOf(made)]));
    expect(verified(made).finding).toMatchObject({ rows: 9, broken: null });
  });

  test('A1 a command and its row stand or fall together: a disk that refuses the one refuses the other', async () => {
    const made = await desk();
    const { read } = made.database();
    read.get(`PRAGMA max_page_count = ${read.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0}`);
    const answers: string[] = [];
    for (let index = 0; index < beds.length && answers.at(-1) !== 'notSaved'; index += 1)
      answers.push((await made.window().submit('blockBed', { bedId: beds[index]?.id, reason: 'equipment', until: null })).status);
    await settleTurn(made.clock);
    const saved = answers.length - 1;
    expect(answers).toEqual([...Array(saved).fill('saved'), 'notSaved']);
    expect([made.window().unsent().length, rows(made).filter(({ outcome }) => outcome === 'saved').length]).toEqual([
      saved,
      saved,
    ]);
    expect(verified(made).finding.broken).toBe(null);
  });

  test('A8 a refusal that cannot be noted is answered all the same, and the desk says what is missing', async () => {
    const made = await desk();
    const { read } = made.database();
    read.get(`PRAGMA max_page_count = ${read.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0}`);
    const nowhere = () => made.window().submit('assignBed', { bedId: testId('b', 999), encounterId: encounter.id });
    const troubles = () =>
      made
        .window()
        .frame()
        .troubles.map(({ code }) => code);
    for (let index = 0; index < 400 && !troubles().includes('auditFailed'); index += 1) {
      expect((await nowhere()).status).toBe('refused');
      await settleTurn(made.clock);
    }
    expect(troubles()).toContain('auditFailed');
    read.get('PRAGMA max_page_count = 100000');
    await nowhere();
    await settleTurn(made.clock);
    expect([troubles(), verified(made).finding.broken, made.fatal]).toEqual([[], null, []]);
  });

  test('A3 a row holds ids, codes and a digest, and no text that a person wrote', async () => {
    const made = await desk();
    const input = {
      name: { family: 'Canaryfamily', given: 'Canarygiven' },
      mrn: 'Canarymrn',
      birthDate: null,
      ageYears: 40,
      ageEstimated: false,
      sex: 'female',
      allergies: 'unknown',
      arrivalMode: 'walkIn',
      complaint: 'Canarycomplaint',
      place: 'waitingRoom',
      incidentId: null,
    };
    await made.window().submit('registerPatient', input);
    await made.window().submit('registerPatient', { ...input, allergies: 'Canaryallergy', extra: 'Canaryextra' });
    await made.window().submit('Canarycommand', { Canarykey: 'Canaryvalue' });
    const texts = JSON.stringify(rows(made));
    expect([rows(made).length, texts.includes('Canary')]).toEqual([4, false]);
  });
});

describe('the two trails bear witness to each other', () => {
  test('A5 the head goes up with the commands, and the answer is kept with the settlements', async () => {
    const made = await desk();
    const { commandId } = await made.window().submit('assignBed', assignInput);
    await settleTurn(made.clock);
    const shown = made.peer.link().said.flatMap((message) => (message.type === 'commands' ? [message.audit] : []));
    const [, row] = rows(made);
    const head = { sequence: 2, hash: row?.hash ?? '' };
    expect(shown).toEqual([head]);
    const audit = answerTo(made, head, { sequence: 7, hash: hash('7') });
    made.peer.link().say(poke(10, 11, { settled: [settled(commandId, 11)], audit }));
    await settleTurn(made.clock);
    expect(readAnchors(made.database().read)).toMatchObject([audit.station]);
    expect(readHospitalHeads(made.database().read)).toEqual([{ epoch: epochA, sequence: 7, hash: hash('7') }]);
    // One that the hospital did not sign bears no witness, and neither does what came with it.
    const forged = { ...audit, hospital: { sequence: 9, hash: hash('9') }, station: { ...audit.station, at: 5 } };
    made.peer.link().say(poke(11, 12, { audit: forged }));
    await settleTurn(made.clock);
    expect([readAnchors(made.database().read).length, readHospitalHeads(made.database().read)[0]?.sequence]).toEqual([1, 7]);
  });

  test("A6 a hospital's trail that goes back is said on the strip and noted once", async () => {
    const made = await desk();
    const head = { sequence: 1, hash: rows(made)[0]?.hash ?? '' };
    for (const [index, sequence] of [8, 7, 7, 9].entries()) {
      made.peer.link().say(poke(10 + index, 11 + index, { audit: answerTo(made, head, { sequence, hash: hash('8') }) }));
      await settleTurn(made.clock);
    }
    expect(
      made
        .window()
        .frame()
        .troubles.map(({ code }) => code),
    ).toEqual(['hospitalTrailBroken']);
    expect(said(made)).toEqual([signedIn, ['station', 'hospitalTrailBroken', [epochA], 'found']]);
    expect(readHospitalHeads(made.database().read)).toEqual([{ epoch: epochA, sequence: 9, hash: hash('8') }]);
  });
});
