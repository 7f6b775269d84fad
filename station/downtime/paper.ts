/** What is printed, as titled tables of plain text, whatever it tells of: the downtime pack, a handover. */
import type { RecordView } from '#domain/model/record.ts';
import { unknown } from './texts.ts';
import { type PackLanguage, packWords } from './words.ts';

/** `share` is the column's part of the page's width; the shares of a table need not add up to anything. */
export type PackColumn = { readonly title: string; readonly share: number };
export type PackRow =
  | { readonly kind: 'group'; readonly text: string }
  /** One text a column; `pending`: this desk's own change that the hospital has not confirmed. */
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly pending: boolean; readonly strong: boolean };
export type PackSection = {
  readonly title: string;
  readonly filters: string;
  readonly columns: readonly PackColumn[];
  readonly rows: readonly PackRow[];
};
/** All that is printed. Every text stands on every page, but for the tables; `notice` and `pendingMark` are the lines at its foot. */
export type Pack = {
  readonly language: PackLanguage;
  readonly title: string;
  readonly facility: string;
  readonly desk: string;
  readonly asOf: string;
  readonly madeAt: string;
  readonly notice: string;
  readonly pendingMark: string;
  readonly pageWord: string;
  readonly continued: string;
  readonly none: string;
  /** Said before what a section is limited to; null: nothing. */
  readonly filtersWord: string | null;
  /** Stands across every page; null: nothing does. */
  readonly watermark: string | null;
  readonly sections: readonly PackSection[];
};

/** What stands on every sheet that a desk prints. */
export const paperOf = ({
  language,
  view,
  facilityName,
  desk,
}: {
  readonly language: PackLanguage;
  readonly view: RecordView;
  readonly facilityName: string | null;
  /** The machine's name, as people know it. */
  readonly desk: string;
}): Pick<Pack, 'language' | 'facility' | 'desk' | 'pageWord' | 'continued' | 'none'> => {
  const words = packWords[language];
  const [facility] = view.list('facility');
  return {
    language,
    facility: facility?.name ?? facilityName ?? unknown,
    desk: `${words.desk} ${desk}`,
    pageWord: words.page,
    continued: words.continued,
    none: words.none,
  };
};
