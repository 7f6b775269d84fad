/**
 * Safety fields are decided by a person who saw what stood there. A command carries what its author saw of them; where
 * something else stands by now, it is not merged but handed back to a person (`domain/commands/decide.ts`).
 */

import type { ValuesOf } from '../commands/sentence.ts';
import { wordOf } from '../commands/sentence.ts';
import type { RecordKind, RecordView, VigilRecord } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { fieldText } from './field-text.ts';
import { isSame } from './same.ts';

/** The fields of each kind that are never merged silently: allergies, triage level, bed, destination. */
export const safetyFields: Partial<Record<RecordKind, readonly ('allergies' | 'acuity' | 'bedId' | 'hospitalId')[]>> = {
  patient: ['allergies'],
  encounter: ['acuity', 'bedId'],
  assignment: ['hospitalId'],
};

/** What the author of a command saw of the safety fields, by `kind/id` and field. */
export type Seen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const fieldOf = (record: VigilRecord, field: string): unknown => (record as Readonly<Record<string, unknown>>)[field];
const present = (view: RecordView, record: VigilRecord): VigilRecord | undefined => view.get(record.kind, record.id);

/** What the view shows of the safety fields of the records that a command will put; undefined when there are none. */
export const seenOf = (view: RecordView, puts: readonly VigilRecord[]): Seen | undefined => {
  const entries = puts.flatMap((put): [string, Record<string, unknown>][] => {
    const fields = safetyFields[put.kind];
    const shown = fields && present(view, put);
    return shown ? [[`${put.kind}/${put.id}`, Object.fromEntries(fields.map((field) => [field, fieldOf(shown, field)]))]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

/** A safety field that is not what its author saw, as the places of the sentence `changedMeanwhile`. */
export type UnseenChange = ValuesOf<'changedMeanwhile'>[0];

/** The first safety field that is not as its author saw it and would be overwritten; undefined when there is none. */
export const unseenChange = (view: RecordView, puts: readonly VigilRecord[], seen: Seen): UnseenChange | undefined => {
  for (const put of puts) {
    const known = seen[`${put.kind}/${put.id}`];
    const stands = known && present(view, put);
    if (!stands) continue;
    for (const field of safetyFields[put.kind] ?? []) {
      const now = fieldOf(stands, field);
      if (!Object.hasOwn(known, field) || isSame(known[field], now) || isSame(fieldOf(put, field), now)) continue;
      const said = (value: unknown) =>
        Array.isArray(value) && value.length === 0 ? wordOf('noneKnown') : (fieldText(view, field, value) ?? wordOf('notSet'));
      return { field: wordOf(`field.${field}`), now: said(now), before: said(known[field]) };
    }
  }
  return undefined;
};

/** The same under another id: what was seen of a record that has been merged counts for the one that survived. */
export const seenAs = (seen: Seen, kind: RecordKind, from: Id, to: Id): Seen => {
  const known = seen[`${kind}/${from}`];
  return known ? { ...seen, [`${kind}/${to}`]: known } : seen;
};
