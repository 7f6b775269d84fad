import type { Migration } from './migration.ts';

/** Last values of the lossy lane and one reading a minute for the trends. */
export const telemetry: Migration = {
  version: 30,
  sql: `
    CREATE TABLE last_fix (unit_id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE last_reading (device_id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE reading_history (
      device_id TEXT NOT NULL,
      minute INTEGER NOT NULL,
      heart_rate REAL,
      spo2 REAL,
      PRIMARY KEY (device_id, minute)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reading_history_by_minute ON reading_history (minute);
  `,
};
