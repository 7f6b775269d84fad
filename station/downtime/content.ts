/**
 * What a downtime pack says: the desk's picture at one moment as titled tables of plain text, from which the PDF and the HTML
 * are both made. It holds no layout, reads no clock, and never says zero or "none" of what is not known.
 */
import type { Alarm } from '#domain/model/alarm.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Bed } from '#domain/model/bed.ts';
import { alarmsInOrder } from '#domain/rules/alarm-order.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { gathered } from '#domain/rules/gathered.ts';
import { isUnderWay, openIncidents } from '#domain/rules/incident-order.ts';
import { assessmentsByVisit, visitNews2 } from '#domain/rules/news2-history.ts';
import { retriageOf, triageQueue, waitOf } from '#domain/rules/waiting.ts';
import type { Clock } from '../clock.ts';
import { asItStands, type PackSource } from './pack-source.ts';
import { type Pack, type PackRow, type PackSection, paperOf } from './paper.ts';
import {
  identityOf,
  levelOf,
  lines,
  listed,
  nameOf,
  spanText,
  type Texts,
  timesIn,
  unknown,
  vitalsOf,
  warningsOf,
} from './texts.ts';
import { packWords } from './words.ts';

type Written = Texts & { readonly source: PackSource };

const bedState = (bed: Bed, { words, time }: Texts): string =>
  lines(
    words.bedStatus[bed.status],
    bed.reservation && listed(words.held, bed.reservation.reason),
    bed.note,
    bed.until !== null && `${words.until} ${time(bed.until)}`,
  );

const bedCells = (bed: Bed, texts: Written): readonly string[] => {
  const { view, now } = texts.source;
  const encounterId = bed.encounterId ?? bed.reservation?.encounterId ?? null;
  const encounter = encounterId === null ? undefined : view.get('encounter', encounterId);
  if (!encounter) return [bed.label, bedState(bed, texts), '', encounterId === null ? '' : unknown, '', '', '', '', '', ''];
  const patient = view.get('patient', encounter.patientId);
  return [
    bed.label,
    bedState(bed, texts),
    levelOf(encounter, texts),
    nameOf(patient),
    identityOf(patient, texts),
    warningsOf(encounter, patient, texts),
    encounter.complaint ?? unknown,
    lines(texts.time(encounter.arrivedAt), spanText(now - encounter.arrivedAt)),
    lines(encounter.nurse, encounter.doctor) || unknown,
    lines(encounter.nextStep, encounter.expectedDepartureAt !== null && texts.time(encounter.expectedDepartureAt)),
  ];
};

/** The work on a section, a row at a time. */
type Writing = Generator<void, PackSection>;

function* census(texts: Written): Writing {
  const { words, source } = texts;
  const areas = [...source.view.list('area')].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const known = new Set(areas.map(({ id }) => id));
  const inUse = [...source.view.list('bed')].filter(({ retired }) => !retired);
  const byArea = gathered(inUse, ({ areaId }) => (known.has(areaId) ? areaId : ''));
  const counts = (beds: readonly Bed[]): string => {
    const count = (status: Bed['status']): number => beds.filter((bed) => bed.status === status).length;
    return `${beds.length} ${beds.length === 1 ? words.oneBed : words.beds}, ${count('occupied')} ${words.occupied}, ${count('available')} ${words.available}`;
  };
  const rows: PackRow[] = [];
  for (const { id, name } of [
    ...areas.map((area) => ({ id: area.id, name: `${area.name} (${area.code})` })),
    { id: '', name: words.otherArea },
  ]) {
    const beds = [...(byArea.get(id) ?? [])].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    if (beds.length === 0) continue;
    rows.push({ kind: 'group', text: `${name}: ${counts(beds)}` });
    for (const bed of beds) {
      const pending =
        source.isPending('bed', bed.id) || (bed.encounterId !== null && source.isPending('encounter', bed.encounterId));
      rows.push({ kind: 'row', cells: bedCells(bed, texts), pending, strong: false });
      yield;
    }
  }
  return {
    title: words.census,
    filters: `${words.censusFilters}. ${counts(inUse)}`,
    columns: [
      { title: words.bed, share: 5 },
      { title: words.status, share: 9 },
      { title: words.level, share: 5 },
      { title: words.patient, share: 14 },
      { title: words.identity, share: 13 },
      { title: words.warnings, share: 14 },
      { title: words.complaint, share: 14 },
      { title: words.arrived, share: 8 },
      { title: words.staff, share: 9 },
      { title: words.next, share: 11 },
    ],
    rows,
  };
}

