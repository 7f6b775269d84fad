/**
 * Writes laid-out pages as one HTML document that needs nothing else: its own type and style, no script, nothing to fetch. It
 * prints page for page as the PDF does.
 */
import { createHash } from 'node:crypto';
import { type FontName, readFont } from './fonts.ts';
import { filtersLine, isStrong, type LaidPage, markDegrees, markOpacity, sheet, tableBottom, tableTop, type } from './layout.ts';
import type { Pack } from './paper.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const brokenLines = (lines: readonly string[]): string => lines.map(escaped).join('<br>');

const fontFaces = (fonts: readonly FontName[]): string =>
  fonts
    .map((name) => {
      const source = `url(data:font/woff;base64,${readFont(name).toString('base64')}) format("woff")`;
      return `@font-face{font-family:"${name.replace(/-\d+$/, '')}";font-weight:${name.slice(-3)};src:${source}}`;
    })
    .join('');

/** A browser rounds the height of its paper down; a page as high as A4 would be followed by an empty one, points. */
const printerSlack = 1;

/** As wide as the PDF has it for the longest of the marks; type in a page cannot be measured here. */
const markStyle = `.across{position:absolute;inset:0;display:flex;align-items:center;justify-content:center}.across span{transform:rotate(-${markDegrees}deg);white-space:pre;font-size:44pt;line-height:1;font-weight:600;opacity:${markOpacity}}`;

/** A browser draws no line thinner, and each row is as much higher than it was laid out: thirty would reach the foot of the page, CSS px. */
const thinnestLine = 1;

const styleOf = (pages: readonly LaidPage[], fonts: readonly FontName[]): string => {
  const families = [...new Set(fonts.map((name) => `"${name.replace(/-\d+$/, '')}"`)), 'sans-serif'].join(',');
  const columns = new Map(pages.map((page) => [page.section, page.columns]));
  const widths = [...columns]
    .flatMap(([section, list]) =>
      list.map(({ width }, index) => `.s${section} col:nth-child(${index + 1}){width:${width.toFixed(2)}pt}`),
    )
    .join('');
  return `${fontFaces(fonts)}
@page{size:A4 landscape;margin:0}
*{box-sizing:border-box;margin:0;padding:0}
html{background:#6b7378;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-family:${families};font-kerning:none;font-size:${type.cell}pt;line-height:${type.line}pt;color:#101315}
section{position:relative;width:${sheet.width}pt;height:${sheet.height}pt;margin:12pt auto;background:#fff;overflow:hidden;break-after:page}
section:last-child{break-after:auto}
header p,header h2,footer p{position:absolute;left:${sheet.margin}pt;white-space:pre}
header .right,footer .right{left:auto;right:${sheet.margin}pt}
h2{top:20pt;font-size:${type.title}pt;line-height:20pt;font-weight:600}
.asof{top:22pt;font-size:11pt;line-height:16pt;font-weight:600}
.place{top:43pt;color:#444c52}.filters{top:56pt;color:#444c52}
table{position:absolute;left:${sheet.margin}pt;top:${tableTop}pt;table-layout:fixed;border-collapse:collapse;width:${(sheet.width - 2 * sheet.margin).toFixed(2)}pt}
th,td{padding:${type.padding}pt ${type.gap / 2}pt calc(${type.padding}pt - ${thinnestLine}px);text-align:left;vertical-align:top;white-space:pre;font-weight:400}
thead th{background:#e4e8ea;font-size:${type.small}pt;font-weight:600}
tr{border-bottom:.4pt solid #aab2b7}tr.group th{background:#f1f3f4;font-weight:600}.b{font-weight:600}
footer p{top:${tableBottom + 7}pt;font-weight:600}footer .mark{top:${tableBottom + 19}pt;font-weight:400;font-size:${type.small}pt;color:#444c52}
${markStyle}
@media print{html{background:none}section{margin:0;height:${sheet.height - printerSlack}pt}}
${widths}`;
};

const acrossOf = ({ watermark }: Pack): string =>
  watermark === null ? '' : `<p class="across"><span>${escaped(watermark)}</span></p>`;

const pageOf = (page: LaidPage, pack: Pack): string => {
  const columns = page.columns.map(() => '<col>').join('');
  const head = page.columns.map(({ title }) => `<th scope="col">${brokenLines(title)}</th>`).join('');
  const rows = page.rows.map((row) => {
    if (row.kind === 'group')
      return `<tr class="group"><th scope="rowgroup" colspan="${page.columns.length}">${escaped(row.text)}</th></tr>`;
    const cells = row.cells.map((lines, index) => {
      const strong = isStrong(row, index) ? ' class="b"' : '';
      return index === 0 ? `<th scope="row"${strong}>${brokenLines(lines)}</th>` : `<td${strong}>${brokenLines(lines)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<section class="s${page.section}">
<header><h2>${escaped(page.title)}</h2><p class="asof right">${escaped(pack.asOf)}</p>
<p class="place">${escaped(`${pack.facility} · ${pack.desk} · ${pack.title}`)}</p><p class="place right">${escaped(pack.madeAt)}</p>
<p class="filters">${escaped(filtersLine(pack, page))}</p></header>
<table><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<footer><p>${escaped(pack.notice)}</p><p class="right">${escaped(page.number)}</p><p class="mark">${escaped(pack.pendingMark)}</p></footer>${acrossOf(pack)}
</section>`;
};

/** The pages as one document. */
export const writeHtml = (pack: Pack, pages: readonly LaidPage[], fonts: readonly FontName[]): string => {
  const style = styleOf(pages, fonts);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; font-src data:`;
  return `<!doctype html>
<html lang="${pack.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(`${pack.title}, ${pack.facility}, ${pack.asOf}`)}</title><style>${style}</style></head><body>
${pages.map((page) => pageOf(page, pack)).join('\n')}
</body></html>
`;
};
