/** A small made-up city with its hospital, simulated over a real store, with a clock moved by hand. */
import { type RecordKind, type RecordOf, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { syntheticCity } from '#geo/synthetic.ts';
import { type Core, createCore } from '../core/core.ts';
import { createCity } from '../simulator/city.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator.ts';
import { openStore } from '../store/sqlite/open.ts';

const small = syntheticCity(7, 24, 20);
const city = createCity({ roads: small.roadGraph, addresses: small.addresses, places: small.places });
const start = Date.UTC(2026, 10, 20, 12);

export type SimulatedHospital = {
  readonly core: Core;
  readonly simulator: Simulator;
  readonly now: () => Instant;
  /** Lets so many minutes pass in steps; `each` looks after every one. */
  readonly pass: (minutes: number, stepSeconds?: number, each?: () => void) => void;
  readonly every: <K extends RecordKind>(kind: K) => readonly RecordOf<K>[];
};

/** Begins at noon of a quiet day, or goes on at a moment over the records of another run. */
export const simulateHospital = (changes: Partial<SimulatorOptions> = {}, from: Instant = start): SimulatedHospital => {
  let now = from;
  const core = changes.core ?? createCore({ store: openStore(':memory:'), clock: () => now, verifyGrant: () => undefined });
  const simulator = createSimulator({
    core,
    clock: () => now,
    city,
    seed: 11,
    speed: 1,
    units: 40,
    beds: 48,
    devices: 24,
    replay: null,
    practice: false,
    administration: false,
    ...changes,
  });
  return {
    core,
    simulator,
    now: () => now,
    every: (kind) => [...core.view.list(kind)],
    pass: (minutes, stepSeconds = 5, each = () => undefined) => {
      for (let second = 0; second < minutes * 60; second += stepSeconds) {
        now += stepSeconds * 1_000;
        simulator.advance(stepSeconds * 1_000);
        each();
      }
    },
  };
};

/** Every record of a hospital. */
export const allRecords = (core: Core): readonly VigilRecord[] =>
  recordKinds.flatMap((kind) => [...(core.view.list(kind) as Iterable<VigilRecord>)]);
