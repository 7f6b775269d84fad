/** Every statement of the backend's store, by name. */
export const sql = {
  meta: 'SELECT value FROM meta WHERE key = ?',
  setMeta: 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  changeRow: 'UPDATE record SET rev = ?, body = ? WHERE kind = ? AND id = ?',
  addRow: 'INSERT INTO record (kind, id, rev, body) VALUES (?, ?, ?, ?)',
  removeRow: 'DELETE FROM record WHERE kind = ? AND id = ?',
  putTombstone: `INSERT INTO tombstone (kind, id, rev, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, at = excluded.at`,
  removeTombstone: 'DELETE FROM tombstone WHERE kind = ? AND id = ?',
  putSettlement: 'INSERT INTO settlement (station_id, command_id, rev, at, outcome) VALUES (?, ?, ?, ?, ?)',
  settlement: 'SELECT command_id AS commandId, rev, outcome FROM settlement WHERE station_id = ? AND command_id = ?',
  settlementsAfter: `SELECT command_id AS commandId, rev, outcome FROM settlement
    WHERE station_id = ? AND rev > ? ORDER BY rev`,
  allRows: 'SELECT rev, body FROM record ORDER BY rev, kind, id',
  tombstonesAfter: 'SELECT kind, id, rev FROM tombstone WHERE rev > ? ORDER BY rev',
  rowsInKeyOrder: 'SELECT rev, body FROM record WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?',
  highestTombstoneBefore: 'SELECT max(rev) AS rev FROM tombstone WHERE at < ?',
  forgetTombstones: 'DELETE FROM tombstone WHERE at < ?',
  forgetSettlements: 'DELETE FROM settlement WHERE at < ?',
  putDivergence: 'INSERT INTO divergence (station_id, at, epoch, rev, held, expected) VALUES (?, ?, ?, ?, ?, ?)',
  divergences: `SELECT station_id AS stationId, at, epoch, rev, held, expected FROM divergence
    ORDER BY at DESC, sequence DESC LIMIT ?`,
  forgetDivergences: 'DELETE FROM divergence WHERE at < ?',
  archive: `INSERT INTO archive (id, kind, rev, at, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id, kind) DO UPDATE SET rev = excluded.rev, at = excluded.at, body = excluded.body`,
  isArchived: 'SELECT 1 FROM archive WHERE id = ? LIMIT 1',
  putWithdrawal: 'INSERT INTO withdrawal (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
  isWithdrawn: 'SELECT 1 FROM withdrawal WHERE id = ?',
} as const;
