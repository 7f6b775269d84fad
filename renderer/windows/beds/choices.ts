/** Whom and what the ways of bringing somebody to a bed choose from: the dialog and the typed line. */
import type { Id } from '#domain/model/values.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { triageQueue } from '#domain/rules/waiting.ts';
import { recordsOf } from '../../state/store.ts';
import { longName } from '../../ui/person.ts';
import type { Candidate } from './assign-dialog.tsx';
import type { Department } from './department.ts';
import type { LineContext } from './move-line.ts';

/** Those who wait, in the order of the queue. */
export const candidatesOf = ({ tables, similar }: Department): readonly Candidate[] =>
  triageQueue(recordsOf(tables, 'encounter')).map((encounter) => ({
    encounter,
    patient: tables.patient.get(encounter.patientId)?.record,
    similar: similar.get(encounter.id) ?? [],
  }));

/** What a typed line can name; `queue` are the visits of those who wait in the order of the numbers shown. */
export const lineContextOf = ({ tables }: Department, queue: readonly Id[]): LineContext => ({
  beds: recordsOf(tables, 'bed').filter((one) => !one.retired),
  queue,
  people: recordsOf(tables, 'encounter')
    .filter(isPresent)
    .map(({ id, patientId }) => ({ encounterId: id, name: longName(tables.patient.get(patientId)?.record) })),
});
