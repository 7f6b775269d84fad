/**
 * What every store of the backend must do, whatever lies beneath it: named cases that a store's own test runs one by one.
 * `open` opens the same empty place each time it is called within one case, so that a case can close and open again.
 */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import { buildAlarm, buildBed, buildEncounter, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { Store } from '../core/store.ts';

export type OpenStore = () => Store;
export type StoreCase = { readonly name: string; readonly run: (open: OpenStore) => void };

const stationId = testId('8', 1);
const otherStation = testId('8', 2);
const bedRow = (index: number, rev: number): Row => ({ rev, record: buildBed({ id: testId('b', index), label: `B${rev}` }) });
const alarmRow = (index: number, rev: number): Row => ({ rev, record: buildAlarm({ id: testId('4', index) }) });
const settlement = (index: number, rev: number): Settlement => ({
  commandId: testId('6', index),
  rev,
  outcome: index % 2 === 0 ? { status: 'applied' } : { status: 'refused', code: 'conflict', message: 'No.' },
});
const report = (rev: number) => ({ epoch: testId('a', 1), rev, held: '0'.repeat(16), expected: 'f'.repeat(16) });

/** Writes in one transaction of its own. */
const write = (store: Store, run: (store: Store) => void): void => store.transact(() => run(store));

/** Opens, runs, and closes whatever happens. */
export const withStore = (open: OpenStore, run: (store: Store) => void): void => {
  const store = open();
  try {
    run(store);
  } finally {
    store.close();
  }
};

export const storeContract: readonly StoreCase[] = [
  {
    name: 'a new store is empty',
    run: (open) =>
      withStore(open, (store) => {
        deepEqual([...store.allRows()], []);
        deepEqual(store.tombstonesAfter(0), []);
        deepEqual(store.settlementsAfter(stationId, 0), []);
        deepEqual(store.rowsInKeyOrder(null, 10, 1_000), []);
        deepEqual(store.divergences(10), []);
        equal(store.meta('rev'), undefined);
        equal(store.settlement(stationId, testId('6', 1)), undefined);
        equal(store.forget(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), 0);
      }),
  },
  {
    name: 'a row is replaced by the next one of its key and survives being opened again',
    run: (open) => {
      withStore(open, (store) => {
        write(store, () => store.putRow(bedRow(1, 1)));
        write(store, () => {
          store.putRow(bedRow(1, 2));
          store.putRow(bedRow(2, 2));
          store.setMeta('rev', '1');
          store.setMeta('rev', '2');
        });
      });
      withStore(open, (store) => {
        deepEqual([...store.allRows()], [bedRow(1, 2), bedRow(2, 2)]);
        equal(store.meta('rev'), '2');
      });
    },
  },
  {
    name: 'what a record holds comes back as it was: text of every script, numbers, nothing and lists',
    run: (open) =>
      withStore(open, (store) => {
        const record = buildEncounter({
          complaint: 'Ñandú \u{1F691} "quoted" \\ \u0000 אב',
          flags: ['ISO', '1:1'],
          nextStep: '',
          retriageDueAt: null,
          arrivedAt: 1_790_000_000_123,
        });
        write(store, () => store.putRow({ rev: 2 ** 40, record }));
        deepEqual([...store.allRows()], [{ rev: 2 ** 40, record }]);
      }),
  },
  {
    name: 'a transaction that throws leaves nothing of all it wrote, and the next one goes on',
    run: (open) =>
      withStore(open, (store) => {
        write(store, () => store.putRow(bedRow(1, 1)));
        throws(
          () =>
            write(store, () => {
              store.putRow(bedRow(2, 2));
              store.bury({ kind: 'bed', id: testId('b', 1), rev: 2 }, 5);
              store.putSettlement(stationId, settlement(2, 2), 5);
              store.putDivergence(stationId, report(2), 5);
              store.setMeta('rev', '2');
              throw new Error('no');
            }),
          /no/,
        );
        deepEqual([...store.allRows()], [bedRow(1, 1)]);
        deepEqual(store.tombstonesAfter(0), []);
        deepEqual(store.settlementsAfter(stationId, 0), []);
        deepEqual(store.divergences(10), []);
        equal(store.meta('rev'), undefined);
        write(store, () => store.putRow(bedRow(2, 2)));
        deepEqual([...store.allRows()], [bedRow(1, 1), bedRow(2, 2)]);
      }),
  },
  {
    name: 'what a transaction has written is read within it',
    run: (open) =>
      withStore(open, (store) =>
        write(store, () => {
          store.putSettlement(stationId, settlement(1, 1), 5);
          store.setMeta('count', '1');
          deepEqual(store.settlement(stationId, testId('6', 1)), settlement(1, 1));
          equal(store.meta('count'), '1');
        }),
      ),
  },
  {
    name: 'all rows come in the order of revs',
    run: (open) =>
      withStore(open, (store) => {
        write(store, () => {
          for (const rev of [3, 1, 2]) store.putRow(bedRow(rev, rev));
        });
        deepEqual([...store.allRows()], [bedRow(1, 1), bedRow(2, 2), bedRow(3, 3)]);
      }),
  },
  {
    name: 'a buried row is gone and leaves a tombstone; a row that comes back takes it away',
    run: (open) =>
      withStore(open, (store) => {
        const key = { kind: 'bed', id: testId('b', 1) } as const;
        write(store, () => store.putRow(bedRow(1, 1)));
        write(store, () => store.bury({ ...key, rev: 2 }, 5));
        write(store, () => store.bury({ ...key, rev: 3 }, 6));
        deepEqual([...store.allRows()], []);
        deepEqual(store.tombstonesAfter(2), [{ ...key, rev: 3 }]);
        deepEqual(store.tombstonesAfter(3), []);
        write(store, () => store.putRow(bedRow(1, 4)));
        deepEqual(store.tombstonesAfter(0), []);
        deepEqual([...store.allRows()], [bedRow(1, 4)]);
      }),
  },
  {
    name: 'a settlement is known by station and command, stands once, and is listed to its station alone',
    run: (open) =>
      withStore(open, (store) => {
        write(store, () => {
          store.putSettlement(stationId, settlement(1, 3), 5);
          store.putSettlement(otherStation, settlement(1, 4), 5);
          store.putSettlement(stationId, settlement(2, 2), 5);
        });
        deepEqual(store.settlement(stationId, testId('6', 1)), settlement(1, 3));
        deepEqual(store.settlement(otherStation, testId('6', 1)), settlement(1, 4));
        equal(store.settlement(otherStation, testId('6', 2)), undefined);
        deepEqual(store.settlementsAfter(stationId, 0), [settlement(2, 2), settlement(1, 3)]);
        deepEqual(store.settlementsAfter(stationId, 2), [settlement(1, 3)]);
        throws(() => write(store, () => store.putSettlement(stationId, settlement(1, 9), 6)));
        deepEqual(store.settlement(stationId, testId('6', 1)), settlement(1, 3));
      }),
  },
  {
    name: 'pages in key order cover every row once, whatever their limits',
    run: (open) =>
      withStore(open, (store) => {
        const random = createRandom(7);
        const rows = Array.from({ length: 60 }, (_, index) =>
          index % 3 === 0 ? alarmRow(index, index + 1) : bedRow(index, index + 1),
        );
        write(store, () => {
          for (const row of rows) store.putRow(row);
        });
        const wanted = rows.map(({ record }) => `${record.kind} ${record.id}`).sort();
        for (let round = 0; round < 20; round += 1) {
          const seen: string[] = [];
          let after: Row['record'] | null = null;
          for (;;) {
            const limit = random.int(1, 20);
            const page: readonly Row[] = store.rowsInKeyOrder(after, limit, random.int(1, 4_000));
            if (page.length === 0) break;
            equal(page.length <= limit, true);
            seen.push(...page.map(({ record }) => `${record.kind} ${record.id}`));
            after = page.at(-1)?.record ?? null;
          }
          deepEqual(seen, wanted);
        }
      }),
  },
  {
    name: 'a page ends with the row that reaches its size, and has one row at least',
    run: (open) =>
      withStore(open, (store) => {
        const rows = [1, 2, 3, 4].map((index) => bedRow(index, 1));
        const size = JSON.stringify(rows[0]?.record).length;
        write(store, () => {
          for (const row of rows) store.putRow(row);
        });
        deepEqual(
          [1, size, size + 1, 2 * size, 100 * size].map((characters) => store.rowsInKeyOrder(null, 100, characters).length),
          [1, 1, 2, 2, 4],
        );
      }),
  },
  {
    name: 'forgetting takes what is older than its moment and names the highest tombstone it took',
    run: (open) =>
      withStore(open, (store) => {
        write(store, () => {
          for (const index of [1, 2, 3]) {
            store.bury({ kind: 'bed', id: testId('b', index), rev: index }, index * 10);
            store.putSettlement(stationId, settlement(index, index), index * 10);
            store.putDivergence(stationId, report(index), index * 10);
          }
        });
        equal(
          store.transact(() => store.forget(30, 20)),
          2,
        );
        deepEqual(store.tombstonesAfter(0), [{ kind: 'bed', id: testId('b', 3), rev: 3 }]);
        deepEqual(store.settlementsAfter(stationId, 0), [settlement(2, 2), settlement(3, 3)]);
        deepEqual(
          store.divergences(10).map(({ rev }) => rev),
          [3, 2],
        );
        equal(
          store.transact(() => store.forget(30, 20)),
          0,
        );
      }),
  },
  {
    name: 'what stations said of copies that differed is kept, newest first',
    run: (open) =>
      withStore(open, (store) => {
        write(store, () => store.putDivergence(stationId, report(1), 10));
        write(store, () => store.putDivergence(otherStation, report(2), 20));
        deepEqual(store.divergences(10), [
          { ...report(2), stationId: otherStation, at: 20 },
          { ...report(1), stationId, at: 10 },
        ]);
        equal(store.divergences(1).length, 1);
      }),
  },
  {
    name: 'who was withdrawn once stays withdrawn after it is opened again',
    run: (open) => {
      withStore(open, (store) => {
        equal(store.isWithdrawn(stationId), false);
        write(store, (own) => own.putWithdrawal(stationId, 5));
        write(store, (own) => own.putWithdrawal(stationId, 6));
      });
      withStore(open, (store) => deepEqual([store.isWithdrawn(stationId), store.isWithdrawn(otherStation)], [true, false]));
    },
  },
  {
    name: 'what was archived stays archived after it is opened again, and again when it is archived anew',
    run: (open) => {
      withStore(open, (store) => {
        equal(store.isArchived(bedRow(1, 1).record.id), false);
        write(store, (own) => own.archive(bedRow(1, 1), 5));
        write(store, (own) => own.archive(bedRow(1, 2), 6));
      });
      withStore(open, (store) =>
        deepEqual([store.isArchived(bedRow(1, 1).record.id), store.isArchived(bedRow(2, 1).record.id)], [true, false]),
      );
    },
  },
  {
    name: "the head of a desk's trail is the one that was committed last, whatever a transaction that threw had kept",
    run: (open) => {
      const anchor = (sequence: number) => ({ stationId, sequence, hash: 'ab'.repeat(32), at: sequence, brokenAt: null });
      withStore(open, (store) => {
        equal(store.audit.anchor(stationId), undefined);
        for (const sequence of [1, 2]) write(store, () => store.audit.keepAnchor(anchor(sequence)));
        deepEqual(store.audit.anchor(stationId), anchor(2));
        throws(
          () =>
            write(store, () => {
              store.audit.keepAnchor({ ...anchor(3), brokenAt: 3 });
              deepEqual(store.audit.anchor(stationId), { ...anchor(3), brokenAt: 3 });
              throw new Error('no');
            }),
          /no/,
        );
        deepEqual([store.audit.anchor(stationId), store.audit.anchors()], [anchor(2), [anchor(2)]]);
      });
      withStore(open, (store) => deepEqual(store.audit.anchor(stationId), anchor(2)));
    },
  },
  {
    name: 'a thousand random writes and the same in memory are one, before and after it is opened again',
    run: (open) => {
      const random = createRandom(20_261_123);
      const rows = new Map<string, Row>();
      const tombstones = new Map<string, number>();
      withStore(open, (store) => {
        for (let rev = 1; rev <= 1_000; rev += 1) {
          const row = random.chance(0.5) ? bedRow(random.int(1, 40), rev) : alarmRow(random.int(1, 40), rev);
          const { kind, id } = row.record;
          const [fails, buries] = [random.chance(0.1), random.chance(0.3)];
          try {
            write(store, () => {
              if (buries) store.bury({ kind, id, rev }, rev);
              else store.putRow(row);
              store.putSettlement(stationId, { commandId: randomUUID(), rev, outcome: { status: 'applied' } }, rev);
              if (fails) throw new Error('no');
            });
            if (buries) rows.delete(`${kind}/${id}`);
            else rows.set(`${kind}/${id}`, row);
            if (buries) tombstones.set(`${kind}/${id}`, rev);
            else tombstones.delete(`${kind}/${id}`);
          } catch {
            equal(fails, true);
          }
        }
      });
      withStore(open, (store) => {
        const byRev = (a: Row, b: Row): number => a.rev - b.rev;
        deepEqual([...store.allRows()].sort(byRev), [...rows.values()].sort(byRev));
        deepEqual(
          store.tombstonesAfter(0).map(({ kind, id, rev }) => [`${kind}/${id}`, rev]),
          [...tombstones].sort(([, a], [, b]) => a - b),
        );
      });
    },
  },
];
