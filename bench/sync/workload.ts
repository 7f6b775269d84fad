/** What every peer of the sync benchmark is given to do: 50,000 visits of 512 bytes, small changes of them, and commands. */
import type { Alarm } from '#domain/model/alarm.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Device } from '#domain/model/device.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { buildAlarm, buildBed, buildDevice, buildEncounter, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';

/** Sizes of one run; a rehearsal takes a tenth. */
const scale = process.env['VIGIL_BENCH_SMALL'] === '1' ? 0.1 : 1;
export const rowCount = 50_000 * scale;
export const changeCount = 20_000 * scale;
/** Changes that warm the code at Vigil and at the floor, and are not measured. */
export const warmingCount = 2_000 * scale;
export const batchSize = 100;
export const steadyCount = 1_000 * scale;
export const steadyPerSecond = 200;
/** The first of the steady changes; none of them was made before. */
export const steadyFrom = 1_000_003;
export const commandCount = 10_000 * scale;
/** How often one round ends the desk in the midst of work. */
export const killCount = Number(process.env['VIGIL_BENCH_KILLS'] ?? 40 * scale);

/** The page cache of every SQLite file of ours, as a desk has it. */
export const pageCache = 'cache_size = -16000';

/** Bytes of JSON of one row: a visit of Vigil has 477 before anybody writes a plan. */
export const rowBytes = 512;
const complaints = [
  'Chest pain',
  'Abdominal pain',
  'Shortness of breath',
  'Fall',
  'Headache',
  'Fever',
  'Cut hand',
  'Syncope',
] as const;
const steps = [
  'bloods',
  'ECG',
  'analgesia',
  'review',
  'CT',
  'fluids',
  'swab',
  'consult',
  'repeat vitals',
  'x-ray',
  'call ward',
] as const;

const ids = createRandom(1);
/** In the order of the keys, as rows are that were born one after the other: no peer pays for pages that are filled at random. */
const rowIds: readonly Id[] = Array.from({ length: rowCount }, () => ids.id()).toSorted();
export const rowId = (index: number): Id => {
  const id = rowIds[index];
  if (id === undefined) throw new Error(`There is no row ${index}.`);
  return id;
};

/** One visit as JSON of exactly 512 bytes; the same index is always the same visit. */
export const rowOf = (index: number): Encounter => {
  const random = createRandom(index + 2);
  const arrivedAt = testNow - random.int(0, 86_400_000);
  const visit = buildEncounter({
    id: rowId(index),
    patientId: random.id(),
    status: random.pick(['arrived', 'triaged', 'inProgress']),
    arrivedAt,
    complaint: random.pick(complaints),
    acuity: ((index % 5) + 1) as Encounter['acuity'],
    triagedAt: arrivedAt + random.int(60_000, 1_800_000),
    place: null,
    nurse: `rn-${random.int(1, 40)}`,
    doctor: `md-${random.int(1, 12)}`,
    nextStep: '',
  });
  const missing = rowBytes - JSON.stringify(visit).length;
  let plan = '';
  while (plan.length < missing) plan += `${random.pick(steps)} ${random.int(1, 59)}, `;
  return { ...visit, nextStep: plan.slice(0, missing) };
};

export const allRows = (): readonly Encounter[] => Array.from({ length: rowCount }, (_, index) => rowOf(index));

/** The k-th change: which row, and its triage level from now on, which is never the one it had. */
export const changeOf = (k: number): { readonly index: number; readonly acuity: 1 | 2 | 3 | 4 | 5 } => {
  const index = (k * 7_919) % rowCount;
  return { index, acuity: (((index + 1 + (Math.floor(k / rowCount) % 4)) % 5) + 1) as 1 | 2 | 3 | 4 | 5 };
};

/** Beds that the commands block and unblock in turn. */
const bedCount = 500;
export const bedOf = (index: number): Bed =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null });
export const allBeds = (): readonly Bed[] => Array.from({ length: bedCount }, (_, index) => bedOf(index));

/** The k-th command; each is possible after those before it. */
export const commandOf = (k: number): { readonly commandId: Id; readonly name: string; readonly input: unknown } => {
  const bedId = bedOf(k % bedCount).id;
  const commandId = testId('8', k + 1);
  return Math.floor(k / bedCount) % 2 === 0
    ? { commandId, name: 'blockBed', input: { bedId, reason: 'equipment', until: null } }
    : { commandId, name: 'unblockBed', input: { bedId } };
};

/** What reports once a second beside the log. */
export const unitCount = 300;
export const monitorCount = 100;
export const allUnits = (): readonly Unit[] =>
  Array.from({ length: unitCount }, (_, index) => buildUnit({ id: testId('5', index + 1), callsign: `A${index + 1}` }));
export const allMonitors = (): readonly Device[] =>
  Array.from({ length: monitorCount }, (_, index) => buildDevice({ id: testId('d', index + 1), bedId: bedOf(index).id }));

/** Where a unit is in its turn; it drives. */
export const fixOf = ({ id }: Unit, turn: number, observedAt: Instant): UnitFix => ({
  unitId: id,
  position: [-56.16 + (turn % 1_000) / 10_000, -34.89],
  heading: turn % 360,
  speed: 40,
  observedAt,
});
/** What a monitor measures in its turn. */
export const readingOf = ({ id }: Device, turn: number, observedAt: Instant): DeviceReading => ({
  deviceId: id,
  observedAt,
  heartRate: 60 + (turn % 60),
  spo2: 90 + (turn % 10),
  respiratoryRate: 16,
  systolic: 120,
  diastolic: 75,
  temperature: 37,
  pressureAt: null,
});

/** The k-th alarm, each a row of its own. */
export const alarmOf = (k: number): Alarm =>
  buildAlarm({ id: testId('9', k + 1), deviceId: testId('d', (k % monitorCount) + 1) });
