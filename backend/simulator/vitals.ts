/**
 * The numbers of one monitored patient: a baseline that belongs to the patient, slow correlated drift around it, and what
 * an episode adds while it lasts. Real seconds move the drift, so that the trend looks the same at every speed.
 */
import type { MonitoredParameter } from '#domain/model/device.ts';
import type { DeviceReading } from '#domain/model/telemetry.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';

export type EpisodeKind = {
  readonly label: string;
  readonly category: 'physiological' | 'technical';
  readonly priority: 'high' | 'medium' | 'low';
  readonly parameter: MonitoredParameter | null;
  readonly limit: { readonly kind: 'below' | 'above'; readonly value: number } | null;
  /** What the parameter goes to; null is "not measured". */
  readonly target: number | null;
  /** What goes along with it. */
  readonly also: Partial<Readonly<Record<MonitoredParameter, number>>>;
  readonly weight: number;
};

const physiological = (
  label: string,
  priority: 'high' | 'medium',
  parameter: MonitoredParameter,
  kind: 'below' | 'above',
  value: number,
  target: number,
  weight: number,
  also: EpisodeKind['also'] = {},
): EpisodeKind => ({
  label,
  category: 'physiological',
  priority,
  parameter,
  limit: { kind, value },
  target,
  also,
  weight,
});
const technical = (label: string, parameter: MonitoredParameter | null, weight: number): EpisodeKind => ({
  label,
  category: 'technical',
  priority: 'low',
  parameter,
  limit: null,
  target: null,
  also: {},
  weight,
});

export const episodeKinds: readonly EpisodeKind[] = [
  physiological('SpO2 low', 'high', 'spo2', 'below', 85, 81, 5, { heartRate: 16, respiratoryRate: 7 }),
  physiological('SpO2 low', 'medium', 'spo2', 'below', 90, 87, 12, { heartRate: 8, respiratoryRate: 4 }),
  physiological('Heart rate high', 'medium', 'heartRate', 'above', 130, 138, 10, { systolic: -6 }),
  physiological('Tachycardia', 'high', 'heartRate', 'above', 150, 163, 4, { systolic: -16, diastolic: -8 }),
  physiological('Bradycardia', 'high', 'heartRate', 'below', 40, 36, 3, { systolic: -14 }),
  physiological('Heart rate low', 'medium', 'heartRate', 'below', 50, 45, 5),
  physiological('Resp rate high', 'medium', 'respiratoryRate', 'above', 30, 34, 8, { heartRate: 8 }),
  physiological('Blood pressure low', 'high', 'systolic', 'below', 85, 79, 5, { heartRate: 14, diastolic: -14 }),
  physiological('Blood pressure low', 'medium', 'systolic', 'below', 95, 90, 7, { heartRate: 8, diastolic: -8 }),
  technical('Lead off', 'heartRate', 12),
  technical('SpO2 probe off', 'spo2', 16),
  technical('Cuff leak', 'systolic', 5),
  technical('Battery low', null, 6),
];

const resting: Readonly<Record<MonitoredParameter, number>> = {
  heartRate: 80,
  spo2: 96.5,
  respiratoryRate: 17,
  systolic: 126,
  diastolic: 76,
  temperature: 36.9,
};
const spread: Readonly<Record<MonitoredParameter, number>> = {
  heartRate: 11,
  spo2: 1.1,
  respiratoryRate: 2.4,
  systolic: 13,
  diastolic: 8,
  temperature: 0.45,
};
/** Where a baseline may lie: well inside the limits, so that an alarm is always an episode. */
const bounds: Readonly<Record<MonitoredParameter, readonly [number, number]>> = {
  heartRate: [60, 112],
  spo2: [94, 99],
  respiratoryRate: [12, 24],
  systolic: [106, 165],
  diastolic: [56, 98],
  temperature: [35.9, 39],
};
const parameters = Object.keys(resting) as MonitoredParameter[];

export type Patientlike = {
  readonly encounterId: Id;
  readonly baseline: Readonly<Record<MonitoredParameter, number>>;
  drift: number;
  pressureAt: Instant;
  systolic: number;
  diastolic: number;
  /** 0 to 1: how far the episode has taken hold. */
  hold: number;
  last: EpisodeKind | null;
};

const PRESSURE_EVERY_MS = 300_000;

const within = (value: number, [low, high]: readonly [number, number]) => Math.min(high, Math.max(low, value));

/** Somebody newly on a monitor. */
export const connectPatient = (random: Random, encounterId: Id, now: Instant): Patientlike => {
  const baseline = Object.fromEntries(
    parameters.map((name) => [name, within(random.gaussian(resting[name], spread[name]), bounds[name])]),
  ) as Record<MonitoredParameter, number>;
  return {
    encounterId,
    baseline,
    drift: random.gaussian(0, 0.5),
    pressureAt: now - random.int(0, 290) * 1_000,
    systolic: Math.round(baseline.systolic),
    diastolic: Math.round(baseline.diastolic),
    hold: 0,
    last: null,
  };
};

/** The reading of this second; moves the patient on. */
export const readPatient = (
  random: Random,
  patient: Patientlike,
  deviceId: Id,
  episode: EpisodeKind | null,
  now: Instant,
): DeviceReading => {
  patient.drift = patient.drift * 0.985 + random.gaussian(0, 0.12);
  if (episode) patient.last = episode;
  patient.hold = episode ? Math.min(1, patient.hold + 0.34) : Math.max(0, patient.hold - 0.12);
  const shown = patient.last;
  const value = (name: MonitoredParameter): number => {
    const usual =
      patient.baseline[name] +
      patient.drift * spread[name] * (name === 'spo2' ? -0.35 : name === 'temperature' ? 0.1 : 0.4) +
      random.gaussian(0, spread[name] * 0.05);
    if (!shown || shown.category === 'technical') return usual;
    if (name === shown.parameter && shown.target !== null)
      return usual + (shown.target + patient.drift * 0.5 - usual) * patient.hold;
    return usual + (shown.also[name] ?? 0) * patient.hold;
  };
  const off = episode?.category === 'technical' ? episode.parameter : null;
  if (
    now - patient.pressureAt >= PRESSURE_EVERY_MS ||
    (episode?.parameter === 'systolic' && patient.hold < 0.5 && episode.limit !== null)
  ) {
    patient.pressureAt = now;
    patient.systolic = Math.round(
      episode?.parameter === 'systolic' && episode.target !== null ? episode.target : value('systolic'),
    );
    patient.diastolic = Math.min(patient.systolic - 18, Math.round(value('diastolic')));
  }
  return {
    deviceId,
    observedAt: now,
    heartRate: off === 'heartRate' ? null : Math.round(value('heartRate')),
    spo2: off === 'spo2' ? null : Math.min(100, Math.round(value('spo2'))),
    respiratoryRate: off === 'heartRate' ? null : Math.round(value('respiratoryRate')),
    systolic: off === 'systolic' ? null : patient.systolic,
    diastolic: off === 'systolic' ? null : patient.diastolic,
    temperature: Math.round(value('temperature') * 10) / 10,
    pressureAt: off === 'systolic' ? null : patient.pressureAt,
  };
};

/** One of the things that go wrong, by weight. */
export const drawEpisode = (random: Random): EpisodeKind => {
  let left = random.next() * episodeKinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const kind of episodeKinds) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return episodeKinds[0] as EpisodeKind;
};
