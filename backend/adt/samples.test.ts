/** Messages as another house publishes them (backend/testing/hl7v2-samples): what each is answered, and where the patient stands by it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AdtHospital, adtHospital, openLine } from '../testing/adt-hospital.ts';
import { adtText } from '../testing/adt-messages.ts';
import { encounter } from '../testing/hospital.ts';

const samples = join(import.meta.dirname, '../testing/hl7v2-samples');
const files = readdirSync(samples).filter((file) => file.endsWith('.hl7'));
const sample = (file: string): string => readFileSync(join(samples, file), 'utf8');
const placeOfTheirs = 'HUH AE OMU^OMU B^Bed 03^HOMERTON UNIVER';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-adt-samples-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Tells messages to a hospital of their own, and says what became of each. */
const told = async <T>(
  name: string,
  locations: object,
  messages: readonly string[],
  look: (here: AdtHospital) => T,
): Promise<{ readonly became: readonly string[]; readonly seen: T }> => {
  const site = join(directory, `${name}.json`);
  writeFileSync(site, JSON.stringify({ senders: [{ name: 'ADT', locations }] }));
  const here = await adtHospital(join(directory, `${name}.db`), { site });
  const line = openLine(here.port);
  try {
    for (const message of messages) line.tell(message);
    // Some want no answer, or another kind of it: this one is answered after them.
    line.tell(adtText({ trigger: 'A99', controlId: 'END', at: here.now() }));
    while ((await line.answer())[1] !== 'END');
    const kept = here.adt.desk.list({}).slice(1).reverse();
    return { became: kept.map(({ state, code, reason }) => `${code} ${state}: ${reason}`), seen: look(here) };
  } finally {
    line.close();
    await here.end();
  }
};

const unknownPlace =
  'AE waiting: The place HUH AE OMU OMU B Bed 03 HOMERTON UNIVER is not known here. Map it, and this is done again.';
const unknownVisit = 'AA noted: This visit is not known in this department.';
const answered: Readonly<Record<string, string>> = {
  'ADT-A01-01.hl7': unknownPlace,
  'ADT-A02-01.hl7': unknownPlace,
  'ADT-A03-01.hl7': unknownVisit,
  'ADT-A04-01.hl7': unknownPlace,
  'ADT-A05-01.hl7': 'AA noted: The patient is expected; nothing stands on the board before the arrival.',
  'ADT-A08-01.hl7': unknownVisit,
  'ADT-A09-01.hl7': unknownVisit,
  'ADT-A10-01.hl7': unknownVisit,
  'ADT-A11-01.hl7': unknownVisit,
  'ADT-A13-01.hl7': unknownPlace,
  'ADT-A16-01.hl7': unknownVisit,
  'ADT-A40-01.hl7': 'AA noted: The patient 56789 is not known here.',
  'ADT04-251.hl7': 'AA applied: It was taken.',
  'ORU-R01-01.hl7': 'AR rejected: A message of type ORU is not taken here: ADT is.',
};

test('each is answered as it deserves, with every line end, mark and end', async () => {
  const variants = (text: string): readonly string[] => {
    const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r?\n/g, '\n');
    return [text, lines.replaceAll('\n', '\r'), lines.replaceAll('\n', '\r\n'), `\uFEFF${lines}`, `${lines}\n \n\n`];
  };
  const became: Record<string, string> = {};
  for (const file of files) {
    const each = await told(file, {}, variants(sample(file)), () => undefined);
    const [first = '', ...others] = each.became;
    became[file] = first;
    const isDone = /^AA /.test(first);
    const again = isDone ? first.replace(/^AA \w+: /, 'AA duplicate: It was taken before: ') : first;
    // What waits for a place is kept once, however often it comes.
    expect(others, file).toEqual(/waiting/.test(first) ? [] : others.map(() => again));
  }
  expect(became).toEqual(answered);
});

