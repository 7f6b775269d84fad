/**
 * Faults planted on purpose. Each wraps a real piece and breaks one promise the way a plausible mistake would; the checks must
 * find every one of them, or their silence about the real code means nothing.
 */
import type { Store } from '#backend/core/store.ts';
import type { Settlement } from '#contracts/wire/down.ts';
import type { Id } from '#domain/model/values.ts';
import type { Database, SqlValue, WriteHandle } from '#station/store/database.ts';
import { INSERT } from '#station/store/queries/outbox.ts';
import { BURY, PUT, SWEEP } from '#station/store/queries/records.ts';
import type { Plant } from './simulate.ts';

const changingStatements =
  (change: (run: WriteHandle['run'], sql: string, values: readonly SqlValue[]) => number) =>
  (database: Database): Database => ({
    ...database,
    transaction: (write) =>
      database.transaction((handle) => write({ ...handle, run: (sql, ...values) => change(handle.run, sql, values) })),
  });

/** What a transaction wrote, to be written again in another way. */
class Undone extends Error {}

/** The cursor commits by itself, before the rows it stands for. */
const cursorBeforeRows = (database: Database): Database => ({
  ...database,
  transaction: (write) => {
    const statements: { readonly sql: string; readonly values: readonly SqlValue[] }[] = [];
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
    const isCursor = ({ values }: (typeof statements)[number]): boolean => values[0] === 'cursor';
    for (const part of [statements.filter(isCursor), statements.filter((statement) => !isCursor(statement))])
      if (part.length > 0) database.transaction((handle) => part.map(({ sql, values }) => handle.run(sql, ...values)));
    return results[0] as ReturnType<typeof write>;
  },
});

/** A command that was settled before is done again. */
const doneAgain = (store: Store): Store => {
  const known = new Set<Id>();
  return {
    ...store,
    settlement: () => undefined,
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

/** Each fault with the rules by which it may be found first. */
export const plants: Readonly<Record<string, { readonly plant: Plant; readonly rules: readonly string[] }>> = {
  'a settlement is lost': { plant: { down: settlementLost }, rules: ['convergence'] },
  'a command is done again': { plant: { hospital: doneAgain }, rules: ['I2'] },
  'the cursor commits before the rows': { plant: { desk: cursorBeforeRows }, rules: ['S4'] },
  'the sweep after a snapshot takes a row that is there': {
    plant: {
      desk: changingStatements((run, sql, values) => {
        const changed = run(sql, ...values);
        if (sql === SWEEP) run("DELETE FROM record WHERE kind = 'bed' AND rev = 1");
        return changed;
      }),
    },
    rules: ['S4'],
  },
  'a page overwrites a newer row': {
    plant: {
      desk: changingStatements((run, sql, values) => run(sql === PUT ? PUT.slice(0, PUT.indexOf(' WHERE ')) : sql, ...values)),
    },
    rules: ['S4'],
  },
  'what was removed comes back with a page': {
    plant: { desk: changingStatements((run, sql, values) => (sql === BURY ? 0 : run(sql, ...values))) },
    rules: ['S4'],
  },
  'the settlement is written after the effect': { plant: { hospital: settledAfterwards }, rules: ['I2'] },
  'a saved command is not in the outbox': {
    plant: {
      desk: changingStatements((run, sql, values) => (sql === INSERT && String(values[0]) < '2' ? 0 : run(sql, ...values))),
    },
    rules: ['convergence', 'I1'],
  },
  'a conflict is not kept': {
    plant: { desk: changingStatements((run, sql, values) => (sql.includes('INTO conflict') ? 0 : run(sql, ...values))) },
    rules: ['O6'],
  },
};
