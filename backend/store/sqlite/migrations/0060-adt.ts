/** Messages of the patient administration with what became of them, places that people mapped, and messages to be sent. */
export const adt = {
  version: 60,
  sql: `
    CREATE TABLE adt_message (
      sequence INTEGER PRIMARY KEY,
      received_at INTEGER NOT NULL,
      sender TEXT NOT NULL,
      control_id TEXT NOT NULL,
      digest BLOB NOT NULL,
      trigger_event TEXT NOT NULL,
      occurred_at INTEGER,
      visit_key TEXT,
      mrn TEXT,
      encounter_id TEXT,
      location TEXT,
      state TEXT NOT NULL,
      code TEXT NOT NULL,
      reason TEXT NOT NULL,
      event TEXT
    ) STRICT;
    CREATE INDEX adt_message_by_control_id ON adt_message (control_id, sender);
    CREATE INDEX adt_message_by_visit ON adt_message (visit_key, sequence) WHERE visit_key IS NOT NULL;
    CREATE INDEX adt_message_by_trouble ON adt_message (state, sequence) WHERE state IN ('waiting', 'refused', 'rejected');
    CREATE INDEX adt_message_by_location ON adt_message (location, sender, sequence) WHERE location IS NOT NULL;

    CREATE TABLE adt_bytes (
      sequence INTEGER PRIMARY KEY,
      received_at INTEGER NOT NULL,
      received BLOB NOT NULL,
      answered BLOB NOT NULL
    ) STRICT;

    CREATE TABLE adt_location (
      sender TEXT NOT NULL,
      location TEXT NOT NULL,
      bed_id TEXT NOT NULL,
      mapped_by TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (sender, location)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE adt_outgoing (
      sequence INTEGER PRIMARY KEY,
      created_at INTEGER NOT NULL,
      order_key TEXT NOT NULL,
      trigger_event TEXT NOT NULL,
      control_id TEXT NOT NULL,
      body BLOB NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      next_at INTEGER NOT NULL,
      reason TEXT,
      answered BLOB,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX adt_outgoing_by_state ON adt_outgoing (state, sequence);
    CREATE INDEX adt_outgoing_by_end ON adt_outgoing (ended_at) WHERE ended_at IS NOT NULL;
  `,
} as const;
