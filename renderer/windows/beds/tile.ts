import type { Alarm, AlarmPriority } from '#domain/model/alarm.ts';
import type { Bed, BedStatus } from '#domain/model/bed.ts';
import type { Acuity, Encounter } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { TriageAssessment } from '#domain/model/triage-assessment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { holdIsOver } from '#domain/rules/bed-hold.ts';
import type { FreshnessState } from '#domain/rules/freshness.ts';
import { visitNews2 } from '#domain/rules/news2-history.ts';
import { alarmShort, isUnanswered, whoHas } from '../../ui/alarm-row.tsx';
import type { Trend } from '../../ui/badge.tsx';
import type { InboundRow } from '../../ui/inbound/rows.ts';
import { ageAndSex, shortName } from '../../ui/person.ts';
import { clockText, spanOf, spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';

/** What is known about the monitor at a bed. `ageMs` null: it never spoke to this desk. */
export type MonitorState = { readonly state: FreshnessState; readonly ageMs: number | null };

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
  readonly conflict: boolean;
  /** Null when no monitor is bound to this bed. */
  readonly monitor: MonitorState | null;
  /** The crew for whose patient the bed is held: null when it is not on the way any more, undefined when it is held for none. */
  readonly crew: InboundRow | null | undefined;
};
export type TileScene = { readonly now: Instant; readonly timeZone: string | null; readonly stayTargetMs: number };

/** The one exception a tile shows, in this order of weight. */
export type Slot = 'alarm' | 'conflict' | 'unsent' | 'stale' | 'none';

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
  readonly stayMs: number;
  readonly stayTargetMs: number;
  readonly newsTotal: number | null;
  readonly newsComplete: boolean;
  readonly newsTrend: Trend | null;
  /** Space-separated codes. */
  readonly flags: string;
  readonly next: string;
  readonly staff: string;
  /** What a bed without a patient says, one fact a line. */
  readonly lines: string;
  /** Share of the cleaning done, 0 to 1; null when not cleaning or no end is known. */
  readonly progress: number | null;
  readonly slot: Slot;
  readonly slotPriority: AlarmPriority | null;
  readonly slotState: Alarm['state'] | null;
  readonly slotText: string;
  readonly slotAge: string;
};

const slotOf = ({ alarm, alarmPending, conflict, pending, monitor }: BedFacts, now: Instant) => {
  const none = { slotPriority: null, slotState: null } as const;
  if (alarm) {
    const answeredBy =
      alarm.state === 'acknowledged' ? (alarmPending ? t('pending') : alarm.acknowledgedBy ? whoHas(alarm) : '') : '';
    return {
      slot: 'alarm',
      slotPriority: alarm.priority,
      slotState: alarm.state,
      slotText: alarmShort(alarm),
      slotAge: answeredBy === '' || isUnanswered(alarm) ? spanText(now - alarm.onsetAt) : initialsOfAuthor(answeredBy),
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
const staffOf = (encounter: Encounter | undefined): string =>
  [encounter?.nurse && initialsOfAuthor(encounter.nurse), encounter?.doctor].filter((name) => name).join(' · ');

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
  const note = bed.note === null ? [] : [bed.note];
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
      return [t('beds.since', { time: at(bed.since) }), minutes, ...note];
    }
    case 'blocked':
      return [...note, bed.until === null ? t('beds.since', { time: at(bed.since) }) : t('beds.back', { time: at(bed.until) })];
    case 'closed':
      return [...note, ...(bed.until === null ? [] : [t('beds.until', { time: at(bed.until) })])];
  }
};

/** What a chip takes beside its letters, what a letter of one takes, and what lies between two, in pixels. */
const chip = { frame: 10, letter: 8.2, gap: 4 };
const chipWidth = (text: string): number => chip.frame + text.length * chip.letter;

/** The flags that fit a line of `room` pixels, and how many do not: isolation first, whole chips only. */
export const fittingFlags = (flags: string, room: number): { readonly shown: readonly string[]; readonly more: number } => {
  const codes = (flags === '' ? [] : flags.split(' ')).toSorted((a, b) => Number(b === 'ISO') - Number(a === 'ISO'));
  const widthOf = (count: number): number => {
    const chips = [...codes.slice(0, count), ...(count < codes.length ? [`+${codes.length - count}`] : [])];
    return chips.reduce((sum, text) => sum + chipWidth(text) + chip.gap, -chip.gap);
  };
  const most = codes.findIndex((_, index) => widthOf(codes.length - index) <= room);
  const count = most === -1 ? 0 : codes.length - most;
  return { shown: codes.slice(0, count), more: codes.length - count };
};

/** The tile of one bed at one moment (server time). Stay counts from arrival. */
export const bedTile = (facts: BedFacts, scene: TileScene): BedTile => {
  const { bed, encounter, patient, assessments } = facts;
  const occupied = bed.status === 'occupied';
  const stayMs = occupied && encounter ? Math.max(0, scene.now - encounter.arrivedAt) : 0;
  const stay = spanOf(stayMs);
  const news = visitNews2(patient, encounter, assessments);
  const flags = encounter?.flags ?? [];
  const allergic = patient?.allergies != null && patient.allergies.length > 0 && !flags.includes('ALG');
  return {
    bedId: bed.id,
    label: bed.label,
    status: bed.status,
    pending: facts.pending,
    ageSex: occupied ? ageAndSex(patient) : '',
    acuity: occupied ? (encounter?.acuity ?? null) : null,
    name: occupied ? shortName(patient) : '',
    complaint: occupied ? (encounter?.complaint ?? '–') : '',
    stayText: occupied && encounter ? stay.text : '–',
    stayUnit: occupied && encounter ? (stayMs > scene.stayTargetMs ? '+' : stay.unit) : '',
    stayMs,
    stayTargetMs: scene.stayTargetMs,
    newsTotal: occupied ? news.total : null,
    newsComplete: news.complete,
    newsTrend: news.trend,
    flags: occupied ? [...(allergic ? ['ALG'] : []), ...flags].join(' ') : '',
    next: occupied ? (encounter?.nextStep ?? '') : '',
    staff: occupied ? staffOf(encounter) : '',
    lines: linesOf(facts, scene).join('\n'),
    progress:
      bed.status === 'cleaning' && bed.until !== null && bed.until > bed.since
        ? Math.round(Math.min(1, Math.max(0, (scene.now - bed.since) / (bed.until - bed.since))) * 100) / 100
        : null,
    ...slotOf(facts, scene.now),
  };
};
