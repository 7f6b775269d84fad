/**
 * Breaks a pack into pages of A4, once for the PDF and the HTML: each line of each cell is decided here by measured widths, so
 * both show the same pages and no text is ever cut. A row that does not fit on a page goes on, marked, on the next; a table
 * repeats its titles and the name of its group on every page.
 */
import type { Pack, PackSection } from './paper.ts';

/** Points, 1/72 inch. A4 across. */
export const sheet = { width: 841.89, height: 595.28, margin: 28 } as const;
export const type = { cell: 8, line: 10.2, title: 15, small: 7.5, padding: 2.4, gap: 6 } as const;
/** Where the table begins and where it must end, points from the top. */
export const tableTop = 78;
export const tableBottom = sheet.height - 44;
const headHeight = type.line + 2 * type.padding;

/** What stands across a page: how much of its width it takes, how it is turned, and how much it covers. */
export const markShare = 0.86;
export const markDegrees = 30;
export const markOpacity = 0.13;

/** The width of a text set in points of size 1. */
export type Measure = (text: string, strong: boolean) => number;

export type LaidColumn = { readonly title: readonly string[]; readonly x: number; readonly width: number };
export type LaidRow =
  | { readonly kind: 'group'; readonly y: number; readonly height: number; readonly text: string }
  | {
      readonly kind: 'row';
      readonly y: number;
      readonly height: number;
      readonly strong: boolean;
      /** The lines of each cell. */
      readonly cells: readonly (readonly string[])[];
    };
export type LaidPage = {
  readonly section: number;
  readonly title: string;
  readonly filters: string;
  readonly columns: readonly LaidColumn[];
  readonly headHeight: number;
  readonly rows: readonly LaidRow[];
  /** `Page 3 / 17` */
  readonly number: string;
};

const breakWord = (word: string, width: number, measure: (text: string) => number): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(part);
      part = character;
    } else part += character;
  }
  return [...parts, part];
};

/** A text in lines no wider than `width`, points: at its own breaks, at spaces, and inside a word only when the word is wider. */
export const wrap = (text: string, width: number, measure: (text: string) => number): readonly string[] =>
  text.split('\n').flatMap((paragraph) => {
    if (measure(paragraph) <= width) return [paragraph];
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (measure(longer) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const parts = measure(word) <= width ? [word] : breakWord(word, width, measure);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? '';
    }
    return [...lines, line];
  });

/** What a row is found by stands out, and a row that needs someone does in all its cells. */
export const isStrong = (row: { readonly strong: boolean }, column: number): boolean => row.strong || column === 0;

/** What a section is limited to, as one line. */
export const filtersLine = (pack: Pack, { filters }: Pick<LaidPage, 'filters'>): string =>
  pack.filtersWord === null ? filters : `${pack.filtersWord}: ${filters}`;

type OpenPage = { readonly rows: LaidRow[]; y: number };

const layOutSection = (
  section: PackSection,
  pack: Pack,
  measure: Measure,
): { readonly columns: readonly LaidColumn[]; readonly headHeight: number; readonly pages: readonly (readonly LaidRow[])[] } => {
  const total = section.columns.reduce((sum, { share }) => sum + share, 0);
  const room = sheet.width - 2 * sheet.margin;
  let x: number = sheet.margin;
  const strongly = (size: number) => (text: string) => measure(text, true) * size;
  const columns = section.columns.map(({ title, share }): LaidColumn => {
    const width = (room * share) / total;
    const column = { title: wrap(title, width - type.gap, strongly(type.small)), x, width };
    x += width;
    return column;
  });
  const head = headHeight + (Math.max(...columns.map(({ title }) => title.length)) - 1) * type.line;
  const top = tableTop + head;
  const mostLines = Math.floor((tableBottom - top - headHeight - 2 * type.padding) / type.line);
  const pages: OpenPage[] = [];
  let group: string | null = null;
  const begin = (): OpenPage => {
    const page: OpenPage = { rows: [], y: top };
    pages.push(page);
    return page;
  };
  let page = begin();
  const groupRow = (text: string): void => {
    page.rows.push({ kind: 'group', y: page.y, height: headHeight, text });
    page.y += headHeight;
  };
  const ensure = (height: number): void => {
    if (page.y + height <= tableBottom) return;
    page = begin();
    if (group !== null) groupRow(`${group} (${pack.continued})`);
  };

  for (const row of section.rows) {
    if (row.kind === 'group') {
      // A group's name never stands alone at the foot of a page.
      group = null;
      ensure(headHeight + 3 * type.line);
      group = row.text;
      groupRow(row.text);
      continue;
    }
    const cells = row.cells.map((text, index) => {
      const marked = index === 0 && row.pending ? `${text} *` : text;
      const size = (line: string): number => measure(line, isStrong(row, index)) * type.cell;
      return wrap(marked, (columns[index]?.width ?? 0) - type.gap, size);
    });
    const count = Math.max(1, ...cells.map((lines) => lines.length));
    for (let from = 0; from < count; from += mostLines) {
      const part = cells.map((lines, index) =>
        from > 0 && index === 0 ? [`${lines[0] ?? ''} …`] : lines.slice(from, from + mostLines),
      );
      const height = Math.min(count - from, mostLines) * type.line + 2 * type.padding;
      ensure(height);
      page.rows.push({ kind: 'row', y: page.y, height, strong: row.strong, cells: part });
      page.y += height;
    }
  }
  if (section.rows.length === 0) groupRow(pack.none);
  return { columns, headHeight: head, pages: pages.map(({ rows }) => rows) };
};

/** The pages of a pack, each section beginning on its own. */
export const layOut = (pack: Pack, measure: Measure): readonly LaidPage[] => {
  const laid = pack.sections.flatMap((section, index) => {
    const { columns, headHeight: head, pages } = layOutSection(section, pack, measure);
    return pages.map((rows) => ({
      section: index,
      title: section.title,
      filters: section.filters,
      columns,
      headHeight: head,
      rows,
    }));
  });
  return laid.map((page, index) => ({ ...page, number: `${pack.pageWord} ${index + 1} / ${laid.length}` }));
};
