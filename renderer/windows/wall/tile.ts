import type { Alarm } from '#domain/model/alarm.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { numberText, parameterName } from '../../ui/alarm-row.tsx';
import { shortName } from '../../ui/person.ts';
import { spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import {
  type AlarmOrigin,
  alarmWithOrigin,
  type BedFacts,
  type BedTile,
  bedTile,
  staffOf,
  type TileScene,
} from '../beds/tile.ts';
import { words } from './strings.ts';

/**
 * What of a patient's flags is shown to a whole room, the most urgent first, each by a sign that is still a shape from afar: precautions
 * before one goes in, the pathways that count minutes, who may fall, who is never left alone. No other flag is for a wall:
 * they say what was told in confidence, or what one has to read beside the bed.
 */
export const wallMarks = ['isolation', 'minutes', 'falls', 'watched'] as const;
export type WallMark = (typeof wallMarks)[number];
const marksOf = (encounter: Encounter): readonly WallMark[] => {
  const has = (...flags: readonly Encounter['flags'][number][]): boolean => flags.some((flag) => encounter.flags.includes(flag));
  const shown: Readonly<Record<WallMark, boolean>> = {
    isolation: encounter.isolation !== null || has('ISO', 'INF'),
    minutes: has('SEPSIS', 'STROKE', 'STEMI', 'TRAUMA'),
    falls: has('FALL'),
    watched: has('1:1'),
  };
  return wallMarks.filter((mark) => shown[mark]);
};

/** A bed as a wall draws it: flat, so that an unchanged one is not drawn again. */
export type WallTile = Pick<
  BedTile,
  | 'bedId'
  | 'label'
  | 'status'
  | 'acuity'
  | 'complaint'
  | 'stayText'
  | 'stayUnit'
  | 'stayMs'
  | 'stayTargetMs'
  | 'newsTotal'
  | 'newsComplete'
  | 'newsTrend'
  | 'slot'
  | 'slotPriority'
  | 'slotState'
  | 'progress'
> & {
  readonly staff: string;
  /** Initials, or the name where the site shows names; of an empty bed its state. */
  readonly who: string;
  /** The number that alarms and what it is, or the device's own words without a number. */
  readonly alarmCaption: string;
  readonly alarmValue: string;
  /** How old the monitor's word is, as short as can be: `0:35`, `18′`, `3 h`. */
  readonly age: string;
  /** How long the patient has been out of the department; empty when here. */
  readonly away: string;
  /** Signs of the patient's flags, with spaces between. */
  readonly marks: string;
  /** More about an empty bed. */
  readonly note: string;
};

const ageOf = (milliseconds: number | null): string => {
  if (milliseconds === null) return '–';
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h`;
  return minutes >= 10 ? `${minutes}′` : `${minutes}:${String(Math.floor(milliseconds / 1000) % 60).padStart(2, '0')}`;
};

const alarmParts = (alarm: Alarm | undefined, origin: AlarmOrigin): Pick<WallTile, 'alarmCaption' | 'alarmValue'> => {
  if (!alarm) return { alarmCaption: '', alarmValue: '' };
  const { parameter, value, label } = alarm;
  return parameter !== null && value !== null
    ? { alarmCaption: alarmWithOrigin(parameterName(parameter), origin), alarmValue: numberText(parameter, value) }
    : { alarmCaption: alarmWithOrigin(label, origin), alarmValue: '' };
};

/** What an empty bed says in place of initials: for a held one when the crew comes. */
const stateOf = ({ bed, crew }: BedFacts): string => {
  if (bed.status !== 'reserved') return t(`beds.status.${bed.status}`);
  if (crew === null) return words('noCrew');
  return crew?.eta.state === 'expected' ? spanText(crew.eta.spanMs) : words('held');
};

/**
 * The tile of one bed at one moment (server time). A wall shows initials also at a desk that holds names, unless `names`; without
 * `stay` its clock stands still, so that the tile is not drawn each second.
 */
export const wallTile = (
  facts: BedFacts,
  scene: TileScene,
  { names, stay }: { readonly names: boolean; readonly stay: boolean },
): WallTile => {
  const tile = bedTile(facts, scene);
  const { patient, encounter, bed } = facts;
  const initials = patient?.initials ?? '–';
  const occupied = bed.status === 'occupied';
  return {
    bedId: tile.bedId,
    label: tile.label,
    status: tile.status,
    acuity: tile.acuity,
    complaint: tile.complaint,
    staff: occupied && encounter ? staffOf(encounter) : '',
    stayUnit: tile.stayUnit,
    stayTargetMs: tile.stayTargetMs,
    newsTotal: tile.newsTotal,
    newsComplete: tile.newsComplete,
    newsTrend: tile.newsTrend,
    slot: tile.slot,
    slotPriority: tile.slotPriority,
    slotState: tile.slotState,
    progress: tile.progress,
    stayText: stay ? tile.stayText : '',
    stayMs: Math.floor(tile.stayMs / 60_000) * 60_000,
    who: !occupied ? stateOf(facts) : names ? shortName(patient) : initials,
    ...alarmParts(facts.alarm, facts.alarmOrigin),
    age: ageOf(facts.monitor?.ageMs ?? null),
    away: occupied && encounter?.away ? spanText(scene.now - encounter.away.since) : '',
    marks: occupied && encounter ? marksOf(encounter).join(' ') : '',
    note: occupied ? '' : (tile.lines.split('\n')[0] ?? ''),
  };
};