const standing = (here: AdtHospital): readonly unknown[] =>
  [...here.core.view.list('encounter')]
    .filter(({ id }) => id !== encounter.id)
    .map(({ patientId, bedId, place, away, departedAt, disposition, expectedDepartureAt }) => {
      const bed = bedId === null ? undefined : here.core.view.get('bed', bedId);
      const patient = here.core.view.get('patient', patientId);
      return [
        patient?.name?.family,
        bed?.label ?? place ?? '–',
        ...(away ? [`out: ${away.to}`] : []),
        ...(departedAt === null ? [] : [disposition]),
        ...(expectedDepartureAt === null ? [] : [new Date(expectedDepartureAt).toISOString()]),
        ...(patient?.allergies ?? []),
      ].join(', ');
    });

const [moved, stands, doubted] = [
  'AA applied: The patient was moved.',
  'AA confirmed: This stands already.',
  'PV1-44 is no moment of this arrival and was not believed.',
];
const inBed = 'EVERYMAN, B1, PENICILLIN: mild, CODE16 (ADT)';
/** Alone, and after the registration of the same visit. */
const did: Readonly<Record<string, readonly [alone: string, seen: readonly string[], after: string, seen: readonly string[]]>> = {
  'ADT-A01-01.hl7': [`${moved} ${doubted}`, [inBed], `${stands} ${doubted}`, [inBed]],
  'ADT-A02-01.hl7': [moved, ['EVERYMAN, B1'], stands, [inBed]],
  'ADT-A03-01.hl7': [
    unknownVisit,
    [],
    `${moved} PV1-36 ADMITTED AS INPATIEN is not mapped. PV1-45 lies before the arrival, or is still to come, and was not believed.`,
    ['EVERYMAN, –, discharged, PENICILLIN: mild, CODE16 (ADT)'],
  ],
  'ADT-A04-01.hl7': [
    `${moved} ${doubted}`,
    [inBed],
    `AA duplicate: It was taken before: The patient was moved. ${doubted}`,
    [inBed],
  ],
  'ADT-A05-01.hl7': [
    answered['ADT-A05-01.hl7'] ?? '',
    [],
    'AA noted: It is older than the A04 of 2021-08-17 13:19 UTC and moved nobody.',
    [inBed],
  ],
  'ADT-A08-01.hl7': [unknownVisit, [], stands, [inBed]],
  // Of another visit, which is nowhere here.
  'ADT-A09-01.hl7': [unknownVisit, [], unknownVisit, [inBed]],
  'ADT-A10-01.hl7': [unknownVisit, [], unknownVisit, [inBed]],
  'ADT-A11-01.hl7': [unknownVisit, [], moved, ['EVERYMAN, –, discharged, PENICILLIN: mild, CODE16 (ADT)']],
  'ADT-A13-01.hl7': [moved, [inBed], stands, [inBed]],
  'ADT-A16-01.hl7': [
    unknownVisit,
    [],
    'AA applied: It was taken.',
    ['EVERYMAN, B1, 2015-02-10T10:24:19.000Z, PENICILLIN: mild, CODE16 (ADT)'],
  ],
  'ADT-A40-01.hl7': [answered['ADT-A40-01.hl7'] ?? '', [], answered['ADT-A40-01.hl7'] ?? '', [inBed]],
  'ADT04-251.hl7': ['AA applied: It was taken.', ['Doe, –'], 'AA applied: It was taken.', [inBed, 'Doe, –']],
  'ORU-R01-01.hl7': [answered['ORU-R01-01.hl7'] ?? '', [], answered['ORU-R01-01.hl7'] ?? '', [inBed]],
};

test('each does what it says where its places are known', async () => {
  const stood: Record<string, unknown> = {};
  const locations = {
    [placeOfTheirs]: { bed: 'B1' },
    'GENROOM^ROOM-2': { place: 'General room' },
    OTWAITROOM: { place: 'Theatre' },
  };
  for (const file of files) {
    const alone = await told(`${file}-1`, locations, [sample(file)], standing);
    const before = sample('ADT-A04-01.hl7');
    const after = await told(`${file}-2`, locations, [before, sample(file)], standing);
    stood[file] = [alone.became[0], alone.seen, after.became[1], after.seen];
  }
  expect(stood).toEqual(did);
});
