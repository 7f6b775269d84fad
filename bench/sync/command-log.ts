import type { Database } from 'better-sqlite3';

export type Command = { readonly id: string };

/** What every server of the bench keeps of the commands it is sent: each once, by id, in SQLite with synchronous=FULL. */
export const openCommandLog = (database: Database): ((commands: readonly Command[]) => void) => {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE command (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID');
  const insert = database.prepare('INSERT OR IGNORE INTO command VALUES (?, ?)');
  return database.transaction((commands: readonly Command[]) => {
    for (const command of commands) insert.run(command.id, JSON.stringify(command));
  });
};
