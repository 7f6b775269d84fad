/**
 * Calls of a real service as dispatch load. A CSV with a header; columns are found by name, so their order and what else
 * there is does not matter. Only when and what is taken: the places are the simulated city's own.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { IncidentPriority } from '#domain/model/incident.ts';
import { fieldsOf } from '../csv.ts';
import type { Call } from './incidents.ts';

/** A call at so many milliseconds after the first one. */
export type ReplayedCall = Call & { readonly atMs: number /** units that answered */; readonly units: number };

/** Why a replay file cannot be used. */
export class ReplayError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReplayError';
  }
}

const DAY = 86_400_000;

/** Seconds of the day in `hh:mm:ss`; undefined for anything else. */
const secondsOfDay = (text: string): number | undefined => {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  return match ? Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3] ?? 0) : undefined;
};

/** The level letter inside a determinant such as `17D1` says how urgent: E 1, D 1, C 2, B 3, A and the rest 4. */
const priorityOf = (determinant: string): IncidentPriority => {
  const level = /^\d+([A-EO])\d*/.exec(determinant)?.[1];
  return level === 'E' || level === 'D' ? 1 : level === 'C' ? 2 : level === 'B' ? 3 : 4;
};

/**
 * Reads calls from CSV text, oldest first; rows of one moment and code are one call with several units. Rows without a
 * date or a time are skipped; a file without a single call is a ReplayError.
 */
export const readCalls = (text: string): readonly ReplayedCall[] => {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/);
  const names = fieldsOf(header).map((name) => name.toLowerCase());
  const column = (...candidates: string[]) => names.findIndex((name) => candidates.includes(name));
  const date = column('incident_date', 'date', 'call_date');
  const time = column('dispatch_time', 'time', 'call_time');
  const code = column('call_type', 'determinant', 'determinant_code', 'code');
  if (date < 0 || time < 0 || code < 0) throw new ReplayError('The replay needs columns for date, dispatch time and call type.');
  const calls = new Map<string, { at: number; determinant: string; units: number }>();
  for (const line of lines) {
    const fields = fieldsOf(line);
    const day = Date.parse(`${fields[date] ?? ''}T00:00:00Z`);
    const seconds = secondsOfDay(fields[time] ?? '');
    if (Number.isNaN(day) || seconds === undefined) continue;
    const at = day + seconds * 1_000;
    const determinant = (fields[code] ?? '').slice(0, 16);
    const key = `${at} ${determinant}`;
    const call = calls.get(key);
    if (call) call.units++;
    else calls.set(key, { at, determinant, units: 1 });
  }
  const ordered = [...calls.values()].sort((a, b) => a.at - b.at);
  const first = ordered[0];
  if (!first) throw new ReplayError('The replay holds no call.');
  // It begins at the first call's own midnight, so that the hours of the day stay what they were.
  const start = Math.floor(first.at / DAY) * DAY;
  return ordered.map(({ at, determinant, units }) => ({
    atMs: at - start,
    category: `Call ${determinant || 'without code'}`,
    determinant,
    priority: priorityOf(determinant),
    summary: units > 1 ? `${units} units answered` : 'One unit answered',
    units,
  }));
};

/**
 * Lays so many days on top of one another that a day brings about `callsPerDay`: a small service's years become the busy
 * weeks of a large one. Every call keeps its time of day; a service that is busy enough stays as it is.
 */
export const foldDays = (calls: readonly ReplayedCall[], callsPerDay: number): readonly ReplayedCall[] => {
  const days = Math.floor((calls.at(-1)?.atMs ?? 0) / DAY) + 1;
  const folded = Math.max(1, Math.round((callsPerDay * days) / Math.max(1, calls.length)));
  return calls
    .map((call) => ({ ...call, atMs: Math.floor(Math.floor(call.atMs / DAY) / folded) * DAY + (call.atMs % DAY) }))
    .sort((a, b) => a.atMs - b.atMs);
};

/** Reads a replay from a `.csv` or `.csv.gz` file; throws ReplayError or what the file system throws. */
export const readReplay = (path: string): readonly ReplayedCall[] => {
  const bytes = readFileSync(path);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return readCalls((packed ? gunzipSync(bytes) : bytes).toString('utf8'));
};
