/** Draws laid-out pages as a PDF in memory. */
import PDFDocument from 'pdfkit';
import { createFonts, type FontName, type Fonts, fontFile } from './fonts.ts';
import {
  filtersLine,
  isStrong,
  type LaidPage,
  layOut,
  markDegrees,
  markOpacity,
  markShare,
  sheet,
  tableBottom,
  tableTop,
  type,
} from './layout.ts';
import type { Pack } from './paper.ts';

export type DrawnPack = { readonly pages: readonly LaidPage[]; readonly pdf: Uint8Array; readonly fonts: readonly FontName[] };

/** What the library knows of a font and its types do not say. */
type FontInside = { readonly font: { readonly hasGlyphForCodePoint: (code: number) => boolean } };

const ink = { text: '#101315', quiet: '#444c52', line: '#aab2b7', head: '#e4e8ea', group: '#f1f3f4' } as const;

const openFonts = (document: PDFKit.PDFDocument): Fonts =>
  createFonts((name) => {
    document.registerFont(name, fontFile(name));
    document.font(name, 1);
    const { font } = (document as unknown as { readonly _font: FontInside })._font;
    return {
      hasCharacter: (code) => font.hasGlyphForCodePoint(code),
      widthOf: (text) => {
        document.font(name, 1);
        return document.widthOfString(text);
      },
    };
  });

/** Lays out and draws a pack. */
export const drawPdf = async (pack: Pack): Promise<DrawnPack> => {
  const document = new PDFDocument({
    size: [sheet.width, sheet.height],
    margin: 0,
    autoFirstPage: false,
    // None: Helvetica would be loaded by a path inside the library's package, which the bundle does not have. One of ours would
    // not do: the library then opens the same file again for every text that is set in it.
    font: '',
    lang: pack.language,
    info: { Title: `${pack.title}, ${pack.facility}, ${pack.asOf}`, Creator: 'Vigil', Producer: 'Vigil' },
  });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const drawn = new Promise<void>((resolve, reject) => void document.once('end', resolve).once('error', reject));
  const fonts = openFonts(document);
  const pages = layOut(pack, fonts.measure);

  const put = (text: string, x: number, y: number, size: number, strong = false, colour: string = ink.text): void => {
    let at = x;
    document.fillColor(colour);
    for (const run of fonts.runs(text, strong)) {
      document.font(run.font, size);
      document.text(run.text, at, y, { lineBreak: false });
      at += fonts.measure(run.text, strong) * size;
    }
  };
  const putRight = (text: string, y: number, size: number, strong = false, colour: string = ink.text): void =>
    put(text, sheet.width - sheet.margin - fonts.measure(text, strong) * size, y, size, strong, colour);
  const band = (y: number, height: number, colour: string): void =>
    void document.rect(sheet.margin, y, sheet.width - 2 * sheet.margin, height).fill(colour);
  const rule = (y: number): void =>
    void document
      .moveTo(sheet.margin, y)
      .lineTo(sheet.width - sheet.margin, y)
      .lineWidth(0.4)
      .stroke(ink.line);

  /** Across the page, over everything and through which everything is read. */
  const mark = (text: string): void => {
    const size = (sheet.width * markShare) / fonts.measure(text, true);
    const [x, y] = [sheet.width / 2, sheet.height / 2];
    document
      .save()
      .rotate(-markDegrees, { origin: [x, y] })
      .fillOpacity(markOpacity);
    put(text, x - (fonts.measure(text, true) * size) / 2, y - size * 0.7, size, true);
    document.restore();
  };

  for (const page of pages) {
    document.addPage();
    put(page.title, sheet.margin, 22, type.title, true);
    putRight(pack.asOf, 24, 11, true);
    put(`${pack.facility} · ${pack.desk} · ${pack.title}`, sheet.margin, 44, type.cell, false, ink.quiet);
    putRight(pack.madeAt, 44, type.cell, false, ink.quiet);
    put(filtersLine(pack, page), sheet.margin, 57, type.cell, false, ink.quiet);
    band(tableTop, page.headHeight, ink.head);
    for (const { title, x } of page.columns)
      for (const [index, line] of title.entries())
        put(line, x + type.gap / 2, tableTop + type.padding + index * type.line, type.small, true);
    for (const row of page.rows) {
      if (row.kind === 'group') {
        band(row.y, row.height, ink.group);
        put(row.text, sheet.margin + type.gap / 2, row.y + type.padding - 0.5, type.cell, true);
      } else {
        for (const [index, lines] of row.cells.entries()) {
          const x = (page.columns[index]?.x ?? 0) + type.gap / 2;
          for (const [line, text] of lines.entries())
            if (text !== '') put(text, x, row.y + type.padding + line * type.line - 0.5, type.cell, isStrong(row, index));
        }
      }
      rule(row.y + row.height);
    }
    put(pack.notice, sheet.margin, tableBottom + 8, type.cell, true);
    put(pack.pendingMark, sheet.margin, tableBottom + 20, type.small, false, ink.quiet);
    putRight(page.number, tableBottom + 8, type.cell, true);
    if (pack.watermark !== null) mark(pack.watermark);
  }
  document.end();
  await drawn;
  return { pages, pdf: Buffer.concat(chunks), fonts: fonts.used() };
};
