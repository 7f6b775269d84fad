/** A shift handed over between two people: at two desks, at one, and while the hospital is gone; and printed. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DrawnSheet } from '#contracts/ipc/station-window.ts';
import type { AuditRow } from '#domain/model/audit.ts';
import type { Handover } from '#domain/model/handover.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import { packKeyOf } from '#electron/broker/key-provider.ts';
import { openPack } from '#electron/downtime/packs.ts';
import { openStore } from '#station/store/open-store.ts';
import { readAudit } from '#station/store/queries/audit.ts';
import { type Hospital, keyOf, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const records = [
  buildFacility(),
  buildArea(),
  buildBed({ label: 'B7', status: 'occupied', encounterId: ids.encounter }),
  buildPatient(),
  buildEncounter({ status: 'inProgress', bedId: ids.bed, nurse: 'R. Ortiz' }),
];
const key = randomBytes(32);
const folder = (): string => join(directory, 'downtime');
let directory = '';
let hospital: Hospital | undefined;
let stops: (() => Promise<void>)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-handover-'));
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await hospital?.stop();
  [stops, hospital] = [[], undefined];
  rmSync(directory, { recursive: true, force: true });
});

const openDesk = async (name: string, as: string, backendPort: number): Promise<StationProcess> => {
  const downtime = { directory: folder(), key: packKeyOf(key), plainDirectory: null, language: 'en' } as const;
  const desk = startStationProcess({ directory: join(directory, name), key, backendPort, downtime });
  stops.push(desk.stop);
  await until(`${name} to be whole`, () => desk.frame()?.copy.state === 'whole' && desk.frame()?.person !== null);
  await desk.call('signIn', { as });
  return desk;
};
/** As many people and texts as a large department has: more than a hundred points. */
const points = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    about: 'patient',
    id: index === 0 ? ids.encounter : testId('e', index + 10),
    text: `B${index} · Doe, Jane 71 F · level 3 · ${'chest pain, second troponin at one '.repeat(8)}`.trim(),
    note: 'Family is on the way.',
    stood: { acuity: 3, news2: 4, isolation: null, flags: [], bed: `B${index}`, nurse: 'R. Ortiz' },
  }));
const handoverAt = (desk: StationProcess, id: string): Handover | undefined =>
  desk.records.get(keyOf('handover', id))?.record as Handover | undefined;
