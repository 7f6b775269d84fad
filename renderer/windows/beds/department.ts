/** What the board reads, joined once per change of the records. */
import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { BoardSettings } from '#domain/model/board-settings.ts';
import type { Device } from '#domain/model/device.ts';
import type { Disagreement } from '#domain/model/disagreement.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Facility } from '#domain/model/facility.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { TriageAssessment } from '#domain/model/triage-assessment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { compareAlarms, isOnBoard } from '#domain/rules/alarm-order.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { readingSinceBinding } from '#domain/rules/device-binding.ts';
import { isPresent } from '#domain/rules/encounter-status.ts';
import { freshness, throughLink } from '#domain/rules/freshness.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import { assessmentsByVisit } from '#domain/rules/news2-history.ts';
import { createSimilarNames, similarNames } from '#domain/rules/similar-names.ts';
import { type ReceivedReading, type RecordTables, recordsOf, type Shown, viewOf } from '../../state/store.ts';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { shortName } from '../../ui/person.ts';
import { writtenText } from '../../ui/written-text.ts';
import { areaSizesOf } from './area-sizes.ts';
import type { AreaSize } from './layout.ts';
import type { AlarmOrigin, BedFacts, MonitorState, SimilarPatient } from './tile.ts';

/** A standing alarm where somebody must see it, and where its monitor is when that is not all there is to say. */
export type BedAlarm = { readonly row: Shown<'alarm'>; readonly origin: AlarmOrigin };

export type Department = {
  readonly tables: RecordTables;
  readonly facility: Facility | undefined;
  readonly areas: readonly AreaSize[];
  readonly assessments: ReadonlyMap<Id, readonly TriageAssessment[]>;
  /** The most urgent standing alarm at a bed. */
  readonly alarms: ReadonlyMap<Id, BedAlarm>;
  /** Where an interface and this department differ and nobody has decided yet. */
  readonly disagreements: readonly Disagreement[];
  readonly devices: ReadonlyMap<Id, Device>;
  readonly settings: BoardSettings;
  /** By visit: the others in the department with a similar name. */
  readonly similar: ReadonlyMap<Id, readonly SimilarPatient[]>;
};

const similarOf = (tables: RecordTables, similarTo: typeof similarNames): Department['similar'] => {
  const here = recordsOf(tables, 'encounter').filter(isPresent);
  const visits = new Map(here.map((encounter) => [encounter.patientId, encounter]));
  const similar = similarTo(
    here.flatMap(({ patientId }) => {
      const patient = tables.patient.get(patientId)?.record;
      return patient ? [patient] : [];
    }),
  );
  const described = (patientId: Id): SimilarPatient => {
    const visit = visits.get(patientId);
    const bed = visit?.bedId == null ? undefined : tables.bed.get(visit.bedId)?.record;
    return { place: bed?.label ?? writtenText(visit?.place ?? '–'), name: shortName(tables.patient.get(patientId)?.record) };
  };
  return new Map(
    [...similar].flatMap(([patientId, others]) => {
      const visit = visits.get(patientId);
      return visit ? [[visit.id, others.map(described)] as const] : [];
    }),
  );
};

/** Whether the same patients are here, each where they were: what else befell them makes no name more or less similar. */
const sameWhereabouts = (one: RecordTables, other: RecordTables): boolean => {
  if (one.patient !== other.patient || one.bed !== other.bed || one.encounter.size !== other.encounter.size) return false;
  if (one.encounter === other.encounter) return true;
  for (const [id, { record }] of one.encounter) {
    const now = other.encounter.get(id)?.record;
    if (now === record) continue;
    if (!now || isPresent(now) !== isPresent(record) || now.patientId !== record.patientId) return false;
    if (now.bedId !== record.bedId || now.place !== record.place) return false;
  }
  return true;
};

const alarmsOf = (tables: RecordTables): Department['alarms'] => {
  const alarms = new Map<Id, BedAlarm>();
  for (const row of tables.alarm.values()) {
    const { record } = row;
    if (!isOnBoard(record) || record.state === 'shelved') continue;
    const { encounterId, bedId } = record;
    const at = bedId === null ? undefined : tables.bed.get(bedId)?.record;
    const isOfOccupant = encounterId === null || at?.encounterId === encounterId;
    // Of a patient who lies elsewhere by now it goes with the patient. Of one who lies nowhere it stays where the monitor is, and is
    // never taken for that of whoever lies there.
    const lies = isOfOccupant ? undefined : recordsOf(tables, 'bed').find((bed) => bed.encounterId === encounterId);
    const shownAt = lies?.id ?? bedId;
    if (shownAt === null) continue;
    const origin = isOfOccupant ? '' : lies ? (at?.label ?? '–') : null;
    const before = alarms.get(shownAt);
    if (!before || compareAlarms(record, before.row.record) < 0) alarms.set(shownAt, { row, origin });
  }
  return alarms;
};

