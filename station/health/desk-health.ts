/** What this desk says of itself: gathered from its parts when somebody looks, kept only where time has to be remembered. */
import { createHash } from 'node:crypto';
import type { Health } from '#contracts/ipc/health.ts';
import type { Conflict } from '#contracts/ipc/station-window.ts';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { recordKinds } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { fileStamp } from '../exports/file-stamp.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OpenedStore } from '../store/open-store.ts';
import { readLastSettledAt } from '../store/queries/outbox.ts';
import { readStoreFacts } from '../store/queries/store-facts.ts';
import type { Engine } from '../sync/engine.ts';
import type { Replica } from '../sync/replica.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { Troubles } from '../troubles.ts';
import { createLinkHistory } from './link-history.ts';
import { createLogTail } from './log-tail.ts';
import { createRoundTrips } from './round-trips.ts';
import { supportBundleText } from './support-bundle.ts';

/** What other parts of the station know of themselves, while they do. */
export type HealthParts = Pick<Health, 'pack' | 'retention'> & {
  readonly checksum?: Health['copy']['checksum'];
  readonly lastCheck?: Health['store']['lastCheck'];
};

export type DeskHealth = {
  /** A second has passed, or the link has moved. */
  readonly note: () => void;
  readonly log: (line: string) => void;
  readonly report: () => Health;
  /** The text for whoever supports this desk, and a name for its file. */
  readonly bundle: (versions: Readonly<Record<string, string>>) => { readonly fileName: string; readonly text: string };
  /** Keeps the link's history over a restart. Throws StoreError. */
  readonly keep: () => void;
};

const SAME_ANSWER = 300;

/** The health of one desk. `engine` is asked only after the start. */
export const createDeskHealth = (desk: {
  readonly store: OpenedStore;
  readonly stationId: Id;
  readonly serverClock: ServerClock;
  readonly engine: () => Pick<Engine, 'linkState' | 'silence' | 'roundTrip'>;
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly conflicts: () => readonly Conflict[];
  readonly conflictCount: () => number;
  readonly oldestAge: () => number | null;
  readonly troubles: Troubles;
  readonly parts: () => HealthParts;
  /** A text that may leave the desk was handed to a person. */
  readonly exported: (text: string) => void;
}): DeskHealth => {
  const { store, serverClock, replica, outbox } = desk;
  const { database } = store;
  const now = (): number => Math.round(serverClock.now());
  const startedAt = now();
  const history = createLinkHistory(database, now);
  const tail = createLogTail(now);
  const roundTrips = createRoundTrips();
  const facts = readStoreFacts(database.read);
  let heardAt = Number.NEGATIVE_INFINITY;

  const report = (): Health => {
    const { checksum, lastCheck, ...parts } = desk.parts();
    return {
      at: now(),
      startedAt,
      link: { spans: [...history.spans()], roundTrip: roundTrips.summary(now()), clockError: serverClock.error() },
      outbox: {
        count: outbox.count(),
        oldestAgeMs: desk.oldestAge(),
        lastSettledAt: readLastSettledAt(database.read),
        conflicts: desk.conflictCount(),
      },
      copy: {
        rows: Object.fromEntries(recordKinds.map((kind) => [kind, [...replica.rows.list(kind)].length])),
        cursor: replica.position().cursor,
        ...(checksum ? { checksum } : {}),
      },
      store: {
        place: facts.path === '' ? 'memory' : 'file',
        bytes: readStoreFacts(database.read).bytes,
        ...(lastCheck ? { lastCheck } : {}),
        quarantined: store.quarantined && { code: store.quarantined.code, unsent: store.lost },
      },
      ...parts,
      versions: {
        node: process.versions.node,
        sqlite: facts.sqlite,
        protocol: String(PROTOCOL_VERSION),
        schema: String(facts.schema),
      },
      log: tail.lines(),
    };
  };

  return {
    note: () => {
      const engine = desk.engine();
      history.note(engine.linkState());
      const silence = engine.silence();
      if (silence === null) return;
      // Each answer counts once, however often the link is looked at; the slew of the clock moves it by less than this.
      const at = now() - silence;
      if (at - heardAt < SAME_ANSWER) return;
      heardAt = at;
      roundTrips.answered(engine.roundTrip() ?? 0, now());
    },
    log: tail.add,
    report,
    bundle: (versions) => {
      const text = supportBundleText({
        health: report(),
        desk: createHash('sha256').update(desk.stationId).digest('hex').slice(0, 12),
        troubles: desk.troubles.list(),
        conflicts: desk.conflicts(),
        unsent: outbox.list().map((command) => ({ name: command.envelope.name, ageMs: outbox.age(command) })),
        versions,
      });
      desk.exported(text);
      return { fileName: `vigil-support-${fileStamp(now())}.txt`, text };
    },
    keep: history.keep,
  };
};
