/** The hospital of the sync benchmark: the backend's own store, core and server on a port, without a simulator. */
import { join } from 'node:path';
import { createCore } from '#backend/core/core.ts';
import { createGrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import { startServer } from '#backend/server/server.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { buildArea, buildFacility } from '#domain/testing/builders.ts';
import { atPace, now, serveClient } from './exchange.ts';
import { alarmOf, allBeds, allMonitors, allRows, allUnits, changeOf, fixOf, readingOf, rowId, steadyFrom } from './workload.ts';

/** The sources of a city do not report in step: every turn of this length brings its share of them, milliseconds. */
const REPORTING_TURN = 100;
const TURNS = 1_000 / REPORTING_TURN;

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
  type Burst = { readonly count: number; readonly batch: number; readonly from?: number };
  const burst = async ({ count, batch, from = 0 }: Burst): Promise<number> => {
    for (let k = from; k < from + count; k += batch) {
      core.commit(Array.from({ length: batch }, (_, at) => changed(k + at)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return core.rev();
  };
  /** When each row was handed to the hospital, milliseconds of the machine's clock. */
  const steady = (pace: { readonly count: number; readonly perSecond: number }) =>
    atPace(pace, (k) => {
      const row = changed(k + steadyFrom);
      core.commit([row]);
      return row.id;
    });
  const raised: [string, number][] = [];
  const told = { count: 0 };
  let raising: NodeJS.Timeout | undefined;
  /** New alarms at an even pace until `quiet`, one at each millisecond that is due, however late this process gets to it. */
  const raise = (perSecond: number): void => {
    const [from, first] = [now(), raised.length];
    const next = (): number => from + ((raised.length - first) * 1_000) / perSecond;
    raising = setInterval(() => {
      while (next() <= now()) {
        const alarm = alarmOf(raised.length);
        raised.push([alarm.id, next()]);
        core.commit([alarm]);
      }
    }, 1);
  };
  /** Ends it: which alarms there were since the last time, and when each was due, milliseconds of the machine's clock. */
  const quiet = () => {
    clearInterval(raising);
    const some = raised.slice(told.count);
    told.count = raised.length;
    return some;
  };
  /** Every unit and every monitor reports once a second until the end. */
  const reportAll = (): number => {
    const [units, monitors] = [allUnits(), allMonitors()];
    core.commit([...units, ...monitors]);
    let turn = 0;
    const share = <T>(all: readonly T[]): T[] => all.filter((_, index) => index % TURNS === turn % TURNS);
    setInterval(() => {
      const at = Date.now();
      server.offerTelemetry(
        share(units).map((unit) => fixOf(unit, turn, at)),
        share(monitors).map((monitor) => readingOf(monitor, turn, at)),
      );
      turn += 1;
    }, REPORTING_TURN);
    return core.rev();
  };
  return { port: server.port, answers: { burst, steady, raise, quiet, reportAll, rev: () => core.rev() } };
});
