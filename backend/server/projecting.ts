import type { Row } from '#contracts/wire/down.ts';
import { type Patch, patchBetween } from '#contracts/wire/patch.ts';
import { type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Change } from '../core/core.ts';
import { type DisplaysShow, displaysShow, type Projection, projectRecord } from '../core/projection.ts';

/** The rows as a device of this projection may hold them; those it may not hold at all are left out. */
export const projectRows = (projection: Projection, rows: readonly Row[], shows: DisplaysShow): Row[] => {
  if (projection === 'desk') return [...rows];
  return rows.flatMap(({ rev, record }) => {
    const projected = projectRecord(projection, record, shows);
    return projected ? [{ rev, record: projected }] : [];
  });
};

/** A commit as devices of one projection may see it: whole rows, and for a copy that is whole at its base the changed fields. */
export type Cut = {
  readonly rows: readonly Row[];
  readonly changes: () => { readonly puts: readonly Row[]; readonly patches: readonly Patch[] };
};

/** Cuts a commit to a projection; fields are compared once, when the first connection asks. */
export const cutChange = (projection: Projection, change: Change, shows: DisplaysShow): Cut => {
  const rows = projectRows(projection, change.rows, shows);
  let changes: ReturnType<Cut['changes']> | undefined;
  const compare = (): ReturnType<Cut['changes']> => {
    const puts: Row[] = [];
    const patches: Patch[] = [];
    for (const row of rows) {
      const before = change.before.get(`${row.record.kind}/${row.record.id}`);
      const held = before && projectRecord(projection, before.record, shows);
      const patch = held && patchBetween({ rev: before.rev, record: held }, row, change.rev);
      if (patch) patches.push(patch);
      else puts.push(row);
    }
    return { puts, patches };
  };
  return {
    rows,
    changes: () => {
      changes ??= compare();
      return changes;
    },
  };
};

/** How many records a device of this projection will hold. */
export const projectedSize = (projection: Projection, view: RecordView): number => {
  const shows = displaysShow(view);
  let count = 0;
  for (const kind of recordKinds) {
    for (const record of view.list(kind) as Iterable<VigilRecord>) if (projectRecord(projection, record, shows)) count++;
  }
  return count;
};
