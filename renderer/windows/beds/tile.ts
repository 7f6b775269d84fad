import type { Alarm, AlarmPriority } from '#domain/model/alarm.ts';
import type { Bed, BedStatus } from '#domain/model/bed.ts';
import type { BoardSettings } from '#domain/model/board-settings.ts';
import type { Acuity, Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { TriageAssessment } from '#domain/model/triage-assessment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { holdIsOver } from '#domain/rules/bed-hold.ts';
import type { FreshnessState } from '#domain/rules/freshness.ts';
import { visitNews2 } from '#domain/rules/news2-history.ts';
import { observationDue } from '#domain/rules/observation-due.ts';
import { turnaroundSince } from '#domain/rules/turnaround.ts';
import { alarmShort, isUnanswered, whoHas } from '../../ui/alarm-row.tsx';
import type { Trend } from '../../ui/badge.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { clockText, spanOf, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import { writtenText } from '../../ui/written-text.ts';
import { b } from './strings.ts';

/** What is known about the monitor at a bed. `ageMs` null: it never spoke to this desk. */
export type MonitorState = { readonly state: FreshnessState; readonly ageMs: number | null };

/** Where the monitor of an alarm is: empty at the bed itself, the label of another bed, null when the alarm is of nobody who lies here. */
export type AlarmOrigin = string | null;

export type BedFacts = {
  readonly bed: Bed;
  readonly pending: boolean;
  readonly encounter: Encounter | undefined;
  readonly patient: Patient | undefined;
  /** Of this encounter, newest first. */
  readonly assessments: readonly TriageAssessment[];
  /** The most urgent one that stands at this bed. */
  readonly alarm: Alarm | undefined;
  readonly alarmPending: boolean;
  readonly alarmOrigin: AlarmOrigin;
  readonly conflict: boolean;
  /** Null when no monitor is bound to this bed. */
  readonly monitor: MonitorState | null;
  /** The crew for whose patient the bed is held: null when it is not on the way any more, undefined when it is held for none. */
  readonly crew: InboundRow | null | undefined;
  /** Others here with a similar name: where they are and what they are called. */
  readonly similar: readonly SimilarPatient[];
};
/** `place` is the label of a bed, or where somebody without one waits. */
export type SimilarPatient = { readonly place: string; readonly name: string };
export type TileScene = {
  readonly now: Instant;
  readonly timeZone: string | null;
  /** Null while the site is not known. */
  readonly stayTargetMs: number | null;
  readonly settings: Pick<
    BoardSettings,
    'turnaroundMinutes' | 'boardingMinutes' | 'observationMinutes' | 'levelObservationMinutes' | 'observationNoticeMinutes'
  >;
};

/** The one exception a tile shows, in this order of weight. */
export type Slot = 'alarm' | 'conflict' | 'unsent' | 'stale' | 'none';

/** A line under the flags of a tile and what it is about; `over` past its target. */
export type TileLine = 'away' | 'awayOver' | 'boards' | 'boardsOver' | 'next' | 'staff' | 'none';

/** `over`: a set of observations is overdue · `soon`: due within the site's notice · `quiet`: neither, or a monitor watches */
export type Observing = 'quiet' | 'soon' | 'over';

/** One bed as drawn: flat, primitive values only, so that an unchanged tile is not drawn again. */
export type BedTile = {
  readonly bedId: Id;
  readonly label: string;
  readonly status: BedStatus;
  readonly pending: boolean;
  readonly ageSex: string;
  readonly acuity: Acuity | null;
  readonly name: string;
  readonly complaint: string;
  readonly stayText: string;
  readonly stayUnit: string;
  /** Begun whole minutes, for the bar: a tile is not drawn again each second for a share of a pixel. */
  readonly stayMs: number;
  readonly stayTargetMs: number | null;
  readonly newsTotal: number | null;
  readonly newsComplete: boolean;
  readonly newsTrend: Trend | null;
  /** Space-separated codes; the blank within one is a no-break space. */
  readonly flags: string;
  /** What the flags and the similar names mean, one a line. */
  readonly flagText: string;
  readonly first: TileLine;
  readonly firstText: string;
  readonly second: TileLine;
  readonly secondText: string;
  /** What the next step waits for, space-separated. */
  readonly awaits: string;
  readonly observing: Observing;
  /** How long overdue, or until it is due; empty while quiet. */
  readonly observeText: string;
  readonly space: Bed['space'];
  readonly single: boolean;
  /** How long a dirty bed has been empty, all stages together. */
  readonly turnaround: string;
  /** How long a bed has been longer dirty than it should be; empty within the target. */
  readonly turnaroundOver: string;
  /** What a bed without a patient says, one fact a line. */
  readonly lines: string;
  /** Share of the cleaning done, 0 to 1; null when not cleaning or no end is known. */
  readonly progress: number | null;
  readonly slot: Slot;
  readonly slotPriority: AlarmPriority | null;
  readonly slotState: Alarm['state'] | null;
  readonly slotText: string;
  readonly slotAge: string;
  /** An alarm has the slot of a bed that something in conflict is about too: its sign stands there instead of the age. */
  readonly slotConflict: boolean;
};

/** An alarm in words, with where its monitor is or that it is not of who lies there. */
export const alarmWithOrigin = (text: string, origin: AlarmOrigin): string =>
  origin === '' ? text : origin === null ? b('alarmUnassigned', { text }) : b('alarmAt', { bed: origin, text });

const slotOf = ({ alarm, alarmPending, alarmOrigin, conflict, pending, monitor }: BedFacts, now: Instant) => {
  const none = { slotPriority: null, slotState: null, slotConflict: false } as const;
  if (alarm) {
    const answeredBy =
      alarm.state === 'acknowledged' ? (alarmPending ? t('pending') : alarm.acknowledgedBy ? whoHas(alarm) : '') : '';
    return {
      slot: 'alarm',
      slotPriority: alarm.priority,
      slotState: alarm.state,
      slotConflict: conflict,
      // A narrow tile has no room for the words: the panel says them.
      slotText: alarmOrigin === null ? `≠\u2009${alarmShort(alarm)}` : alarmWithOrigin(alarmShort(alarm), alarmOrigin),
      // Where its monitor stands says more of it than since when, and its number is never cut.
      slotAge: alarmOrigin
        ? ''
        : answeredBy === '' || isUnanswered(alarm)
          ? spanText(now - alarm.onsetAt)
          : initialsOfAuthor(answeredBy),
    } as const;
  }
  if (conflict) return { ...none, slot: 'conflict', slotText: t('beds.slot.conflict'), slotAge: '' } as const;
  if (pending) return { ...none, slot: 'unsent', slotText: t('pending'), slotAge: '' } as const;
  if (monitor && (monitor.state === 'stale' || monitor.state === 'lost')) {
    return {
      ...none,
      slot: 'stale',
      slotText: t('beds.slot.noData'),
      slotAge: monitor.ageMs === null ? '–' : spanText(monitor.ageMs),
    } as const;
  }
  return { ...none, slot: 'none', slotText: '', slotAge: '' } as const;
};

/** `RD · Dr Ito`: the nurse by initials, the doctor by name. */
export const staffOf = (encounter: Encounter): string =>
  [encounter.nurse && initialsOfAuthor(encounter.nurse), encounter.doctor].filter((name) => name).join(' · ');

/** `Rosa Duarte` as `RD`: who has it, in the room of an age. */
const initialsOfAuthor = (name: string): string =>
  name.split(/[\s.]+/).filter((part) => part !== '').length > 1
    ? name
        .split(/[\s.]+/)
        .map((part) => [...part][0] ?? '')
        .join('')
        .toUpperCase()
        .slice(0, 3)
    : name;

/** When the crew comes for which a bed is held. */
const crewText = (crew: InboundRow | null, timeZone: string | null): string => {
  if (!crew) return t('beds.crewGone');
  const { eta } = crew;
  if (eta.state === 'due') return t('beds.crewDue');
  return t('beds.crewEta', { time: eta.state === 'unknown' ? '–' : clockText(eta.at, timeZone) });
};

const linesOf = ({ bed, patient, crew }: BedFacts, { now, timeZone }: TileScene): readonly string[] => {
  const at = (instant: Instant): string => clockText(instant, timeZone);
  const note = bed.note === null ? [] : [writtenText(bed.note)];
  switch (bed.status) {
    case 'occupied':
      return [];
    case 'available':
      return [t('beds.ready', { time: at(bed.since) }), ...(bed.equipment.length > 0 ? [bed.equipment.join(', ')] : [])];
    case 'reserved':
      return [
        ...(patient ? [shortName(patient)] : []),
        ...(bed.reservation ? [bed.reservation.reason] : []),
        ...(crew === undefined ? [] : [crewText(crew, timeZone)]),
        ...(bed.reservation?.until == null
          ? []
          : [t(holdIsOver(bed, now) ? 'beds.holdOver' : 'beds.heldUntil', { time: at(bed.reservation.until) })]),
      ];
    case 'contaminated':
      return [t('beds.since', { time: at(bed.since) }), ...note];
    case 'cleaning': {
      const done = Math.max(0, Math.floor((now - bed.since) / 60_000));
      const minutes =
        bed.until === null
          ? t('beds.minutes', { done })
          : t('beds.minutesOf', { done, total: Math.round((bed.until - bed.since) / 60_000) });
      const cleaner = bed.cleaner === null ? [] : [b('cleaner', { name: bed.cleaner })];
      return [t('beds.since', { time: at(bed.since) }), minutes, ...cleaner, ...note];
    }
    case 'blocked':
      return [
        ...note,
        bed.until === null
          ? t('beds.since', { time: at(bed.since) })
          : bed.until <= now
            ? b('wasDueBack', { time: at(bed.until) })
            : t('beds.back', { time: at(bed.until) }),
      ];
    case 'closed':
      return [...note, ...(bed.until === null ? [] : [t('beds.until', { time: at(bed.until) })])];
  }
};

/** `ISO`, with the first letter of its kind where that is known: `ISO D`. */
const isolationCode = (kind: Encounter['isolation']): string => (kind === null ? 'ISO' : `ISO\u00a0${kind[0]?.toUpperCase()}`);

/** The codes on a tile: what keeps others safe first, then whom this patient could be taken for, then the rest. */
const flagCodes = ({ encounter, patient, similar }: BedFacts): readonly string[] => {
  const flags = encounter?.flags ?? [];
  const isIsolated = flags.includes('ISO') || (encounter !== undefined && encounter.isolation !== null);
  const isAllergic = patient?.allergies != null && patient.allergies.length > 0;
  return [
    ...(isIsolated ? [isolationCode(encounter?.isolation ?? null)] : []),
    ...similar.slice(0, 1).map(({ place }) => `≈${place.replaceAll(' ', '\u00a0')}`),
    ...(isAllergic || flags.includes('ALG') ? ['ALG'] : []),
    ...flags.filter((flag) => flag !== 'ISO' && flag !== 'ALG'),
  ];
};

/** `B4 Moreau, L`: whom a patient could be taken for. */
export const similarText = (similar: readonly SimilarPatient[]): string =>
  similar.length === 0 ? '' : b('similar', { list: similar.map(({ place, name }) => `${place} ${name}`).join(' · ') });

/** Every flag in words, with what was noted about it for this patient. */
export const flagSentences = ({ encounter, patient }: Pick<BedFacts, 'encounter' | 'patient'>): readonly string[] => {
  const flags = new Set(encounter?.flags ?? []);
  if (encounter?.isolation != null) flags.add('ISO');
  const allergies = patient?.allergies ?? [];
  if (allergies.length > 0) flags.add('ALG');
  return [...flags].map((flag) => {
    const said = encounter?.flagNotes.find((note) => note.flag === flag)?.text;
    const meaning =
      flag === 'ISO' ? (encounter?.isolation ? b(`isolation.${encounter.isolation}`) : b('isolationUnknown')) : b(`flag.${flag}`);
    const notes = [...(said === undefined ? [] : [said]), ...(flag === 'ALG' ? allergies : [])];
    return notes.length === 0 ? `${flag} ${meaning}` : `${flag} ${meaning}: ${notes.join(', ')}`;
  });
};

type Seen = Pick<BedFacts, 'assessments' | 'monitor' | 'patient' | 'encounter'>;

/** When a patient is to be observed again: null where nothing was measured or no rule says it, and whether a monitor does it now. */
export const observingOf = ({ assessments, monitor, patient, encounter }: Seen, { settings }: Pick<TileScene, 'settings'>) => {
  const [latest] = assessments;
  if (!latest) return null;
  const due = observationDue(latest, { patient, encounter }, settings);
  if (!due) return null;
  return { ...due, isMonitored: due.continuous && (monitor?.state === 'live' || monitor?.state === 'late') };
};

const quiet = { observing: 'quiet', observeText: '' } as const;
const observeLine = (seen: Seen, scene: TileScene): { readonly observing: Observing; readonly observeText: string } => {
  const due = observingOf(seen, scene);
  if (!due || due.isMonitored) return quiet;
  const leftMs = due.at - scene.now;
  if (leftMs < 0) return { observing: 'over', observeText: spanText(-leftMs) };
  return leftMs <= scene.settings.observationNoticeMinutes * 60_000
    ? { observing: 'soon', observeText: spanText(leftMs) }
    : quiet;
};

type LowerLines = Pick<BedTile, 'first' | 'firstText' | 'second' | 'secondText'>;

/** The two lines under the flags: out of the department and waiting for a ward come before the next step, the staff last. */
const lowerLines = (encounter: Encounter, { now, settings }: TileScene): LowerLines => {
  const { away, admitDecidedAt, admitTo, nextStep } = encounter;
  const lines: (readonly [TileLine, string])[] = [];
  if (away) {
    const isLate = away.expectedBackAt !== null && away.expectedBackAt < now;
    lines.push([isLate ? 'awayOver' : 'away', b('out', { to: away.to, span: spanText(now - away.since) }).trim()]);
  }
  if (admitDecidedAt !== null) {
    const boardingMs = now - admitDecidedAt;
    const isOver = boardingMs > settings.boardingMinutes * 60_000;
    lines.push([
      isOver ? 'boardsOver' : 'boards',
      b('boards', { ward: admitTo ?? b('wardUnknown'), span: spanText(boardingMs) }),
    ]);
  }
  if (nextStep !== null || encounter.waitingFor.length > 0) {
    lines.push(['next', nextStep ?? encounter.waitingFor.map((thing) => b(`await.${thing}`)).join(', ')]);
  }
  lines.push(['staff', staffOf(encounter)]);
  // The staff keep their line, the lower one.
  const none: readonly [TileLine, string] = ['none', ''];
  const [upper = none, lower = none] = lines[0]?.[0] === 'staff' ? [none, ...lines] : lines;
  return { first: upper[0], firstText: upper[1], second: lower[0], secondText: lower[1] };
};
const noLines: LowerLines = { first: 'none', firstText: '', second: 'none', secondText: '' };

/** How long a dirty bed has been empty, over all stages, and by how much that is over the target; both empty for another bed. */
const turnaroundOf = (bed: Bed, { now, settings }: TileScene): Pick<BedTile, 'turnaround' | 'turnaroundOver'> => {
  const since = turnaroundSince(bed);
  if (since === null) return { turnaround: '', turnaroundOver: '' };
  const overMs = now - since - settings.turnaroundMinutes * 60_000;
  return { turnaround: spanText(now - since), turnaroundOver: overMs > 0 ? spanText(overMs) : '' };
};

/** What of a tile no clock moves and is dear to reckon. */
export const standingOf = (facts: BedFacts) => {
  const { encounter, patient, assessments } = facts;
  return {
    ageSex: ageAndSex(patient),
    name: shortName(patient),
    news: visitNews2(patient, encounter, assessments),
    flags: flagCodes(facts).join(' '),
    flagText: [...flagSentences(facts), similarText(facts.similar)].filter((text) => text !== '').join('\n'),
  };
};

/**
 * The tile of one bed at one moment (server time). Stay counts from arrival. `standing` is that of the same facts. Each field is
 * named: hundreds of these are made each second, and one put together of spread parts takes several times as long.
 */
export const bedTile = (facts: BedFacts, scene: TileScene, standing = standingOf(facts)): BedTile => {
  const { bed, encounter } = facts;
  const occupied = bed.status === 'occupied';
  const stayMs = occupied && encounter ? Math.max(0, scene.now - encounter.arrivedAt) : 0;
  const stay = spanOf(stayMs);
  const lower = occupied && encounter ? lowerLines(encounter, scene) : noLines;
  const observe = occupied ? observeLine(facts, scene) : quiet;
  const { turnaround, turnaroundOver } = turnaroundOf(bed, scene);
  const slot = slotOf(facts, scene.now);
  return {
    bedId: bed.id,
    label: bed.label,
    status: bed.status,
    pending: facts.pending,
    ageSex: occupied ? standing.ageSex : '',
    acuity: occupied ? (encounter?.acuity ?? null) : null,
    name: occupied ? standing.name : '',
    complaint: occupied ? (encounter?.complaint ?? '–') : '',
    stayText: occupied && encounter ? stay.text : '–',
    stayUnit: occupied && encounter ? (scene.stayTargetMs !== null && stayMs > scene.stayTargetMs ? '+' : stay.unit) : '',
    stayMs: Math.ceil(stayMs / 60_000) * 60_000,
    stayTargetMs: scene.stayTargetMs,
    newsTotal: occupied ? standing.news.total : null,
    newsComplete: standing.news.complete,
    newsTrend: standing.news.trend,
    flags: occupied ? standing.flags : '',
    flagText: occupied ? standing.flagText : '',
    first: lower.first,
    firstText: lower.firstText,
    second: lower.second,
    secondText: lower.secondText,
    awaits: occupied ? (encounter?.waitingFor ?? []).join(' ') : '',
    observing: observe.observing,
    observeText: observe.observeText,
    space: bed.space,
    single: bed.single,
    turnaround,
    turnaroundOver,
    lines: linesOf(facts, scene).join('\n'),
    progress:
      bed.status === 'cleaning' && bed.until !== null && bed.until > bed.since
        ? Math.round(Math.min(1, Math.max(0, (scene.now - bed.since) / (bed.until - bed.since))) * 100) / 100
        : null,
    slot: slot.slot,
    slotPriority: slot.slotPriority,
    slotState: slot.slotState,
    slotText: slot.slotText,
    slotAge: slot.slotAge,
    slotConflict: slot.slotConflict,
  };
};
