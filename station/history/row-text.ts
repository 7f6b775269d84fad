/** Rows and their changes as lines of text, deflated: JSON has no line break and no tabulator of its own. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { recordSchema } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import type { RowKey } from '../sync/rows.ts';

/** The text of a row that is gone. */
const GONE = '';
const deflating = { level: 3 } as const;

export type RowChange = { readonly at: Instant; readonly key: RowKey; readonly text: string | null };

const pack = (lines: readonly string[]): Uint8Array => deflateRawSync(lines.join('\n'), deflating);
const unpack = (packed: Uint8Array): readonly string[] => {
  const text = inflateRawSync(packed).toString('utf8');
  return text === '' ? [] : text.split('\n');
};
const parted = (line: string): readonly [head: string, rest: string] => {
  const tab = line.indexOf('\t');
  return [line.slice(0, tab), line.slice(tab + 1)];
};

/** The text that this version writes for a row that another may have written; null for one that it cannot read. */
const ofThisVersion = (text: string): string | null => {
  const parsed = recordSchema.safeParse(JSON.parse(text));
  return parsed.success ? JSON.stringify(parsed.data) : null;
};

/** Rows by key. */
export const packRows = (rows: Iterable<readonly [RowKey, string]>): Uint8Array =>
  pack([...rows].map(([key, text]) => `${key}\t${text}`));

/** Rows by key; `foreign`: written by another version. */
export const unpackRows = (packed: Uint8Array, foreign: boolean): Map<RowKey, string> => {
  const rows = new Map<RowKey, string>();
  for (const line of unpack(packed)) {
    const [key, text] = parted(line);
    const read = foreign ? ofThisVersion(text) : text;
    if (read !== null) rows.set(key as RowKey, read);
  }
  return rows;
};

/** Changes in their order. */
export const packChanges = (changes: readonly RowChange[]): Uint8Array =>
  pack(changes.map(({ at, key, text }) => `${at}\t${key}\t${text ?? GONE}`));

/** Changes in their order; `foreign`: written by another version. */
export const unpackChanges = (packed: Uint8Array, foreign: boolean): readonly RowChange[] =>
  unpack(packed).map((line) => {
    const [at, rest] = parted(line);
    const [key, text] = parted(rest);
    const row = text === GONE ? null : foreign ? ofThisVersion(text) : text;
    return { at: Number(at), key: key as RowKey, text: row };
  });
