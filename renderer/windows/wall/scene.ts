/** Everything a wall shows besides its tiles, from the rules that the boards of a desk read by: nothing is reckoned anew here. */
import type { Alarm } from '#domain/model/alarm.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Instant } from '#domain/model/values.ts';
import { alarmsInOrder, needsAnswer } from '#domain/rules/alarm-order.ts';
import { type Capacity, capacity } from '#domain/rules/bed-board.ts';
import { type Nedocs, nedocs, nedocsInputs } from '#domain/rules/nedocs.ts';
import { triageQueue, type Wait, waitOf } from '#domain/rules/waiting.ts';
import { type RecordTables, recordsOf } from '../../state/store.ts';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { type AskedSurge, surgesOf } from '../beds/capacity/counted.ts';
import type { Department } from '../beds/department.ts';

export type WallNumbers = { readonly counts: Capacity; readonly crowding: Nedocs; readonly surges: readonly AskedSurge[] };

/** How full the department is, and which thresholds of crowding are reached; `asked` are the codes of those that were a moment ago. */
export const numbersOf = (
  department: Department,
  inbound: readonly InboundRow[],
  now: Instant,
  asked: ReadonlySet<string> = new Set(),
): WallNumbers => {
  const beds = recordsOf(department.tables, 'bed');
  const encounters = recordsOf(department.tables, 'encounter');
  const counts = capacity({ beds, encounters, inbound: inbound.length }, now);
  const crowding = nedocs(nedocsInputs(department.facility, beds, encounters, now));
  const surges = surgesOf(department.tables, counts, crowding, now, asked).filter(({ state }) => state !== 'over');
  return { counts, crowding, surges };
};

/**
 * Whether these rows are those of a display, which nobody has to have signed in at: patients, and of none a name or a complaint. What
 * was cut out must not read as if it were unknown.
 */
export const holdsNobody = (tables: RecordTables): boolean =>
  tables.patient.size > 0 &&
  recordsOf(tables, 'patient').every(({ name }) => name === null) &&
  recordsOf(tables, 'encounter').every(({ complaint }) => complaint === null);

export type WaitingLine = {
  readonly encounter: Encounter;
  readonly initials: string;
  readonly wait: Wait;
};

/** Who waits: those over their target first, each in the order of the queue. */
export const waitingLines = ({ tables, facility }: Department, now: Instant): readonly WaitingLine[] => {
  const lines = triageQueue(recordsOf(tables, 'encounter')).map((encounter) => ({
    encounter,
    initials: tables.patient.get(encounter.patientId)?.record.initials ?? '–',
    wait: waitOf(encounter, facility ?? null, now),
  }));
  const isOver = ({ wait }: WaitingLine): boolean => wait.state === 'over';
  return [...lines.filter(isOver), ...lines.filter((line) => !isOver(line))];
};

export type AlarmLine = { readonly alarm: Alarm; readonly place: string };

/** The alarms that stand, the most urgent first; those put aside are not on a wall. */
export const alarmLines = (tables: RecordTables): readonly AlarmLine[] =>
  alarmsInOrder(recordsOf(tables, 'alarm'))
    .filter(({ state }) => state !== 'shelved')
    .map((alarm) => ({
      alarm,
      place:
        (alarm.bedId === null ? undefined : tables.bed.get(alarm.bedId)?.record.label) ??
        tables.device.get(alarm.deviceId)?.record.label ??
        '–',
    }));

export const unansweredOf = (lines: readonly AlarmLine[]): number => lines.filter(({ alarm }) => needsAnswer(alarm)).length;
