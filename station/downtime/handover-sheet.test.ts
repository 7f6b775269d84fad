import { expect, test } from 'vitest';
import type { Handover, HandoverPoint } from '#domain/model/handover.ts';
import { buildFacility, buildHandover, buildTask, testId, testNow } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { type HandoverSource, handoverSheet } from './handover-sheet.ts';
import { writeHtml } from './html.ts';
import type { LaidPage } from './layout.ts';
import { drawPdf } from './pdf.ts';

const minute = 60_000;
const longName = `Wolfeschlegelsteinhausenbergerdorff-${'Oluwaseun '.repeat(12)}Nguyễn`.slice(0, 200).trim();
const longNote = `Ring the daughter ${'before the scan, not after, and again '.repeat(4)}tonight.`;
const ends = { given: { personId: testId('9', 1), name: longName }, taken: { personId: testId('9', 2), name: 'Noa Ferreira' } };
const nurses = ['R. Ortiz', 'A. Bianchi', 'Čeněk Şahin', null] as const;

const patient = (index: number): HandoverPoint => {
  const bed = index < 34 ? `B${index + 1}` : null;
  const nurse = nurses[index % 4] ?? null;
  const acuity = ((index % 5) + 1) as 1 | 2 | 3 | 4 | 5;
  const news2 = index % 3 === 0 ? null : index % 9;
  const who = index === 7 ? longName : `Łukasiewicz, María ${index} 71 F`;
  const facts = [
    bed ?? 'no bed',
    who,
    `level ${acuity}`,
    news2 === null ? null : `NEWS2 ${index === 13 ? '≥' : ''}${news2}`,
    nurse && `nurse ${nurse}`,
  ];
  return {
    about: 'patient',
    id: testId('e', index),
    text: [...facts, 'Chest pain, second troponin at one', 'next: CT head', 'here 3:20'].filter(Boolean).join(' · '),
    spoken: index % 2 === 0,
    note: index === 7 ? longNote : index % 6 === 0 ? 'Family is on the way.' : '',
    change: index % 4 === 0 ? 'changed' : index % 7 === 0 ? 'new' : 'same',
    reasons: index % 4 === 0 ? ['news2', 'moved'] : index % 7 === 0 ? ['arrived'] : [],
    stood: { acuity, news2, news2AtLeast: index === 13, isolation: null, flags: [], bed, nurse },
  };
};
const other = (about: HandoverPoint['about'], index: number, text: string): HandoverPoint => ({
  about,
  id: testId('4', index),
  text,
  spoken: true,
  note: '',
  change: 'same',
  reasons: [],
  stood: null,
});
const task = buildTask({
  id: testId('4', 1),
  encounterId: testId('e', 3),
  text: 'Repeat gas',
  owner: 'R. Ortiz',
  dueAt: testNow,
});
const handover: Handover = buildHandover({
  writtenAt: testNow,
  since: testNow - 480 * minute,
  summary: 'CT 2 is out of use until the morning.\nTwo boarders go up at seven.',
  points: [
    ...Array.from({ length: 40 }, (_, index) => patient(index)),
    { ...patient(41), change: 'left', reasons: ['left'], text: 'Okafor, Ines 40 F · discharged 11:20', stood: null },
    other('incident', 9, '2611-9 · priority 1 · Fall · Av. Italia 2364'),
    other('alarm', 10, 'B4 · SpO2 low 84 · nobody has it · since 11:02'),
    other('task', 1, 'Repeat gas · Łukasiewicz, María 3 · R. Ortiz · due 12:00'),
  ],
  given: { by: ends.given, at: testNow + minute },
  taken: { by: ends.taken, at: testNow + 2 * minute },
});
const sourceOf = (changes: Partial<HandoverSource> = {}): HandoverSource => ({
  handover,
  state: 'signed',
  unconfirmed: new Set(),
  before: buildHandover({ id: testId('6', 1), writtenAt: testNow - 480 * minute, given: handover.given, taken: handover.taken }),
  view: createView([buildFacility({ name: 'Hospital de Clínicas «São João»' }), task]),
  facilityName: null,
  desk: 'ED-CHARGE-02',
  by: 'Ines Okafor',
  now: testNow + 5 * minute,
  data: { state: 'live' },
  language: 'en',
  ...changes,
});
const plain = (text: string): string => text.replace(/\s+/g, '');
/** The text of each column of a section, over all its pages. */
const columnsOf = (pages: readonly LaidPage[], section: number): readonly string[] => {
  const rows = pages.filter((page) => page.section === section).flatMap((page) => page.rows);
  const count = pages.find((page) => page.section === section)?.columns.length ?? 0;
  return Array.from({ length: count }, (_, column) =>
    plain(rows.map((row) => (row.kind === 'row' ? (row.cells[column] ?? []).join('') : '')).join('')),
  );
};
const groupsOf = (pages: readonly LaidPage[]): readonly string[] =>
  pages.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === 'group' && !row.text.endsWith(')') ? [row.text] : [])));
const drawn = async (changes: Partial<HandoverSource> = {}) => {
  const sheet = handoverSheet(sourceOf(changes));
  const { pages, pdf, fonts } = await drawPdf(sheet);
  const html = writeHtml(sheet, pages, fonts);
  return { sheet, pages, pdf: Buffer.from(pdf).toString('latin1'), sections: html.split('<section').slice(1) };
};

