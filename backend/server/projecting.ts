import type { Row } from '#contracts/wire/down.ts';
import { type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import { type Projection, projectRecord } from '../core/projection.ts';

/** The rows as a device of this projection may hold them; those it may not hold at all are left out. */
export const projectRows = (projection: Projection, rows: readonly Row[]): Row[] => {
  if (projection === 'desk') return [...rows];
  return rows.flatMap(({ rev, record }) => {
    const projected = projectRecord(projection, record);
    return projected ? [{ rev, record: projected }] : [];
  });
};

/** How many records a device of this projection will hold. */
export const projectedSize = (projection: Projection, view: RecordView): number => {
  let count = 0;
  for (const kind of recordKinds) {
    for (const record of view.list(kind) as Iterable<VigilRecord>)
      if (projection === 'desk' || projectRecord(projection, record)) count++;
  }
  return count;
};
