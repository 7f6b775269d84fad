/**
 * Faults planted on purpose. Each wraps a real piece and breaks one promise the way a plausible mistake would; the checks must
 * find every one of them, or their silence about the real code means nothing.
 */
import type { Store } from '#backend/core/store.ts';
import type { Settlement } from '#contracts/wire/down.ts';
import type { Id } from '#domain/model/values.ts';
import type { Database, SqlValue, WriteHandle } from '#station/store/database.ts';
import { readMeta } from '#station/store/queries/meta.ts';
import type { Plant } from './simulate.ts';

type Statement = { readonly sql: string; readonly values: readonly SqlValue[] };

const changingStatements =
  (change: (handle: WriteHandle, statement: Statement) => number) =>
  (database: Database): Database => ({
    ...database,
    transaction: (write) =>
      database.transaction((handle) => write({ ...handle, run: (sql, ...values) => change(handle, { sql, values }) })),
  });

/** Leaves out the statements that a mistake would leave out. */
const leavingOut = (left: (statement: Statement, handle: WriteHandle) => boolean): Plant => ({
  desk: changingStatements((handle, statement) => (left(statement, handle) ? 0 : handle.run(statement.sql, ...statement.values))),
});

const writesRow = ({ sql }: Statement): boolean => sql.startsWith('INSERT INTO record');
const removesRow = ({ sql }: Statement): boolean => sql.startsWith('DELETE FROM record WHERE kind');
const takingSnapshot = (handle: WriteHandle): boolean => readMeta(handle, 'snapshot') !== undefined;
const isThere = (handle: WriteHandle, { values: [kind = '', id = ''] }: Statement): boolean =>
  handle.get('SELECT 1 FROM record WHERE kind = ? AND id = ?', kind, id) !== undefined;

/** What a transaction wrote, to be written again in another way. */
class Undone extends Error {}

/** The cursor commits by itself, before the rows it stands for. */
const cursorBeforeRows = (database: Database): Database => ({
  ...database,
  transaction: (write) => {
    const statements: Statement[] = [];
    const results: ReturnType<typeof write>[] = [];
    try {
      database.transaction((handle) => {
        results.push(
          write({
            ...handle,
            run: (sql, ...values) => {
              statements.push({ sql, values });
              return handle.run(sql, ...values);
            },
          }),
        );
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    const isCursor = ({ values }: Statement): boolean => values[0] === 'cursor';
    for (const part of [statements.filter(isCursor), statements.filter((statement) => !isCursor(statement))])
      if (part.length > 0) database.transaction((handle) => part.map(({ sql, values }) => handle.run(sql, ...values)));
    return results[0] as ReturnType<typeof write>;
  },
});

/** A command that was settled before is done again: what decides does not look, what keeps the order does. */
const doneAgain = (store: Store): Store => {
  const known = new Set<Id>();
  let deciding = false;
  return {
    ...store,
    settlement: (stationId, commandId) => (deciding ? undefined : store.settlement(stationId, commandId)),
    transact: (write) => {
      deciding = true;
      try {
        return store.transact(write);
      } finally {
        deciding = false;
      }
    },
    putSettlement: (stationId, settlement, at) => {
      if (!known.has(settlement.commandId)) store.putSettlement(stationId, settlement, at);
      known.add(settlement.commandId);
    },
  };
};

/** The settlement is written after the effect has committed. */
const settledAfterwards = (store: Store): Store => {
  let later: (readonly [Id, Settlement, number])[] = [];
  return {
    ...store,
    putSettlement: (...settled) => void later.push(settled),
    transact: (write) => {
      const result = store.transact(write);
      const now = later;
      later = [];
      if (now.length > 0)
        store.transact(() => {
          for (const settled of now) store.putSettlement(...settled);
        });
      return result;
    },
  };
};

/** Of one command in five no desk ever hears what became of it. */
const settlementLost = (message: unknown): unknown => {
  const poke = message as { readonly type: string; readonly settled?: readonly Settlement[] };
  if (!poke.settled) return message;
  return { ...poke, settled: poke.settled.filter(({ commandId }) => Number.parseInt(commandId.slice(0, 2), 16) % 5 > 0) };
};

/** Each fault with the rules by which it must be found. */
export const plants: Readonly<Record<string, { readonly plant: Plant; readonly rules: readonly string[] }>> = {
  'a settlement is lost': { plant: { down: settlementLost }, rules: ['convergence'] },
  'a command is done again': { plant: { hospital: doneAgain }, rules: ['I2'] },
  'the cursor commits before the rows': { plant: { desk: cursorBeforeRows }, rules: ['S4'] },
  'the sweep after a snapshot takes a row that is there': {
    plant: {
      desk: changingStatements((handle, { sql, values }) => {
        const changed = handle.run(sql, ...values);
        if (sql === 'DELETE FROM tombstone') handle.run("DELETE FROM record WHERE kind = 'bed' AND rev = 1");
        return changed;
      }),
    },
    rules: ['S4'],
  },
  'during a snapshot an older row stands over a newer one': {
    plant: leavingOut((statement, handle) => writesRow(statement) && takingSnapshot(handle) && isThere(handle, statement)),
    rules: ['S4'],
  },
  'what was removed during a snapshot is there after it': {
    plant: leavingOut((statement, handle) => removesRow(statement) && takingSnapshot(handle)),
    rules: ['S4'],
  },
  'the settlement is written after the effect': { plant: { hospital: settledAfterwards }, rules: ['I2'] },
  'a saved command is not in the outbox': {
    plant: leavingOut(({ sql, values }) => sql.includes('INTO outbox') && String(values[0]) < '2'),
    rules: ['convergence', 'I1'],
  },
  'a withdrawn sign-in still acts': {
    plant: { hospital: (store) => ({ ...store, isWithdrawn: () => false }) },
    rules: ['O16'],
  },
  'a conflict is not kept': { plant: leavingOut(({ sql }) => sql.includes('INTO conflict')), rules: ['O6'] },
};
