/** The hospital of the sync benchmark: the backend's own store, core and server on a port, without a simulator. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { createCore } from '#backend/core/core.ts';
import { createGrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import { startServer } from '#backend/server/server.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { buildArea, buildFacility } from '#domain/testing/builders.ts';
import { now, serveClient } from './exchange.ts';
import { allBeds, allRows, changeOf, rowId } from './workload.ts';

await serveClient(async () => {
  const store = openStore(join(process.argv[2] ?? '.', 'hospital.db'));
  const grants = createGrantAuthority(newSigningKey());
  const core = createCore({ store, clock: Date.now, verifyGrant: grants.verify });
  core.commit([buildFacility(), buildArea(), ...allBeds(), ...allRows()]);
  const server = await startServer({
    core,
    clock: Date.now,
    grants,
    tokens: developmentTokens,
    host: '127.0.0.1',
    port: 0,
    exposeState: false,
  });
  const changed = (k: number): Encounter => {
    const { index, acuity } = changeOf(k);
    const standing = core.view.get('encounter', rowId(index));
    if (!standing) throw new Error(`There is no row ${index}.`);
    return { ...standing, acuity };
  };
  const burst = async ({ count, batch }: { readonly count: number; readonly batch: number }): Promise<number> => {
    for (let k = 0; k < count; k += batch) {
      core.commit(Array.from({ length: batch }, (_, at) => changed(k + at)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return core.rev();
  };
  /** When each row was handed to the hospital, milliseconds of the machine's clock. */
  const steady = async ({ count, perSecond }: { readonly count: number; readonly perSecond: number }) => {
    const began: [string, number][] = [];
    const from = now();
    for (let k = 0; k < count; k += 1) {
      while (now() - from < (k * 1_000) / perSecond) await delay(1);
      const row = changed(k + 1_000_003);
      began.push([row.id, now()]);
      core.commit([row]);
    }
    return began;
  };
  return { port: server.port, answers: { burst, steady, rev: () => core.rev() } };
});