function* triage(texts: Written): Writing {
  const { words, source, facility, time } = texts;
  const { view, now } = source;
  const settings = boardSettingsOf(view);
  const queue = triageQueue(view.list('encounter'));
  const rows: PackRow[] = [];
  for (const [index, encounter] of queue.entries()) {
    yield;
    const patient = view.get('patient', encounter.patientId);
    const wait = waitOf(encounter, facility ?? null, now);
    const retriage = retriageOf(encounter, settings, now);
    const score = visitNews2(patient, encounter, texts.visits.get(encounter.id) ?? []);
    const target = wait.targetMs === null ? null : `${words.target} ${spanText(wait.targetMs)}`;
    rows.push({
      kind: 'row',
      cells: [
        String(index + 1),
        levelOf(encounter, texts),
        nameOf(patient),
        identityOf(patient, texts),
        warningsOf(encounter, patient, texts),
        encounter.complaint ?? unknown,
        lines(
          time(encounter.arrivedAt),
          [spanText(now - encounter.arrivedAt), target].filter(Boolean).join(' '),
          wait.state === 'over' && words.overdue,
        ),
        encounter.place ?? unknown,
        vitalsOf(encounter, texts),
        score.total === null ? unknown : `${score.complete ? '' : '≥ '}${score.total}`,
        encounter.retriageDueAt === null ? '' : lines(time(encounter.retriageDueAt), retriage?.state === 'due' && words.due),
      ],
      pending: source.isPending('encounter', encounter.id),
      strong: (encounter.acuity ?? 1) <= 2,
    });
  }
  return {
    title: words.triage,
    filters: `${words.triageFilters}. ${queue.length} ${words.patients}`,
    columns: [
      { title: words.number, share: 4 },
      { title: words.level, share: 5 },
      { title: words.patient, share: 13 },
      { title: words.identity, share: 13 },
      { title: words.warnings, share: 13 },
      { title: words.complaint, share: 14 },
      { title: words.waited, share: 9 },
      { title: words.place, share: 8 },
      { title: words.vitals, share: 16 },
      { title: 'NEWS2', share: 5 },
      { title: words.retriage, share: 6 },
    ],
    rows,
  };
}

const incidentText = (assignment: Assignment, { source }: Written): string => {
  const incident = source.view.get('incident', assignment.incidentId);
  return incident ? lines(`${incident.number ?? unknown} · P${incident.priority}`, incident.address) : unknown;
};

/** One collator for all: to make one a comparison takes longer than everything else. */
const byNumber = new Intl.Collator('en', { numeric: true });

function* units(texts: Written): Writing {
  const { words, source, time } = texts;
  const { view, fixes, now } = source;
  const every = [...view.list('unit')].sort((a, b) => byNumber.compare(a.callsign, b.callsign));
  const rows: PackRow[] = [];
  for (const unit of every) {
    yield;
    const assignment = unit.assignmentId === null ? undefined : view.get('assignment', unit.assignmentId);
    const hospital = assignment?.hospitalId ? view.get('hospital', assignment.hospitalId) : undefined;
    const fix = fixes.get(unit.id);
    rows.push({
      kind: 'row',
      cells: [
        unit.callsign,
        words.unitType[unit.type],
        lines(
          listed(words.unitStatus[unit.status], unit.delayed && words.statusDelayed, unit.emergency && words.statusEmergency),
          unit.outOfServiceReason,
        ),
        time(unit.statusSince),
        unit.stationName,
        assignment ? incidentText(assignment, texts) : unit.assignmentId === null ? '' : unknown,
        lines(hospital?.name, assignment?.etaAt != null && `${words.eta} ${time(assignment.etaAt)}`),
        fix
          ? `${fix.position[1].toFixed(4)}, ${fix.position[0].toFixed(4)} (${spanText(now - fix.receivedAt)} ${words.ago})`
          : unknown,
      ],
      pending: source.isPending('unit', unit.id),
      strong: unit.emergency,
    });
  }
  return {
    title: words.units,
    filters: `${words.unitsFilters}. ${every.length}`,
    columns: [
      { title: words.unit, share: 6 },
      { title: words.type, share: 7 },
      { title: words.status, share: 14 },
      { title: words.since, share: 8 },
      { title: words.station, share: 12 },
      { title: words.incident, share: 22 },
      { title: words.destination, share: 14 },
      { title: words.position, share: 17 },
    ],
    rows,
  };
}

