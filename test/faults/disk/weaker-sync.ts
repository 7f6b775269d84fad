/** Loaded before a station: its database syncs as `VIGIL_WEAKER_SYNC` says (NORMAL or OFF). The controls of the power cut. */
import BetterSqlite from 'better-sqlite3';

const level = process.env.VIGIL_WEAKER_SYNC ?? 'NORMAL';
const { prepare } = BetterSqlite.prototype;
BetterSqlite.prototype.prepare = function (this: BetterSqlite.Database, sql: string) {
  // The last thing that is asked of a connection before it is used.
  if (sql.includes('quick_check')) this.pragma(`synchronous = ${level}`);
  return prepare.call(this, sql);
} as typeof prepare;
