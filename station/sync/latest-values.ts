/**
 * The lossy lane as the desk keeps it: the last fix of each unit and the last reading of each device, and of readings one point
 * a minute for a day. Nothing here is in the log; what is between two points is dropped on purpose.
 */
import type { Telemetry } from '#contracts/wire/down.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Database } from '../store/database.ts';
import {
  forgetHistory,
  keepFix,
  keepPoint,
  keepReading,
  type ReceivedFix,
  type ReceivedReading,
  readFixes,
  readHistory,
  readReadings,
} from '../store/queries/telemetry.ts';

export type TrendPoint = [at: Instant, heartRate: number | null, spo2: number | null];

export type LatestValues = {
  readonly fixes: ReadonlyMap<Id, ReceivedFix>;
  readonly readings: ReadonlyMap<Id, ReceivedReading>;
  /** One point a minute of the last day, oldest first. */
  readonly trend: (deviceId: Id) => readonly TrendPoint[];
  /** Takes what came; a value older than the one at hand is dropped. Returns the ids that moved. */
  readonly take: (message: Telemetry) => { readonly units: readonly Id[]; readonly devices: readonly Id[] };
  /** Forgets everything, as the store has. */
  readonly forget: () => void;
  /** Writes what moved since the last time; call it every few seconds. Throws StoreError. */
  readonly keep: () => void;
};

const MINUTE = 60_000;
const KEPT_MINUTES = 24 * 60;

/** Loads what the last run kept. */
export const createLatestValues = (database: Database, serverNow: () => Instant): LatestValues => {
  const fixes = new Map<Id, ReceivedFix>(readFixes(database.read).map((fix) => [fix.unitId, fix]));
  const readings = new Map<Id, ReceivedReading>(readReadings(database.read).map((reading) => [reading.deviceId, reading]));
  const trends = new Map<Id, TrendPoint[]>();
  const movedUnits = new Set<Id>();
  const movedDevices = new Set<Id>();
  const minuteOf = (at: Instant): number => Math.floor(at / MINUTE);

  const addPoint = (deviceId: Id, point: TrendPoint): void => {
    const trend = trends.get(deviceId) ?? [];
    trends.set(deviceId, trend);
    const last = trend.at(-1);
    if (last && minuteOf(last[0]) === minuteOf(point[0])) trend[trend.length - 1] = point;
    else if (!last || last[0] < point[0]) trend.push(point);
    if (trend.length > KEPT_MINUTES) trend.shift();
  };
  for (const { deviceId, minute, heartRate, spo2 } of readHistory(database.read, minuteOf(serverNow()) - KEPT_MINUTES)) {
    addPoint(deviceId, [minute * MINUTE, heartRate, spo2]);
  }

  return {
    fixes,
    readings,
    trend: (deviceId) => trends.get(deviceId) ?? [],
    take: (message) => {
      const now = serverNow();
      // What lay at the hospital is as old as it was there: a monitor that has died looks no better to a desk that comes later.
      const newer = message.fixes
        .map((fix, index) => ({ ...fix, receivedAt: now - (message.ages?.fixes[index] ?? 0) }))
        .filter((fix) => (fixes.get(fix.unitId)?.observedAt ?? -Infinity) < fix.observedAt);
      for (const fix of newer) fixes.set(fix.unitId, fix);
      const fresh = message.readings
        .map((reading, index) => ({ ...reading, receivedAt: now - (message.ages?.readings[index] ?? 0) }))
        .filter((reading) => (readings.get(reading.deviceId)?.observedAt ?? -Infinity) < reading.observedAt);
      for (const reading of fresh) {
        const { receivedAt } = reading;
        readings.set(reading.deviceId, reading);
        addPoint(reading.deviceId, [minuteOf(receivedAt) * MINUTE, reading.heartRate, reading.spo2]);
      }
      const units = newer.map(({ unitId }) => unitId);
      const devices = fresh.map(({ deviceId }) => deviceId);
      for (const id of units) movedUnits.add(id);
      for (const id of devices) movedDevices.add(id);
      return { units, devices };
    },
    forget: () => {
      for (const map of [fixes, readings, trends]) map.clear();
      for (const set of [movedUnits, movedDevices]) set.clear();
    },
    keep: () => {
      if (movedUnits.size + movedDevices.size === 0) return;
      database.transaction((handle) => {
        for (const id of movedUnits) {
          const fix = fixes.get(id);
          if (fix) keepFix(handle, fix);
        }
        for (const id of movedDevices) {
          const reading = readings.get(id);
          const point = trends.get(id)?.at(-1);
          if (reading) keepReading(handle, reading);
          if (point) keepPoint(handle, { deviceId: id, minute: minuteOf(point[0]), heartRate: point[1], spo2: point[2] });
        }
        forgetHistory(handle, minuteOf(serverNow()) - KEPT_MINUTES);
      });
      movedUnits.clear();
      movedDevices.clear();
    },
  };
};
