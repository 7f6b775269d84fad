import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditAnchorText } from '#contracts/wire/audit.ts';
import { testId } from '#domain/testing/builders.ts';
import { createCore } from '../core/core.ts';
import { idOfText } from '../core/id-of-text.ts';
import { assignInput, bed, encounter, openHospital, type TestHospital } from '../testing/hospital.ts';
import { signedAnswer } from './answer.ts';
import { verifyHospital } from './verify.ts';

const stationId = testId('8', 1);
const otherStation = testId('8', 2);
const person = idOfText('development person demo');
const hash = (digit: string) => digit.repeat(64);

let hospital: TestHospital;
beforeEach(() => {
  hospital = openHospital();
});
afterEach(() => hospital.store.close());
const rows = () => [...hospital.store.audit.rows()];
const said = () => rows().map(({ actor, stationId: at, action, subjects, outcome }) => [actor, at, action, subjects, outcome]);

test('A2 what is applied and what is refused leaves one row, a command that is repeated none', () => {
  const { core, envelope, now } = hospital;
  const applied = envelope('assignBed', assignInput);
  const again = envelope('assignBed', assignInput);
  const forged = { ...envelope('assignBed', assignInput), grant: 'nonsense' };
  const unknown = envelope('Canarycommand', { Canary: 'Canary' });
  for (const command of [applied, applied, again, forged, unknown, again]) core.apply(stationId, command, 0);
  expect(said()).toEqual([
    [person, stationId, 'command.assignBed', [applied.commandId, bed.id, encounter.id], 'applied'],
    [person, stationId, 'command.assignBed', [again.commandId, bed.id, encounter.id], 'alreadyDone'],
    ['unknown', stationId, 'command.assignBed', [forged.commandId, bed.id, encounter.id], 'grantInvalid'],
    [person, stationId, 'command.unknown', [unknown.commandId], 'unknownCommand'],
  ]);
  expect(rows().map(({ at, atError }) => [at, atError])).toEqual(Array(4).fill([now(), 0]));
  expect(JSON.stringify(rows())).not.toContain('Canary');
  expect(verifyHospital(hospital.store, []).finding).toMatchObject({ rows: 4, broken: null });
});

test('A2 the row stands or falls with the effect and the settlement', () => {
  const { store, now, grants } = hospital;
  const broken = {
    ...store,
    putSettlement: () => {
      throw new Error('disk full');
    },
  };
  const core = createCore({ store: broken, clock: now, verifyGrant: grants.verify });
  expect(() => core.apply(stationId, hospital.envelope('assignBed', assignInput), 0)).toThrow('disk full');
  expect(rows()).toEqual([]);
});

describe('the head of a station', () => {
  const head = (sequence: number, digit: string) => ({ sequence, hash: hash(digit) });
  const showing = (sequence: number, digit: string, at = stationId) => {
    hospital.core.audit.shown(at, head(sequence, digit));
    hospital.core.apply(at, hospital.envelope('assignBed', assignInput), 0);
    return hospital.core.audit.answer(at);
  };
  const kept = () => hospital.store.audit.anchors().map(({ sequence, brokenAt }) => [sequence, brokenAt]);

  test('A5 is kept with the settlements, signed, and answered once with the head of the own trail', () => {
    const { core, grants, envelope, store, now } = hospital;
    core.audit.shown(stationId, head(4, 'a'));
    // Nothing has been written yet that it could be kept with.
    expect([core.audit.answer(stationId), store.audit.anchors()]).toEqual([undefined, []]);
    core.apply(stationId, envelope('assignBed', assignInput), 0);
    expect(store.audit.anchors()).toEqual([{ stationId, ...head(4, 'a'), at: now(), brokenAt: null }]);
    const answer = signedAnswer(core.audit, stationId, grants.sign);
    const [row] = rows();
    expect(answer).toEqual({
      hospital: { sequence: 1, hash: row?.hash },
      station: { ...head(4, 'a'), at: now(), signature: answer?.station.signature },
    });
    const key = createPublicKey({ key: Buffer.from(grants.publicKey, 'base64'), format: 'der', type: 'spki' });
    const text = Buffer.from(auditAnchorText(stationId, { ...head(4, 'a'), at: now() }));
    expect(verify(null, text, key, Buffer.from(answer?.station.signature ?? '', 'base64url'))).toBe(true);
    expect(core.audit.answer(stationId)).toBe(undefined);
    expect(grants.verify(`vigil audit.${answer?.station.signature}`)).toBe(undefined);
  });

  test('A6 of a greeting that goes back is noted once, its furthest row stays, and nothing of that station is signed any more', () => {
    const greeted = (sequence: number, digit: string) => hospital.core.audit.greeted(stationId, head(sequence, digit));
    greeted(9, '9');
    showing(8, '8', otherStation);
    expect([showing(4, 'a')?.station.sequence, showing(6, 'b')?.station.sequence, kept()]).toEqual([
      4,
      6,
      [
        [6, null],
        [8, null],
      ],
    ]);
    greeted(6, 'b');
    greeted(7, 'd');
    expect(kept()).toEqual([
      [6, null],
      [8, null],
    ]);
    hospital.pass(60_000);
    greeted(5, 'c');
    greeted(4, 'a');
    expect([showing(5, 'c'), showing(7, 'd'), showing(6, 'b')]).toEqual([undefined, undefined, undefined]);
    expect(kept()).toEqual([
      [6, hospital.now()],
      [8, null],
    ]);
    expect(said().filter(([actor]) => actor === 'hospital')).toEqual([
      ['hospital', stationId, 'stationTrailBroken', [stationId], 'found'],
    ]);
    expect(showing(9, '9', otherStation)?.station.sequence).toBe(9);
  });

  test('A6 of commands that were overtaken on their way says nothing', () => {
    showing(6, 'b');
    expect([showing(4, 'a'), kept(), showing(7, 'd')?.station.sequence]).toEqual([undefined, [[6, null]], 7]);
  });

  test('A6 that says something else in the place of a row that was shown is noted as well', () => {
    showing(4, 'a');
    expect([showing(4, 'b'), kept()]).toEqual([undefined, [[4, hospital.now()]]]);
  });
});
