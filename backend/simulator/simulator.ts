import { type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Author, Instant } from '#domain/model/values.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { Core } from '../core/core.ts';
import { createCallers } from './callers.ts';
import type { City } from './city.ts';
import { startCity } from './city-start.ts';
import { createCrews } from './crews.ts';
import { createDepartment } from './department.ts';
import { buildDepartment } from './department-layout.ts';
import { startPast } from './department-past.ts';
import { startDepartment } from './department-start.ts';
import { createDriving } from './driving.ts';
import { createHospitals } from './hospital-status.ts';
import { createIncidents, INCIDENTS_PER_UNIT_HOUR } from './incidents.ts';
import { createMonitors } from './monitors.ts';
import { foldDays, type ReplayedCall } from './replay.ts';
import { createSchedule } from './schedule.ts';
import { buildUnits, createUnits } from './units.ts';
import { createDraft, createWorld } from './world.ts';

export type SimulatorOptions = {
  readonly core: Core;
  /** Server time: every time in a record is real, whatever the speed. */
  readonly clock: () => Instant;
  readonly city: City;
  readonly seed: number;
  /** 1 to 60: how many simulated seconds pass in a real one. */
  readonly speed: number;
  readonly units: number;
  readonly beds: number;
  readonly devices: number;
  /** Calls that take the place of the daily curve. */
  readonly replay: readonly ReplayedCall[] | null;
  /** No calls and no dispatches but those of people. */
  readonly practice: boolean;
  /** A patient administration says where patients are: nothing here moves, registers or discharges anybody. */
  readonly administration: boolean;
};

export type Simulator = {
  /** Lets so many real milliseconds pass and commits what happened as one transaction. */
  readonly advance: (realMs: number) => void;
  /** Simulated hour of the day, 0 to below 24. */
  readonly hour: () => number;
  /** Positions and readings of this moment; ask once a second. */
  readonly telemetry: () => { readonly fixes: readonly UnitFix[]; readonly readings: readonly DeviceReading[] };
};

const automatic: Author = { personId: '5d1c0000-0000-4000-8000-000000000000', name: 'Automatic' };
/** After so long without anybody the records are a picture of another day, and waits of a night mean nothing. */
const LAID_TO_REST_MS = 2 * 3_600_000;
/** Patients a bed in a department in full swing, those who wait included. */
const USUALLY_PRESENT = 1.1;
/** Montevideo has no summer time. */
const UTC_OFFSET_HOURS = -3;

/** When the last thing happened in a simulated world; 0 in an empty one. */
const lastSignOfLife = (view: RecordView): Instant => {
  let last = 0;
  for (const { statusSince } of view.list('unit')) last = Math.max(last, statusSince);
  for (const { refreshedAt } of view.list('alarm')) last = Math.max(last, refreshedAt);
  for (const { receivedAt } of view.list('call')) last = Math.max(last, receivedAt);
  for (const { arrivedAt } of view.list('encounter')) last = Math.max(last, arrivedAt);
  return last;
};

/** Removes every record. */
const layToRest = (core: Core): void => {
  const keys = recordKinds.flatMap((kind) =>
    [...(core.view.list(kind) as Iterable<VigilRecord>)].map(({ id }) => ({ kind, id })),
  );
  core.commit([], keys);
};

/**
 * A city and its hospital over a core: fills an empty one with a day in full swing, goes on from the records of another.
 * The same seed, city, clock and steps give the same records.
 */
export const createSimulator = (options: SimulatorOptions): Simulator => {
  const { core, clock, city, seed, speed, administration } = options;
  // A patient administration begins with an empty register, and knows nobody of before.
  if (administration || clock() - lastSignOfLife(core.view) > LAID_TO_REST_MS) layToRest(core);
  const fresh = [...core.view.list('facility')].length === 0;
  // After a restart other ids than the first time, or they would name other things twice.
  const random = core.rev() === 0 ? createRandom(seed) : createRandom(seed).fork(`rev ${core.rev()}`);
  const draft = createDraft(core.view);
  let now = clock();
  let simulated = 0;
  const startHour = (((now / 3_600_000 + UTC_OFFSET_HOURS) % 24) + 24) % 24;
  const schedule = createSchedule(() => simulated);
  const world = createWorld({ draft, random, schedule, now: () => now, simulated: () => simulated, speed, startHour, automatic });
  const commit = () => {
    const { puts, deletes } = draft.take();
    core.commit(puts, deletes);
  };

  if (fresh) {
    buildDepartment(world, city, options);
    buildUnits(world, city, options.units);
    if (!administration) startDepartment(world);
    startPast(world, Math.round(options.beds * USUALLY_PRESENT));
  }
  const driving = createDriving(city);
  const crews = createCrews(world);
  const units = createUnits(world, city, driving, { ...crews, registers: !administration });
  units.place();
  const unitCount = [...draft.view.list('unit')].length;
  const incidents = createIncidents(world, city, {
    unitCount,
    byCurve: options.replay === null && !options.practice,
    dispatches: !options.practice,
    positionOf: ({ id }) => driving.positionOf(id) ?? city.centre,
    receive: (at) => callers.receive(at),
  });
  const callers = createCallers(world, city, incidents);
  const hospitals = createHospitals(world);
  const department = createDepartment(world, { placesPatients: !administration });
  const monitors = createMonitors(world);
  if (fresh) {
    if (!options.practice) startCity(world, city, incidents, driving, unitCount);
    monitors.start();
    hospitals.start();
  } else {
    monitors.resume();
    crews.resume();
  }
  commit();

  const replay = options.replay && foldDays(options.replay, INCIDENTS_PER_UNIT_HOUR * 24 * unitCount);
  // A replay enters at the present hour of its first day, and begins again when it is over.
  const length = replay?.length ? Math.ceil(((replay.at(-1) as ReplayedCall).atMs + 1) / 86_400_000) * 86_400_000 : 0;
  let replayFrom = startHour * 3_600_000;
  const replayCalls = (until: number) => {
    if (!replay || length === 0) return;
    for (const call of replay) {
      const round = Math.floor(replayFrom / length) * length;
      const at = call.atMs + (call.atMs + round < replayFrom ? round + length : round);
      if (at >= replayFrom && at < until) incidents.open(now, call);
    }
    replayFrom = until;
  };

  return {
    hour: world.hour,
    advance: (realMs) => {
      const simulatedMs = realMs * speed;
      simulated += simulatedMs;
      now = clock();
      incidents.step();
      replayCalls(startHour * 3_600_000 + simulated);
      callers.step();
      crews.step();
      units.step(simulatedMs / 1_000);
      hospitals.step();
      department.step();
      monitors.step();
      commit();
    },
    telemetry: () => {
      now = clock();
      return { fixes: driving.fixes(now), readings: monitors.readings() };
    },
  };
};
