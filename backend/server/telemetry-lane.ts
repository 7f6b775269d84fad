import type { Telemetry } from '#contracts/wire/down.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Id } from '#domain/model/values.ts';
import { systemTimers, type Timers } from './timers.ts';

/** The latest value of every source. Lossy on purpose: a newer one replaces an older one, sent or not. */
export type TelemetryLane = {
  readonly offer: (fixes: readonly UnitFix[], readings: readonly DeviceReading[]) => void;
  /** What came after a mark, and the next mark; mark 0 gives everything known. */
  readonly since: (mark: number) => { readonly message: Telemetry; readonly mark: number };
};

type Marked<T> = { readonly value: T; readonly mark: number; readonly at: number };

/** A value is on its way within a second or two of its arrival; only what lay here longer needs to say so, milliseconds. */
const WORTH_SAYING = 1_500;

/** An empty lane. Marks count offers, not time, so that a coarse clock loses nothing. */
export const createTelemetryLane = (timers: Pick<Timers, 'monotonicNow'> = systemTimers): TelemetryLane => {
  const fixes = new Map<Id, Marked<UnitFix>>();
  const readings = new Map<Id, Marked<DeviceReading>>();
  let mark = 0;
  const after = <T>(latest: Map<Id, Marked<T>>, since: number): Marked<T>[] =>
    [...latest.values()].filter((entry) => entry.mark > since);
  const valuesOf = <T>(entries: readonly Marked<T>[]): T[] => entries.map(({ value }) => value);
  return {
    offer: (newFixes, newReadings) => {
      mark++;
      const at = timers.monotonicNow();
      for (const value of newFixes) fixes.set(value.unitId, { value, mark, at });
      for (const value of newReadings) readings.set(value.deviceId, { value, mark, at });
    },
    since: (since) => {
      const now = timers.monotonicNow();
      const [newFixes, newReadings] = [after(fixes, since), after(readings, since)];
      const ages = {
        fixes: newFixes.map(({ at }) => Math.round(now - at)),
        readings: newReadings.map(({ at }) => Math.round(now - at)),
      };
      const old = [...ages.fixes, ...ages.readings].some((age) => age >= WORTH_SAYING);
      return {
        message: { type: 'telemetry', fixes: valuesOf(newFixes), readings: valuesOf(newReadings), ...(old ? { ages } : {}) },
        mark,
      };
    },
  };
};
