/** What a command that was not done would have changed, and what stands instead: the losing value beside the one that won. */
import type { RecordKind, RecordOf, RecordView, VigilRecord } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { fieldText } from './field-text.ts';
import { safetyFields } from './safety.ts';
import { isSame } from './same.ts';

/** Fields of a record that a command wanted, as they would have stood. */
export type Wanted = { readonly kind: RecordKind; readonly id: Id; readonly fields: Readonly<Record<string, unknown>> };
export type Target = { readonly kind: RecordKind; readonly id: Id };

export type Stake = Target & {
  /** What a person calls the record: a bed's label, a family name; empty when it has no name. */
  readonly label: string;
  readonly field: string;
  readonly lost: string | null;
  readonly won: string | null;
  /** Never merged silently. */
  readonly safety: boolean;
};

/** The fields that matter to who compares; moments and back-references that follow from them are left out. */
const telling: { readonly [K in RecordKind]?: readonly (keyof RecordOf<K> & string)[] } = {
  bed: ['status', 'encounterId', 'note'],
  patient: ['name', 'allergies', 'mergedInto'],
  encounter: ['status', 'acuity', 'bedId', 'complaint', 'flags', 'place'],
  triageAssessment: ['acuity', 'complaint', 'note'],
  incident: ['status', 'category', 'priority', 'address'],
  unit: ['status', 'outOfServiceReason', 'emergency'],
  assignment: ['unitId', 'incidentId', 'hospitalId', 'voiceNote'],
  alarm: ['state'],
  hospital: ['emsTrafficStatus', 'emsOffload'],
  call: ['status'],
};

const fieldsOf = (record: VigilRecord | undefined): Readonly<Record<string, unknown>> =>
  (record ?? {}) as Readonly<Record<string, unknown>>;

/** What of `puts` differs from the view on which they were decided, in the fields that tell. */
export const wantedBy = (before: RecordView, puts: readonly VigilRecord[]): readonly Wanted[] =>
  puts.flatMap((put): Wanted[] => {
    const [now, then] = [fieldsOf(put), fieldsOf(before.get(put.kind, put.id))];
    const fields = (telling[put.kind] ?? []).filter((field) => JSON.stringify(now[field]) !== JSON.stringify(then[field]));
    return fields.length === 0
      ? []
      : [{ kind: put.kind, id: put.id, fields: Object.fromEntries(fields.map((field) => [field, now[field] ?? null])) }];
  });

const label = (view: RecordView, { kind, id }: Target): string => {
  switch (kind) {
    case 'bed':
      return view.get('bed', id)?.label ?? '';
    case 'unit':
      return view.get('unit', id)?.callsign ?? '';
    case 'patient':
      return fieldText(view, 'patientId', id) ?? '';
    case 'encounter':
      return view.get('encounter', id) ? (fieldText(view, 'encounterId', id) ?? '') : '';
    case 'incident':
      return fieldText(view, 'incidentId', id) ?? '';
    case 'alarm':
      return view.get('alarm', id)?.label ?? '';
    default:
      return '';
  }
};

const text = (view: RecordView, field: string, value: unknown): string | null =>
  field === 'name' && typeof value === 'object' && value !== null && 'family' in value
    ? String(value.family)
    : fieldText(view, field, value);

/** Field by field: what was wanted and what stands in the view now. Fields in which both are the same are left out. */
export const stakesOf = (view: RecordView, wanted: readonly Wanted[]): readonly Stake[] =>
  wanted.flatMap(({ kind, id, fields }) => {
    const stands = fieldsOf(view.get(kind, id));
    return Object.entries(fields)
      .filter(([field, value]) => !isSame(value, stands[field] ?? null))
      .map(([field, value]) => ({
        kind,
        id,
        label: label(view, { kind, id }),
        field,
        lost: text(view, field, value),
        won: text(view, field, stands[field]),
        safety: safetyFields[kind]?.some((one) => one === field) ?? false,
      }));
  });

const namedBy: Readonly<Record<string, RecordKind>> = {
  bedId: 'bed',
  otherBedId: 'bed',
  encounterId: 'encounter',
  otherEncounterId: 'encounter',
  patientId: 'patient',
  survivorId: 'patient',
  mergedId: 'patient',
  alarmId: 'alarm',
  unitId: 'unit',
  incidentId: 'incident',
};

/** The records that a command is about: those its input names and those it would have changed, each once. */
export const targetsOf = (input: unknown, wanted: readonly Wanted[]): readonly Target[] => {
  const given = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const named = given.flatMap(([field, id]): Target[] => {
    const kind = Object.hasOwn(namedBy, field) ? namedBy[field] : undefined;
    return kind && typeof id === 'string' ? [{ kind, id }] : [];
  });
  const byKey = new Map([...named, ...wanted].map(({ kind, id }) => [`${kind}/${id}`, { kind, id }]));
  return [...byKey.values()];
};

export type Standing = { readonly by: string | null; readonly at: Instant | null };

const newest = (view: RecordView, encounterId: Id): Standing => {
  const found = [...view.list('triageAssessment')]
    .filter((one) => one.encounterId === encounterId)
    .sort((one, other) => other.at - one.at)[0];
  return found ? { by: found.by.name, at: found.at } : { by: null, at: null };
};

/** Who set what stands in a record and when, as far as the record says; null where it does not. */
const standingOf = (view: RecordView, { kind, id }: Target, field: string): Standing => {
  switch (kind) {
    case 'bed':
      return { by: null, at: view.get('bed', id)?.since ?? null };
    case 'unit':
      return { by: null, at: view.get('unit', id)?.statusSince ?? null };
    case 'alarm': {
      const alarm = view.get('alarm', id);
      return { by: alarm?.acknowledgedBy?.name ?? null, at: alarm?.acknowledgedAt ?? null };
    }
    case 'assignment': {
      const assignment = view.get('assignment', id);
      return { by: assignment?.dispatchedBy.name ?? null, at: assignment?.times.unitNotified ?? null };
    }
    case 'encounter':
      return field === 'acuity' || field === 'complaint' ? newest(view, id) : { by: null, at: null };
    default:
      return { by: null, at: null };
  }
};

/** Who and when for the newest of what won. */
export const wonBy = (view: RecordView, stakes: readonly Stake[]): Standing =>
  stakes
    .map((stake) => standingOf(view, stake, stake.field))
    .reduce((best, one) => ((one.at ?? -Infinity) > (best.at ?? -Infinity) ? one : best), { by: null, at: null });
