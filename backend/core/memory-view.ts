/**
 * Every current row in memory, so that a decision never waits on the disk, and beside each what it adds to the checksum of
 * each projection.
 */
import { addChecksum, type Checksum, emptyChecksum, rowChecksum, subtractChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { Patient } from '#domain/model/patient.ts';
import { type RecordKind, type RecordOf, type RecordView, recordKinds } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { type DisplaysShow, displaysShow, type Projection, projectRecord } from './projection.ts';

type Sums = Readonly<Record<Projection, Checksum>>;
type Held = { readonly row: Row; sums: Sums | null };

export type MemoryView = RecordView & {
  /** The first patient under a medical record number, merged ones too. */
  readonly patientNumbered: (mrn: string) => Patient | undefined;
  readonly row: (key: SnapshotKey) => Row | undefined;
  /** Sets a row, or removes it; returns what stood there. */
  readonly set: (key: SnapshotKey, row: Row | undefined) => Row | undefined;
  /** What was written after a rev, in the order of revs; undefined when that is more than `most` rows. */
  readonly rowsAfter: (rev: number, most: number) => readonly Row[] | undefined;
  /** The checksum of all rows, a projection each. */
  readonly sums: () => Sums;
};

const sumsOf = ({ rev, record }: Row, shows: DisplaysShow): Sums => {
  const of = (projection: Projection): Checksum => {
    const projected = projectRecord(projection, record, shows);
    return projected ? rowChecksum({ rev, record: projected }) : emptyChecksum;
  };
  return { desk: of('desk'), display: of('display') };
};

/** Loads the rows and their checksums. */
export const createMemoryView = (rows: Iterable<Row>): MemoryView => {
  const records = new Map(recordKinds.map((kind) => [kind, new Map<Id, Row['record']>()]));
  const held = new Map(recordKinds.map((kind) => [kind, new Map<Id, Held>()]));
  const recordsOf = (kind: RecordKind) => records.get(kind) as Map<Id, Row['record']>;
  const heldOf = (kind: RecordKind) => held.get(kind) as Map<Id, Held>;
  const list = <K extends RecordKind>(kind: K) => recordsOf(kind).values() as Iterable<RecordOf<K>>;
  let shows: DisplaysShow = 'initials';
  let sums: Sums = { desk: emptyChecksum, display: emptyChecksum };
  // What was written many times between two questions is hashed once.
  const unsummed = new Set<Held>();
  const count = (change: (sum: Checksum, one: Checksum) => Checksum, one: Sums) => {
    sums = { desk: change(sums.desk, one.desk), display: change(sums.display, one.display) };
  };
  const numbered = new Map<string, Set<Id>>();
  const number = (before: Row['record'] | undefined, now: Row['record'] | undefined): void => {
    const [was, is] = [before, now].map((record) => (record?.kind === 'patient' ? record.mrn : null));
    if (was === is) return;
    if (was && before && numbered.get(was)?.delete(before.id) && numbered.get(was)?.size === 0) numbered.delete(was);
    if (is && now) numbered.set(is, (numbered.get(is) ?? new Set()).add(now.id));
  };
  const set = ({ kind, id }: SnapshotKey, row: Row | undefined): Row | undefined => {
    const before = heldOf(kind).get(id);
    if (before && !unsummed.delete(before) && before.sums) count(subtractChecksum, before.sums);
    if (row) {
      const now: Held = { row, sums: null };
      unsummed.add(now);
      heldOf(kind).set(id, now);
      recordsOf(kind).set(id, row.record);
    } else {
      heldOf(kind).delete(id);
      recordsOf(kind).delete(id);
    }
    if (kind === 'patient') number(before?.row.record, row?.record);
    return before?.row;
  };
  for (const row of rows) set(row.record, row);
  return {
    row: ({ kind, id }) => heldOf(kind).get(id)?.row,
    set,
    patientNumbered: (mrn) => {
      const [id] = numbered.get(mrn) ?? [];
      return id === undefined ? undefined : (recordsOf('patient').get(id) as Patient | undefined);
    },
    rowsAfter: (rev, most) => {
      const rows: Row[] = [];
      for (const ofKind of held.values())
        for (const { row } of ofKind.values()) {
          if (row.rev <= rev) continue;
          if (rows.length === most) return undefined;
          rows.push(row);
        }
      return rows.sort((one, other) => one.rev - other.rev);
    },
    sums: () => {
      const showing = displaysShow({ list });
      if (showing !== shows) {
        // Displays hold the same patients otherwise now: theirs no longer agree, and are sent all anew.
        for (const one of heldOf('patient').values()) {
          if (one.sums) count(subtractChecksum, one.sums);
          one.sums = null;
          unsummed.add(one);
        }
        shows = showing;
      }
      for (const one of unsummed) {
        one.sums = sumsOf(one.row, shows);
        count(addChecksum, one.sums);
      }
      unsummed.clear();
      return sums;
    },
    get: <K extends RecordKind>(kind: K, id: Id) => recordsOf(kind).get(id) as RecordOf<K> | undefined,
    list,
  };
};