test('40 patients by nurse over several pages: every text stands whole, every page says whose it is and how old it is', async () => {
  const { sheet, pages, pdf, sections } = await drawn();
  expect([pdf.match(/\/Type \/Page\b/g)?.length, sections.length]).toEqual([pages.length, pages.length]);
  for (const [index, section] of sheet.sections.entries())
    for (const [column, said] of columnsOf(pages, index).entries()) {
      const wanted = plain(section.rows.map((row) => (row.kind === 'row' ? row.cells[column] : '')).join(''));
      // The name of a row that goes on is said again.
      if (column > 0) expect(said, `${section.title} ${column}`).toBe(wanted);
    }
  const whole = columnsOf(pages, 0)[1] ?? '';
  expect([whole.includes(plain(longName)), columnsOf(pages, 1)[6]?.includes(plain(longNote))]).toEqual([true, true]);
  expect(groupsOf(pages)).toEqual([
    'Signatures: signed by both',
    'The department in words',
    expect.stringMatching(/^What changed since the handover of 20 Nov 2026, 01:00:00: 10 changed, 4 new, 1 left, 29 as before$/),
    'A. Bianchi: 10 patients',
    'Čeněk Şahin: 10 patients',
    'R. Ortiz: 10 patients',
    'No nurse named: 10 patients',
    'Incidents: 1 as before',
    'Alarms: 1 as before',
    'Open tasks: 1 as before',
    'Department: None.',
  ]);
  for (const [index, section] of sections.entries()) {
    const said = [
      `Page ${index + 1} / ${pages.length}`,
      'Hospital de Clínicas «São João»',
      'Printed 20 Nov 2026, 09:05:00, by Ines Okafor',
      'Data of this desk: live',
      'Written 20 Nov 2026, 09:00:00',
      'signed by both',
    ];
    expect(said.filter((text) => !section.includes(text))).toEqual([]);
    expect(section).not.toContain('class="across"');
  }
  const first = sections[0] ?? '';
  expect(plain(first)).toContain(plain('Noa Ferreira, 20 Nov 2026, 09:02:00'));
});

test('what stands in a column of its own is not said twice, and a patient has their tasks', () => {
  const roster = handoverSheet(sourceOf()).sections[1];
  const rowOf = (bed: string) => roster?.rows.find((one) => one.kind === 'row' && one.cells[0] === bed);
  const partly = rowOf('B14');
  expect(partly?.kind === 'row' && partly.cells.slice(2, 4)).toEqual([
    '≥4',
    'Łukasiewicz, María 13 71 F · Chest pain, second troponin at one · next: CT head · here 3:20',
  ]);
  const row = rowOf('B4');
  expect(row).toEqual({
    kind: 'row',
    cells: [
      'B4',
      '4',
      '–',
      'Łukasiewicz, María 3 71 F · Chest pain, second troponin at one · next: CT head · here 3:20',
      'as before',
      'Repeat gas, R. Ortiz, due 09:00',
      '',
      'NO',
    ],
    pending: false,
    strong: false,
  });
});

test('only what both have signed and the hospital confirmed goes without a mark across every page', async () => {
  const unsigned = { ...handover, taken: null };
  const marks = [
    sourceOf({ state: 'draft' }),
    sourceOf({ state: 'written', language: 'es' }),
    sourceOf({ state: 'signedByOne', handover: unsigned }),
    sourceOf({ unconfirmed: new Set(['taken']) }),
    sourceOf({ state: 'replaced' }),
    sourceOf(),
  ].map((source) => handoverSheet(source).watermark);
  expect(marks).toEqual([
    'DRAFT · NOT SIGNED',
    'BORRADOR · SIN FIRMAR',
    'DRAFT · NOT SIGNED BY BOTH',
    'NOT CONFIRMED · DRAFT',
    'REPLACED · NOT SIGNED BY BOTH',
    null,
  ]);
  const data = { state: 'offline', asOf: testNow - minute } as const;
  const { sections, pages } = await drawn({ state: 'draft', language: 'es', data });
  expect(pages.length).toBeGreaterThan(3);
  for (const section of sections) {
    expect(section).toContain('<p class="across"><span>BORRADOR · SIN FIRMAR</span></p>');
    expect(section).toContain('SIN CONEXIÓN: no se oye al hospital. Datos de este puesto de 20 nov. 2026, 08:59:00');
  }
});

test('a first handover and an empty one say so', () => {
  const empty = handoverSheet(sourceOf({ before: undefined, handover: { ...handover, points: [], summary: ' ' } }));
  const said = empty.sections.map(({ rows }) => rows.slice(-4).map((row) => (row.kind === 'group' ? row.text : row.cells[1])));
  expect(said).toEqual([
    [
      expect.stringContaining('Data of this desk: live'),
      'The department in words',
      'nothing written',
      'No handover before this one was signed by both: everything is new',
    ],
    [],
    ['Incidents: None.', 'Alarms: None.', 'Open tasks: None.', 'Department: None.'],
  ]);
});
