import type { z } from 'zod';
import { deviceReadingSchema, unitFixSchema } from '#domain/model/telemetry.ts';
import { instantSchema } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

export const receivedFixSchema = unitFixSchema.extend({ receivedAt: instantSchema });
export const receivedReadingSchema = deviceReadingSchema.extend({ receivedAt: instantSchema });
export type ReceivedFix = z.infer<typeof receivedFixSchema>;
export type ReceivedReading = z.infer<typeof receivedReadingSchema>;
export type HistoryPoint = {
  readonly deviceId: string;
  readonly minute: number;
  readonly heartRate: number | null;
  readonly spo2: number | null;
};

const FIXES = 'SELECT body FROM last_fix';
const READINGS = 'SELECT body FROM last_reading';
export const KEEP_FIX =
  'INSERT INTO last_fix (unit_id, body) VALUES (?, ?) ON CONFLICT (unit_id) DO UPDATE SET body = excluded.body';
export const KEEP_READING =
  'INSERT INTO last_reading (device_id, body) VALUES (?, ?) ON CONFLICT (device_id) DO UPDATE SET body = excluded.body';
export const KEEP_POINT = `INSERT INTO reading_history (device_id, minute, heart_rate, spo2) VALUES (?, ?, ?, ?)
  ON CONFLICT (device_id, minute) DO UPDATE SET heart_rate = excluded.heart_rate, spo2 = excluded.spo2`;
export const HISTORY =
  'SELECT device_id AS deviceId, minute, heart_rate AS heartRate, spo2 FROM reading_history WHERE minute >= ? ORDER BY minute';
export const FORGET_HISTORY = 'DELETE FROM reading_history WHERE minute < ?';

/** The last fix of each unit, from an earlier run or this one. */
export const readFixes = (handle: ReadHandle): readonly ReceivedFix[] =>
  handle.all<{ body: string }>(FIXES).flatMap(({ body }) => {
    const parsed = receivedFixSchema.safeParse(JSON.parse(body));
    return parsed.success ? [parsed.data] : [];
  });

/** The last reading of each device. */
export const readReadings = (handle: ReadHandle): readonly ReceivedReading[] =>
  handle.all<{ body: string }>(READINGS).flatMap(({ body }) => {
    const parsed = receivedReadingSchema.safeParse(JSON.parse(body));
    return parsed.success ? [parsed.data] : [];
  });

/** One point a minute since `fromMinute` (minutes since 1970), oldest first. */
export const readHistory = (handle: ReadHandle, fromMinute: number): readonly HistoryPoint[] =>
  handle.all<HistoryPoint>(HISTORY, fromMinute);

export const keepFix = (handle: WriteHandle, fix: ReceivedFix): void =>
  void handle.run(KEEP_FIX, fix.unitId, JSON.stringify(fix));
export const keepReading = (handle: WriteHandle, reading: ReceivedReading): void =>
  void handle.run(KEEP_READING, reading.deviceId, JSON.stringify(reading));
export const keepPoint = (handle: WriteHandle, point: HistoryPoint): void =>
  void handle.run(KEEP_POINT, point.deviceId, point.minute, point.heartRate, point.spo2);
export const forgetHistory = (handle: WriteHandle, beforeMinute: number): void => void handle.run(FORGET_HISTORY, beforeMinute);
