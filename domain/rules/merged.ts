/**
 * A merge is for ever: the record that gave way names the one that survived, and whatever names it later means the survivor.
 * Station and backend follow the same chain, so both decide a command on the same record.
 */
import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';

export type MergedKind = 'patient' | 'encounter' | 'incident';
export type Readdressed = { readonly kind: MergedKind; readonly from: Id; readonly to: Id };

/** No chain of merges is longer than this; a ring, which no command can make, ends here instead of never. */
const LONGEST_CHAIN = 100;

/** The record that stands for this one now: itself when it was never merged or is not known. */
export const survivorOf = (view: RecordView, kind: MergedKind, id: Id): Id => {
  let present = id;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = view.get(kind, present)?.mergedInto ?? null;
    if (next === null) return present;
    present = next;
  }
  return present;
};

const merging: Readonly<Record<string, MergedKind>> = {
  patientId: 'patient',
  encounterId: 'encounter',
  survivorId: 'patient',
  incidentId: 'incident',
};

/** The input with merged patients and visits replaced by those that survived, and what was replaced. */
export const readdress = <Input>(
  view: RecordView,
  input: Input,
): { readonly input: Input; readonly readdressed: readonly Readdressed[] } => {
  if (typeof input !== 'object' || input === null) return { input, readdressed: [] };
  const readdressed = Object.entries(input).flatMap(([field, from]): (Readdressed & { readonly field: string })[] => {
    const kind = Object.hasOwn(merging, field) ? merging[field] : undefined;
    if (!kind || typeof from !== 'string') return [];
    const to = survivorOf(view, kind, from);
    return to === from ? [] : [{ kind, from, to, field }];
  });
  if (readdressed.length === 0) return { input, readdressed };
  return {
    input: { ...input, ...Object.fromEntries(readdressed.map(({ field, to }) => [field, to])) },
    readdressed: readdressed.map(({ kind, from, to }) => ({ kind, from, to })),
  };
};

const called = (view: RecordView, { kind, to }: Readdressed): string => {
  const patient = view.get('patient', kind === 'patient' ? to : (view.get('encounter', to)?.patientId ?? to));
  return patient?.mrn ?? patient?.initials ?? 'another record';
};

/** The sentence that says where a command went; undefined when it went where it was addressed. */
export const readdressedNote = (view: RecordView, readdressed: readonly Readdressed[]): string | undefined => {
  const [first] = readdressed;
  if (!first) return undefined;
  if (first.kind === 'incident') {
    const incident = view.get('incident', first.to);
    return `The incident had been merged: this was done on the one that stays, ${incident?.number ?? incident?.address ?? 'another'}.`;
  }
  return first.kind === 'patient'
    ? `The patient had been merged: this was done on the record that stays, ${called(view, first)}.`
    : `The visit had been merged: this was done on the visit that stays, of ${called(view, first)}.`;
};
