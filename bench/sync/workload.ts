/** What every peer of the sync benchmark is given to do: 50,000 visits of 512 bytes, small changes of them, and commands. */
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id } from '#domain/model/values.ts';
import { buildBed, buildEncounter, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';

/** Sizes of one run; a rehearsal takes a tenth. */
const scale = process.env['VIGIL_BENCH_SMALL'] === '1' ? 0.1 : 1;
export const rowCount = 50_000 * scale;
export const changeCount = 20_000 * scale;
export const batchSize = 100;
export const steadyCount = 1_000 * scale;
export const steadyPerSecond = 200;
export const commandCount = 10_000 * scale;

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
const rowIds: readonly Id[] = Array.from({ length: rowCount }, () => ids.id());
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