function* incidents(texts: Written): Writing {
  const { words, source, time } = texts;
  const { view, now } = source;
  const open = openIncidents(view.list('incident'));
  const sent = gathered([...view.list('assignment')].filter(isUnderWay), ({ incidentId }) => incidentId);
  const rows: PackRow[] = [];
  for (const incident of open) {
    yield;
    const answered = (sent.get(incident.id) ?? []).flatMap(({ unitId }) => {
      const unit = view.get('unit', unitId);
      return unit ? [`${unit.callsign} ${words.unitStatus[unit.status]}`] : [];
    });
    const last = incident.notes.at(-1);
    rows.push({
      kind: 'row',
      cells: [
        incident.number ?? unknown,
        String(incident.priority),
        lines(incident.category, incident.determinant),
        incident.address || unknown,
        incident.patientSummary ?? unknown,
        lines(time(incident.callReceivedAt), spanText(now - incident.callReceivedAt)),
        answered.length > 0 ? answered.join('\n') : words.nobody.toUpperCase(),
        last ? `${time(last.at)} ${last.text}` : '',
      ],
      pending: source.isPending('incident', incident.id),
      strong: answered.length === 0,
    });
  }
  return {
    title: words.incidents,
    filters: `${words.incidentsFilters}. ${open.length}`,
    columns: [
      { title: words.incident, share: 9 },
      { title: words.priority, share: 3 },
      { title: words.category, share: 14 },
      { title: words.address, share: 18 },
      { title: words.patient, share: 15 },
      { title: words.call, share: 8 },
      { title: words.answeredBy, share: 15 },
      { title: words.note, share: 18 },
    ],
    rows,
  };
}

const alarmText = (alarm: Alarm): string => {
  const limit = alarm.limit ? ` (${alarm.limit.kind === 'below' ? '<' : '>'} ${alarm.limit.value})` : '';
  return lines(alarm.label, alarm.value === null ? null : `${alarm.value}${limit}`);
};

function* alarms(texts: Written): Writing {
  const { words, source, time } = texts;
  const { view } = source;
  const standing = alarmsInOrder(view.list('alarm'));
  const rows: PackRow[] = [];
  for (const alarm of standing) {
    yield;
    const bed = alarm.bedId === null ? undefined : view.get('bed', alarm.bedId);
    const encounter = alarm.encounterId === null ? undefined : view.get('encounter', alarm.encounterId);
    const patient = encounter && view.get('patient', encounter.patientId);
    rows.push({
      kind: 'row',
      cells: [
        words.alarmPriority[alarm.priority],
        alarmText(alarm),
        bed?.label ?? unknown,
        encounter ? nameOf(patient) : '',
        time(alarm.onsetAt),
        words.alarmState[alarm.state],
        alarm.acknowledgedBy ? listed(alarm.acknowledgedBy.name, time(alarm.acknowledgedAt)) : '',
      ],
      pending: source.isPending('alarm', alarm.id),
      strong: alarm.priority === 'high',
    });
  }
  return {
    title: words.alarms,
    filters: `${words.alarmsFilters}. ${standing.length}`,
    columns: [
      { title: words.priority, share: 8 },
      { title: words.alarm, share: 24 },
      { title: words.bed, share: 8 },
      { title: words.patient, share: 20 },
      { title: words.since, share: 10 },
      { title: words.state, share: 16 },
      { title: words.by, share: 14 },
    ],
    rows,
  };
}

/** The pack of a desk at one moment, in the words of its language and the time zone of its facility; the work goes on row by row. */
function* packing(source: PackSource): Generator<void, Pack> {
  const words = packWords[source.language];
  const [facility] = source.view.list('facility');
  const { time, full } = timesIn(source.language, facility?.timeZone ?? 'UTC', source.now);
  const visits = assessmentsByVisit(source.view.list('triageAssessment'));
  const texts: Written = { words, source, facility, visits, time };
  yield;
  const sections = [
    yield* census(texts),
    yield* triage(texts),
    yield* units(texts),
    yield* incidents(texts),
    yield* alarms(texts),
  ];
  const unsent = source.unsent > 0 ? ` · ${source.unsent} ${words.unsent}` : '';
  return {
    ...paperOf(source),
    title: words.pack,
    asOf: `${words.asOf} ${full(source.asOf)}`,
    madeAt: `${words.madeAt} ${full(source.now)}${unsent}`,
    notice: words.notPrimary,
    pendingMark: words.pendingMark,
    filtersWord: words.filters,
    watermark: null,
    sections,
  };
}

/** The pack of a source, in one go. */
export const packOf = (source: PackSource): Pack => {
  const work = packing(source);
  for (let next = work.next(); ; next = work.next()) if (next.done) return next.value;
};

/** The work on a pack goes on so long before the loop has its turn, milliseconds. */
const LONGEST_SLICE = 8;

/** The pack of a source as it stands at the call, made in slices between which everything else has its turn. */
export const packInTurns = async (source: PackSource, clock: Pick<Clock, 'monotonicNow' | 'after'>): Promise<Pack> => {
  let until = clock.monotonicNow() + LONGEST_SLICE;
  const work = packing(asItStands(source));
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value;
    if (clock.monotonicNow() < until) continue;
    await new Promise<void>((resolve) => void clock.after(0, resolve));
    until = clock.monotonicNow() + LONGEST_SLICE;
  }
};
