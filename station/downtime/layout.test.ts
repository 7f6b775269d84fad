import { describe, expect, test } from 'vitest';
import { createRandom } from '#domain/testing/random.ts';
import { packOf } from './content.ts';
import { writeHtml } from './html.ts';
import { type LaidPage, type LaidRow, layOut, type Measure, tableBottom, type, wrap } from './layout.ts';
import type { Pack } from './paper.ts';
import { drawPdf } from './pdf.ts';
import { largeDepartment } from './testing/large-department.ts';

/** Every character half as wide as it is high. */
const measure: Measure = (text) => [...text].length / 2;
const plain = (text: string): string => text.replace(/\s+/g, '');
const cellsOf = (rows: readonly LaidRow[], column: number): string =>
  rows.map((row) => (row.kind === 'row' ? (row.cells[column] ?? []).join('') : '')).join('');

describe('lines', () => {
  test('a text is cut nowhere and no line is wider than its column', () => {
    const random = createRandom(11);
    const alphabet = ['a', 'é', '\n', ' ', ' ', '😀', 'W', '-', '<', 'ß'] as const;
    const size = (line: string): number => measure(line, false) * type.cell;
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: random.int(0, 300) }, () => random.pick(alphabet)).join('');
      const width = random.int(4, 200);
      const lines = wrap(text, width, size);
      expect(lines.filter((line) => size(line) > width && [...line].length > 1)).toEqual([]);
      expect(plain(lines.join(''))).toBe(plain(text));
    }
  });

  test('a line breaks at spaces, a word only when it is wider than its column', () => {
    const lines = wrap('one two threefour', 16, (line) => measure(line, false) * 4);
    expect(lines).toEqual(['one two', 'threefou', 'r']);
  });
});

describe('pages', () => {
  const source = largeDepartment({ beds: 400, units: 2_000, alarms: 200 });
  const pack = packOf(source);
  const pages = layOut(pack, measure);
  const rowsOf = (section: number): readonly LaidRow[] =>
    pages.filter((page) => page.section === section).flatMap(({ rows }) => rows);

  test('D3 400 beds, 2,000 units and 200 alarms: every text of every cell stands on a page, whole', () => {
    for (const [index, section] of pack.sections.entries()) {
      for (let column = 1; column < section.columns.length; column += 1) {
        const wanted = section.rows.map((row) => (row.kind === 'row' ? row.cells[column] : '')).join('');
        expect(plain(cellsOf(rowsOf(index), column)), `${section.title} ${column}`).toBe(plain(wanted));
      }
    }
    expect(pack.sections.map(({ rows }) => rows.filter(({ kind }) => kind === 'row').length)).toEqual([
      400, 100, 2_000, 400, 200,
    ]);
  });

  test('D3 no row stands outside its page or on another', () => {
    const wrong = pages.flatMap(({ number, rows }) =>
      rows.flatMap((row, index) => {
        const next = rows[index + 1];
        const overlaps = next !== undefined && Math.abs(row.y + row.height - next.y) > 0.001;
        return row.y + row.height > tableBottom + 0.001 || overlaps ? [number] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('D3 a table that goes on repeats its titles and the name of its group', () => {
    const census = pages.filter(({ section }) => section === 0);
    expect(census.length).toBeGreaterThan(10);
    expect(new Set(census.map(({ columns }) => JSON.stringify(columns))).size).toBe(1);
    const firsts = census.map(({ rows }) => rows[0]);
    expect(firsts.filter((row) => row?.kind !== 'group')).toEqual([]);
    expect(firsts.filter((row) => row?.kind === 'group' && row.text.endsWith('(continued)')).length).toBeGreaterThan(5);
  });

  test('D3 pages count up to how many there are', () => {
    expect(pages.map(({ number }) => number)).toEqual(pages.map((_page, index) => `Page ${index + 1} / ${pages.length}`));
  });

  test('D3 a row longer than a page goes on, marked, on the next', () => {
    const long = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
    const [section] = pack.sections;
    if (!section) throw new Error('no section');
    const cells = ['A1', '', '', '', '', '', long, '', '', ''];
    const one: Pack = { ...pack, sections: [{ ...section, rows: [{ kind: 'row', cells, pending: true, strong: false }] }] };
    const laid: readonly LaidPage[] = layOut(one, measure);
    expect(laid.length).toBeGreaterThan(1);
    expect(
      plain(
        cellsOf(
          laid.flatMap(({ rows }) => rows),
          6,
        ),
      ),
    ).toBe(plain(long));
    expect(laid.map(({ rows }) => rows[0]?.kind === 'row' && rows[0].cells[0])).toEqual([
      ['A1 *'],
      ...laid.slice(1).map(() => ['A1 * …']),
    ]);
  });

  test('D3 an empty list says so', () => {
    const empty = layOut(packOf({ ...largeDepartment({ beds: 0, units: 0, alarms: 0 }), language: 'es' }), measure);
    expect(empty.map(({ title, rows }) => [title, rows.map((row) => row.kind === 'group' && row.text)])).toEqual([
      ['Censo por área', [['Ninguno.']]].flat(1),
      ['Lista de triaje', ['Ninguno.']],
      ['Móviles', ['Ninguno.']],
      ['Incidentes', ['Ninguno.']],
      ['Alarmas', ['Ninguno.']],
    ]);
  });
});

test('D3 PDF and HTML have the same pages, each with as of, filters, hospital, desk, and what it is not', async () => {
  const source = largeDepartment({ beds: 46, units: 40, alarms: 12 });
  const pack = packOf(source);
  const { pages, pdf, fonts } = await drawPdf(pack);
  const html = writeHtml(pack, pages, fonts);
  expect(
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g),
  ).toHaveLength(pages.length);
  const sections = html.split('<section').slice(1);
  expect(sections).toHaveLength(pages.length);
  for (const [index, section] of sections.entries()) {
    const page = pages[index];
    const said = [
      'As of 20 Nov 2026, 08:58:55',
      'São João',
      'Desk ED-CHARGE-02',
      `Filters: ${page?.filters}`,
      page?.number ?? '',
      'not a primary alarm source',
    ];
    expect(said.filter((text) => !section.includes(text))).toEqual([]);
  }
  expect(html).toContain('2 not yet confirmed by the hospital');
  expect(fonts).toContain('cyrillic-400');
});

test('a text of a record is text in the HTML and nothing else', async () => {
  const source = largeDepartment({ beds: 0, units: 0, alarms: 0 });
  const pack = packOf({ ...source, desk: '<script>alert("x")</script>' });
  const { pages, fonts } = await drawPdf(pack);
  const html = writeHtml(pack, pages, fonts);
  expect(html).not.toContain('<script');
  expect(html).toContain("default-src 'none'; style-src 'sha256-");
});