/** Joins the tables a bed board needs. What none of its tables has changed since `before` is taken over from there. */
export const departmentOf = (
  tables: RecordTables,
  similarTo: typeof similarNames = similarNames,
  before: Department | null = null,
): Department => {
  const kept = (...kinds: readonly RecordKind[]): Department | null =>
    before !== null && kinds.every((kind) => before.tables[kind] === tables[kind]) ? before : null;
  return {
    tables,
    settings: boardSettingsOf(viewOf(tables)),
    similar: before !== null && sameWhereabouts(before.tables, tables) ? before.similar : similarOf(tables, similarTo),
    facility: recordsOf(tables, 'facility')[0],
    areas: kept('area', 'bed')?.areas ?? areaSizesOf(recordsOf(tables, 'area'), recordsOf(tables, 'bed')),
    assessments: kept('triageAssessment')?.assessments ?? assessmentsByVisit(recordsOf(tables, 'triageAssessment')),
    alarms: kept('alarm', 'bed')?.alarms ?? alarmsOf(tables),
    disagreements: kept('disagreement')?.disagreements ?? recordsOf(tables, 'disagreement').filter(({ ended }) => ended === null),
    devices:
      kept('device')?.devices ??
      new Map(recordsOf(tables, 'device').flatMap((device) => (device.bedId === null ? [] : [[device.bedId, device] as const]))),
  };
};

/** The length of stay aimed at, milliseconds; null while the site is not known: nothing is over a target that nobody has told. */
export const stayTargetOf = (department: Pick<Department, 'facility'> | null): number | null =>
  department?.facility ? department.facility.stayTargetMinutes * 60_000 : null;

/** `departmentOf` that remembers its last answer and the names it compared: of one board. */
export const createDepartmentOf = (): ((tables: RecordTables) => Department) => {
  const similarTo = createSimilarNames();
  let last: Department | null = null;
  return (tables) => {
    last = departmentOf(tables, similarTo, last);
    return last;
  };
};

/** The state of a monitor at `now` (server time); `known` false while no reading at all has reached this window. */
export const monitorState = (
  device: Device | undefined,
  readings: ReadonlyMap<Id, ReceivedReading>,
  now: Instant,
  link: LinkState,
): MonitorState | null => {
  if (!device || device.encounterId === null || readings.size === 0) return null;
  const reading = readingSinceBinding(device, readings.get(device.id));
  return reading ? throughLink(freshness('deviceReading', reading, now), link) : { state: 'lost', ageMs: null };
};

/** What the monitor of a bed says of the patient who lies in it; undefined when that is nothing. */
export const readingAt = (
  department: Department,
  bedId: Id,
  readings: ReadonlyMap<Id, ReceivedReading>,
): ReceivedReading | undefined => {
  const device = department.devices.get(bedId);
  return device && device.encounterId !== null ? readingSinceBinding(device, readings.get(device.id)) : undefined;
};

/** The encounter a bed is about: its occupant, or whom it is held for. */
export const encounterOfBed = (department: Department, bedId: Id): Encounter | undefined => {
  const bed = department.tables.bed.get(bedId)?.record;
  const id = bed?.encounterId ?? bed?.reservation?.encounterId;
  return id == null ? undefined : department.tables.encounter.get(id)?.record;
};

/** The beds about which a person has to decide: named by a conflict or a disagreement themselves, or by their visit or its patient. */
export const bedsInConflict = (
  department: Department | null,
  conflicts: readonly Pick<Conflict, 'targets'>[],
): ReadonlySet<Id> => {
  if (!department) return new Set();
  const targets = new Set([
    ...conflicts.flatMap((conflict) => conflict.targets.map(({ id }) => id)),
    ...department.disagreements.flatMap(({ encounterId, bedId, theirs, ours }) =>
      [encounterId, bedId, theirs.bedId, ours.bedId].filter((id) => id !== null),
    ),
  ]);
  if (targets.size === 0) return new Set();
  return new Set(
    recordsOf(department.tables, 'bed')
      .filter(({ id }) => {
        const encounter = encounterOfBed(department, id);
        return targets.has(id) || (encounter !== undefined && (targets.has(encounter.id) || targets.has(encounter.patientId)));
      })
      .map(({ id }) => id),
  );
};

const noAssessments: readonly TriageAssessment[] = [];
const nobodySimilar: readonly SimilarPatient[] = [];

/** Everything one tile shows. Alarms are passed only while they are known to be current. */
export const bedFacts = (
  department: Department,
  bedId: Id,
  now: Instant,
  readings: ReadonlyMap<Id, ReceivedReading>,
  alarmsKnown: boolean,
  conflict: boolean,
  inbound: readonly InboundRow[],
): BedFacts | null => {
  const row = department.tables.bed.get(bedId);
  if (!row) return null;
  const encounter = encounterOfBed(department, bedId);
  const encounterPending = encounter ? (department.tables.encounter.get(encounter.id)?.pending ?? false) : false;
  const heldForCrew = row.record.reservation?.assignmentId;
  const alarm = alarmsKnown ? department.alarms.get(bedId) : undefined;
  return {
    bed: row.record,
    pending: row.pending || encounterPending,
    encounter,
    patient: encounter ? department.tables.patient.get(encounter.patientId)?.record : undefined,
    assessments: encounter ? (department.assessments.get(encounter.id) ?? noAssessments) : noAssessments,
    alarm: alarm?.row.record,
    alarmPending: alarm?.row.pending ?? false,
    alarmOrigin: alarm ? alarm.origin : '',
    conflict,
    similar: encounter ? (department.similar.get(encounter.id) ?? nobodySimilar) : nobodySimilar,
    crew: heldForCrew == null ? undefined : (inbound.find((one) => one.inbound.assignment.id === heldForCrew) ?? null),
    monitor: monitorState(department.devices.get(bedId), readings, now, alarmsKnown ? 'live' : 'offline'),
  };
};
