/** The missions of a span as CSV (RFC 4180), one a line with all their times: what a service sends on, and nothing of a patient. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { intervalsOf, orderBreaks, timeOrder } from '#domain/rules/assignment-times.ts';
import { gathered } from '#domain/rules/gathered.ts';
import { CallRefused } from '../feeds/port-server.ts';
import { fileStamp } from './file-stamp.ts';

type Cell = string | number | null;

/** One cell: quoted where it must be; a text that a spreadsheet would compute is marked as text. */
const cell = (value: Cell): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const formatters = new Map<string, Intl.DateTimeFormat>();
const formatter = (timeZone: string): Intl.DateTimeFormat => {
  const made =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  formatters.set(timeZone, made);
  return made;
};

/** A moment of server time as ISO 8601 with the zone's offset at that moment: `2026-11-20T09:00:00-03:00`. */
export const withOffset = (at: Instant, timeZone: string): string => {
  const local = formatter(timeZone).format(at).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${local}Z`) - Math.floor(at / 1_000) * 1_000) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
};

const seconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : Math.round(milliseconds / 1_000));

const intervalColumns = ['processing', 'turnout', 'travel', 'response', 'scene', 'transport', 'offload', 'turnaround'] as const;
const header = [
  'incident',
  'category',
  'determinant',
  'priority',
  'incident_status',
  'unit',
  'unit_type',
  'how',
  'hospital',
  'call_received',
  'dispatch_notified',
  ...timeOrder.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  'cancelled',
  'end_reason',
  'times_in_order',
  ...intervalColumns.map((name) => `${name}_s`),
];

const line = (view: RecordView, timeZone: string, incident: Incident, mission: Assignment | undefined): readonly Cell[] => {
  const at = (moment: Instant | null | undefined): string | null => (moment == null ? null : withOffset(moment, timeZone));
  const unit = mission && view.get('unit', mission.unitId);
  const isInOrder = mission ? orderBreaks(mission.times).length === 0 : null;
  const intervals = mission && isInOrder ? intervalsOf(incident.callReceivedAt, mission.times) : undefined;
  return [
    incident.number,
    incident.category,
    incident.determinant,
    incident.priority,
    incident.status,
    unit?.callsign ?? null,
    unit?.type ?? null,
    mission?.how ?? null,
    (mission?.hospitalId && view.get('hospital', mission.hospitalId)?.name) || null,
    at(incident.callReceivedAt),
    at(incident.dispatchNotifiedAt),
    ...timeOrder.map((name) => at(mission?.times[name])),
    at(mission?.times.cancelled),
    mission?.refusal?.reason ?? mission?.endReason ?? incident.endReason,
    isInOrder === null ? null : isInOrder ? 'yes' : 'no',
    ...intervalColumns.map((name) => seconds(intervals?.[name] ?? null)),
  ];
};

/** Every call received in [from, to), one line for each unit sent to it, or one line of its own. */
export const missionTimesCsv = (
  view: RecordView,
  from: Instant,
  to: Instant,
): { readonly text: string; readonly lines: number } => {
  const [facility] = view.list('facility');
  const timeZone = facility?.timeZone ?? 'UTC';
  const missions = gathered(view.list('assignment'), ({ incidentId }) => incidentId);
  const rows = [...view.list('incident')]
    .filter(({ callReceivedAt }) => callReceivedAt >= from && callReceivedAt < to)
    .sort((a, b) => a.callReceivedAt - b.callReceivedAt)
    .flatMap((incident) => {
      const sent = [...(missions.get(incident.id) ?? [])].sort(
        (a, b) => (a.times.unitNotified ?? 0) - (b.times.unitNotified ?? 0),
      );
      return (sent.length === 0 ? [undefined] : sent).map((mission) => line(view, timeZone, incident, mission));
    });
  const text = [header, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n');
  return { text: `${text}\r\n`, lines: rows.length };
};

/** The CSV as a file that may leave the desk, once the trail has noted it; refused where it cannot be noted. */
export const exportMissionTimes = (
  view: RecordView,
  from: Instant,
  to: Instant,
  note: (outcome: string, payload: string) => boolean,
): { readonly fileName: string; readonly text: string; readonly lines: number } => {
  const made = missionTimesCsv(view, from, to);
  if (!note('missionTimes', made.text))
    throw new CallRefused('failed', 'This desk cannot write its audit trail, so nothing may leave it.');
  return { fileName: `vigil-missions-${fileStamp(to)}.csv`, ...made };
};
