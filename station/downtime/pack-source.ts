/** What a downtime pack is made of. */
import type { RecordKind, RecordOf, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { PackLanguage } from './words.ts';

export type PackSource = {
  readonly view: RecordView;
  readonly isPending: (kind: 'bed' | 'encounter' | 'unit' | 'incident' | 'alarm', id: Id) => boolean;
  readonly fixes: ReadonlyMap<Id, UnitFix & { readonly receivedAt: Instant }>;
  readonly facilityName: string | null;
  /** The machine's name, as people know it. */
  readonly desk: string;
  /** Server time up to which the copy is known to be right. */
  readonly asOf: Instant;
  /** Server time by the desk's estimate. */
  readonly now: Instant;
  /** Commands of this desk that the hospital has not settled. */
  readonly unsent: number;
  readonly language: PackLanguage;
};

const kindsPrinted = [
  'facility',
  'area',
  'bed',
  'patient',
  'encounter',
  'triageAssessment',
  'unit',
  'assignment',
  'hospital',
] as const;
const kindsMarked = ['bed', 'encounter', 'unit', 'incident', 'alarm'] as const;

/** The source as it stands now: what moves later does not move it. Records are never changed, so only the lists are copied. */
export const asItStands = (source: PackSource): PackSource => {
  const { view } = source;
  const kept = new Map(
    [...kindsPrinted, ...kindsMarked].map((kind): [RecordKind, Map<Id, VigilRecord>] => [
      kind,
      new Map([...(view.list(kind) as Iterable<VigilRecord>)].map((record) => [record.id, record])),
    ]),
  );
  const pending = new Set(
    kindsMarked.flatMap((kind) => [...view.list(kind)].flatMap(({ id }) => (source.isPending(kind, id) ? `${kind}/${id}` : []))),
  );
  return {
    ...source,
    fixes: new Map(source.fixes),
    isPending: (kind, id) => pending.has(`${kind}/${id}`),
    view: {
      get: <K extends RecordKind>(kind: K, id: Id) => kept.get(kind)?.get(id) as RecordOf<K> | undefined,
      list: <K extends RecordKind>(kind: K) => (kept.get(kind)?.values() ?? []) as Iterable<RecordOf<K>>,
    },
  };
};
