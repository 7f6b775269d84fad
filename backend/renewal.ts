import { isDeepStrictEqual } from 'node:util';
import { type RecordView, recordKinds, recordSchemas, type VigilRecord } from '#domain/model/record.ts';

/** Rows that were written before a field was known, with that field's default: committed once, so that every desk gets them too. */
export const rowsToRenew = (view: RecordView): readonly VigilRecord[] =>
  recordKinds.flatMap((kind) =>
    ([...view.list(kind)] as readonly VigilRecord[]).flatMap((record) => {
      const parsed = recordSchemas[kind].safeParse(record);
      return parsed.success && !isDeepStrictEqual(parsed.data, record) ? [parsed.data] : [];
    }),
  );
