/** What each projection held at each rev, kept beside the hospital from its ledger. */

import type { Row } from '#contracts/wire/down.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import { createDigest } from './digest.ts';
import type { Entry } from './hospital.ts';

export type Held = 'desk' | 'display';
export type History = {
  readonly take: (entry: Entry) => void;
  /** The sum of the rows of a projection at a rev; undefined for a rev that never was. */
  readonly at: (held: Held, rev: number) => string | undefined;
};

export const createHistory = (): History => {
  const rows = new Map<string, Row>();
  const digests = { desk: createDigest(), display: createDigest() };
  const past: Record<Held, Map<number, string>> = {
    desk: new Map([[0, digests.desk.text()]]),
    display: new Map([[0, digests.display.text()]]),
  };
  let last = 0;
  const named = ({ rev, record }: Row) => ({ kind: record.kind, id: record.id, rev });
  const drop = (key: string): void => {
    const row = rows.get(key);
    if (!row) return;
    rows.delete(key);
    digests.desk.remove(named(row));
    if (projectForDisplay(row.record, 'initials')) digests.display.remove(named(row));
  };
  return {
    take: (entry) => {
      for (let rev = last + 1; rev <= entry.rev; rev += 1) {
        for (const row of entry.rows) {
          if (row.rev !== rev) continue;
          const key = `${row.record.kind}/${row.record.id}`;
          drop(key);
          rows.set(key, row);
          digests.desk.add(named(row));
          if (projectForDisplay(row.record, 'initials')) digests.display.add(named(row));
        }
        for (const gone of entry.deletes) if (gone.rev === rev) drop(`${gone.kind}/${gone.id}`);
        past.desk.set(rev, digests.desk.text());
        past.display.set(rev, digests.display.text());
      }
      last = Math.max(last, entry.rev);
    },
    at: (held, rev) => past[held].get(rev),
  };
};
