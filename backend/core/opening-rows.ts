/**
 * The rows as this version reads them. What was written before a field was known gets that field's default on the disk and in
 * memory before anything is decided, projected, summed or sent: each of these may rely on every field. The rev stays, since
 * every desk reads the row that it holds in the same way.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import { recordSchemas } from '#domain/model/record.ts';
import type { Store } from './store.ts';

/** The number is that of the way rows are hashed: sums of another way compare with nothing. */
export const CHECKSUM_META = 'checksum:1';

const stored = new Map<string, z.ZodType>(Object.entries(recordSchemas).map(([kind, schema]) => [kind, z.compile(schema)]));

const asRead = (row: Row): Row => {
  const parsed = stored.get(row.record.kind)?.safeParse(row.record);
  return parsed?.success && !isDeepStrictEqual(parsed.data, row.record)
    ? { rev: row.rev, record: parsed.data as Row['record'] }
    : row;
};

const sumOf = (rows: readonly Row[]): string => checksumText(rows.map(rowChecksum).reduce(addChecksum, emptyChecksum));

/** All rows of a store, older ones completed there too; `asCommitted`: they were those of the last commit (SYNC C2). */
export const openRows = (store: Store): { readonly rows: readonly Row[]; readonly asCommitted: boolean } => {
  const found = [...store.allRows()];
  const committed = store.meta(CHECKSUM_META);
  const asCommitted = committed === undefined || committed === sumOf(found);
  const rows = found.map(asRead);
  const completed = rows.filter((row, index) => row !== found[index]);
  if (completed.length > 0)
    store.transact(() => {
      for (const row of completed) store.putRow(row);
      if (asCommitted) store.setMeta(CHECKSUM_META, sumOf(rows));
    });
  return { rows, asCommitted };
};
