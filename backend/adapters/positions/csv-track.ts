/** Reads recorded drives from CSV: a header names the columns, in any order; one file may hold several units. */
import { fieldsOf } from '../../csv.ts';
import { momentOf } from './osmand.ts';
import { courseOf, kmhOf, type SpeedUnit } from './speed.ts';
import type { RawPoint } from './track.ts';

export type CsvRead = {
  /** The points of each unit by its name; by an empty one where the file has no column for it. */
  readonly units: ReadonlyMap<string, readonly RawPoint[]>;
  readonly notes: readonly string[];
};

const columns = {
  unit: ['callsign', 'unit', 'id', 'vehicle', 'device', 'deviceid', 'device_id'],
  time: ['time', 'timestamp', 'datetime', 'date_time', 'recorded_at'],
  latitude: ['lat', 'latitude'],
  longitude: ['lon', 'lng', 'long', 'longitude'],
  heading: ['heading', 'course', 'bearing'],
} as const;
const speeds: Readonly<Record<string, SpeedUnit>> = {
  speed: 'km/h',
  speed_kmh: 'km/h',
  speed_kph: 'km/h',
  speed_ms: 'm/s',
  speed_mps: 'm/s',
  speed_knots: 'knots',
};

const numberOf = (text: string | undefined): number => (text === undefined || text === '' ? Number.NaN : Number(text));

/** Reads a whole file's text. */
export const readTrackCsv = (text: string): CsvRead => {
  const [header = '', ...lines] = text.split(/\r?\n|\r/);
  const delimiter = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] as string;
  const names = fieldsOf(header, delimiter).map((name) => name.toLowerCase());
  const at = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const [latitude, longitude] = [at(columns.latitude), at(columns.longitude)];
  if (latitude < 0 || longitude < 0) return { units: new Map(), notes: ['its header names no columns "lat" and "lon"'] };
  const [unit, time, heading, speed] = [at(columns.unit), at(columns.time), at(columns.heading), at(Object.keys(speeds))];
  const speedUnit = speeds[names[speed] ?? ''] ?? 'km/h';
  const units = new Map<string, RawPoint[]>();
  for (const line of lines) {
    if (line.trim() === '') continue;
    const fields = fieldsOf(line, delimiter);
    const name = unit < 0 ? '' : (fields[unit] ?? '');
    const points = units.get(name) ?? [];
    units.set(name, points);
    points.push({
      position: [numberOf(fields[longitude]), numberOf(fields[latitude])],
      at: time < 0 ? null : (momentOf(fields[time] ?? '') ?? null),
      speed: speed < 0 ? null : kmhOf(numberOf(fields[speed]), speedUnit),
      heading: heading < 0 ? null : courseOf(numberOf(fields[heading])),
    });
  }
  return { units, notes: units.size === 0 ? ['no line after its header'] : [] };
};
