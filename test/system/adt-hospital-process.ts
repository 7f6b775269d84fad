/** A hospital with its store, server and ADT listener as a process whose clock is moved by who started it, and whose memory is read. */

import { readFileSync } from 'node:fs';
import { startAdt } from '#backend/adt/adt.ts';
import { createCore } from '#backend/core/core.ts';
import { createGrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import { startServer } from '#backend/server/server.ts';
import { createTimers } from '#backend/server/timers.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import { departmentOf } from './adt-day.ts';

/** How far the clock goes on before what is old leaves and memory is read. */
export type ToHospital = { readonly passMs: number };
export type FromHospital = {
  readonly port: number;
  readonly beds: readonly string[];
  readonly heapMegabytes: number;
  readonly residentMegabytes: number;
  /** Of the resident memory what is no file. */
  readonly ownMegabytes: number;
  readonly visits: number;
};

const [path = '', site = '', beds = '0'] = process.argv.slice(2);
let passed = 0;
const clock = (): number => Date.now() + passed;
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const store = openStore(path);
const grants = createGrantAuthority(newSigningKey());
const core = createCore({ store, clock, verifyGrant: grants.verify });
core.commit(departmentOf(Number(beds)));
const shared = { core, clock, grants, tokens: developmentTokens, exposeState: false } as const;
await startServer({ ...shared, host: '127.0.0.1', port: 0 });
const adt = await startAdt(
  { listen: { host: '127.0.0.1', port: 0 }, site, send: null },
  { core, store, clock, timers: createTimers(log), isWhole: () => true, log },
);

const megabytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));
const tell = (): void => {
  // What a finalizer lets go of is collected only the next time.
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const said: FromHospital = {
    port: adt.port ?? 0,
    beds: [...core.view.list('bed')].map(({ label }) => label),
    heapMegabytes: megabytes(heapUsed),
    residentMegabytes: megabytes(rss),
    ownMegabytes: megabytes(Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1_024),
    visits: [...core.view.list('encounter')].length,
  };
  process.send?.(said);
};
process.on('message', ({ passMs }: ToHospital) => {
  passed += passMs;
  while (passMs > 0 && core.archiveOld() > 0);
  core.forgetOld();
  tell();
});
tell();
