import type { Telemetry } from '#contracts/wire/down.ts';
import type { DeviceReading, UnitFix } from '#domain/model/telemetry.ts';
import type { Id } from '#domain/model/values.ts';

/** The latest value of every source. Lossy on purpose: a newer one replaces an older one, sent or not. */
export type TelemetryLane = {
  readonly offer: (fixes: readonly UnitFix[], readings: readonly DeviceReading[]) => void;
  /** What came after a mark, and the next mark; mark 0 gives everything known. */
  readonly since: (mark: number) => { readonly message: Telemetry; readonly mark: number };
};

type Marked<T> = { readonly value: T; readonly mark: number };

/** An empty lane. Marks count offers, not time, so that a coarse clock loses nothing. */
export const createTelemetryLane = (): TelemetryLane => {
  const fixes = new Map<Id, Marked<UnitFix>>();
  const readings = new Map<Id, Marked<DeviceReading>>();
  let mark = 0;
  const after = <T>(latest: Map<Id, Marked<T>>, since: number): T[] => {
    const values: T[] = [];
    for (const entry of latest.values()) if (entry.mark > since) values.push(entry.value);
    return values;
  };
  return {
    offer: (newFixes, newReadings) => {
      mark++;
      for (const value of newFixes) fixes.set(value.unitId, { value, mark });
      for (const value of newReadings) readings.set(value.deviceId, { value, mark });
    },
    since: (since) => ({ message: { type: 'telemetry', fixes: after(fixes, since), readings: after(readings, since) }, mark }),
  };
};