const write = async (desk: StationProcess, count: number): Promise<Handover> => {
  const known = new Set([...desk.records.keys()]);
  const answer = await desk.submit('writeHandover', { handoverId: null, summary: 'CT 2 is out of use.', points: points(count) });
  expect(answer.status).toBe('saved');
  const written = (): Handover | undefined =>
    [...desk.records].find(([name]) => name.startsWith('handover/') && !known.has(name))?.[1].record as Handover | undefined;
  await until('the handover', () => desk.unsent().length === 0 && written() !== undefined);
  const handover = written();
  if (!handover) throw new Error('No handover was written.');
  return handover;
};
/** What main would print, opened as main opens it. */
const print = async (desk: StationProcess, of: unknown): Promise<string> => {
  const { file } = (await desk.call('exportHandover', { of, language: 'en' })) as DrawnSheet;
  const sheet = openPack(readFileSync(join(folder(), file)), packKeyOf(key));
  expect(
    Buffer.from(sheet?.pdf ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  return Buffer.from(sheet?.html ?? []).toString();
};
const mark = (html: string): string | undefined => /class="across"><span>([^<]*)/.exec(html)?.[1];

test('two people hand over, each as themselves: at two desks, at one, never one for both; and what is not signed is printed as a draft', async () => {
  hospital = await startHospital(join(directory, 'hospital.db'), records);
  const giving = await openDesk('giving', 'chargeNurse', hospital.port);
  const taking = await openDesk('taking', 'triageNurse', hospital.port);

  const first = await write(giving, 150);
  const sign = (handover: Handover, part: 'given' | 'taken') => ({
    handoverId: handover.id,
    writtenAt: handover.writtenAt,
    part,
  });
  await giving.submit('signHandover', sign(first, 'given'));
  await until('the other desk to hear', () => handoverAt(taking, first.id)?.given?.by.name === 'Amara Bianchi');
  const own = await giving.submit('signHandover', sign(first, 'taken'));
  const beside = (as: string, handover: Handover) =>
    giving.call('countersign', { as, commandId: randomUUID(), name: 'signHandover', input: sign(handover, 'taken') });
  const same = { status: 'refused', code: 'conflict' };
  expect([own, await beside('chargeNurse', first)]).toMatchObject([same, same]);
  expect(mark(await print(giving, { handoverId: first.id }))).toBe('DRAFT · NOT SIGNED BY BOTH');
  await taking.submit('signHandover', sign(first, 'taken'));
  await until('both to have signed', () => handoverAt(giving, first.id)?.taken?.by.name === 'Noa Ferreira');
  const html = await print(giving, { handoverId: first.id });
  expect([
    mark(html),
    html.includes('R. Ortiz: 150 patients'),
    html.includes('Amara Bianchi'),
    html.includes('Noa Ferreira'),
  ]).toEqual([undefined, true, true, true]);

  const second = await write(giving, 1);
  await giving.submit('signHandover', sign(second, 'given'));
  expect(await beside('triageNurse', second)).toMatchObject({ status: 'saved' });
  await until('the second person to have signed', () => handoverAt(taking, second.id)?.taken?.by.name === 'Noa Ferreira');
  expect(giving.frame()?.person?.name).toBe('Amara Bianchi');

  const third = await write(giving, 1);
  await hospital.stop();
  hospital = undefined;
  await until('the link to be lost', () => giving.frame()?.link.state === 'offline', 20_000);
  await giving.submit('signHandover', sign(third, 'given'));
  await expect(beside('triageNurse', third)).rejects.toThrow('notAllowed');
  const offline = await print(giving, { handoverId: third.id });
  const draft = await print(giving, { draft: { summary: '', points: [] } });
  expect([mark(offline), mark(draft)]).toEqual(['DRAFT · NOT SIGNED BY BOTH', 'DRAFT · NOT SIGNED']);
  expect([offline, draft].map((text) => text.includes('OFFLINE: the hospital is not heard'))).toEqual([true, true]);
  expect(offline).toContain('NOT CONFIRMED BY THE HOSPITAL YET');

  for (const stop of stops.splice(0)) await stop();
  const store = await openStore({ directory: join(directory, 'giving'), key, wallNow: Date.now() });
  const rows: readonly AuditRow[] = [...readAudit(store.database.read)];
  store.close();
  const [amara, noa] = [first.by.personId, handoverAt(taking, first.id)?.taken?.by.personId];
  const said = rows.flatMap(({ actor, action, outcome, subjects }) =>
    action === 'command.signHandover' || action === 'export' || outcome === 'beside'
      ? [[actor === amara ? 'Amara' : actor === noa ? 'Noa' : actor, action, outcome, subjects.includes(first.id)]]
      : [],
  );
  expect(said).toEqual([
    ['Amara', 'command.signHandover', 'saved', true],
    ['Amara', 'command.signHandover', 'conflict', true],
    ['Amara', 'signIn', 'beside', false],
    ['Amara', 'command.signHandover', 'conflict', true],
    ['Amara', 'export', 'handover', true],
    ['Amara', 'export', 'handover', true],
    ['Amara', 'command.signHandover', 'saved', false],
    ['Noa', 'signIn', 'beside', false],
    ['Noa', 'command.signHandover', 'saved', false],
    ['Amara', 'command.signHandover', 'saved', false],
    ['Amara', 'export', 'handover', false],
    ['Amara', 'export', 'handoverDraft', false],
  ]);
  expect(readdirSync(folder()).filter((name) => name.endsWith('.part'))).toEqual([]);
});
