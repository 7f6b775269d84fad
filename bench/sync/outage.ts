/**
 * A desk's real process behind a network that fails: connections that are cut while the way stays open, a hospital that refuses
 * everybody for a while, and holes that swallow what goes in without a word. Meanwhile both sides go on working; a desk has caught
 * up when its window was told what the hospital did and the hospital has settled what the desk did. Each outage finds a process
 * that was just started: a connection that ends within 15 s of its welcome makes the pause before the next one longer, as it
 * should, and one outage after the other would measure that.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startProxy } from '#test/faults/proxy.ts';
import { keyOf, type StationProcess, startStationProcess, until } from '#test/system/station-process.ts';
import { percentile } from '../figure.ts';
import { now, openDirectory, report, startPeerServer } from './exchange.ts';
import { changeOf, commandOf, rowCount, rowId } from './workload.ts';

const [CUTS, REFUSALS] = [5, 1];
const REFUSING_FOR = 5_000;
const HOLE_FOR = 8_000;
const holes = [['up'], ['down'], ['up', 'down']] as const;
/** What each side does in one outage. */
const CHANGES = 200;
const COMMANDS = 20;

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'vigil-server.ts'), directory.path);
const proxy = await startProxy(server.port);
const key = randomBytes(32);
const done = { changes: 0, commands: 0 };

const isLive = ({ frame }: StationProcess): boolean => frame()?.link.state === 'live' && frame()?.copy.state === 'whole';
const isCaughtUp = (desk: StationProcess): boolean => {
  const { index, acuity } = changeOf(done.changes - 1);
  const row = desk.records.get(keyOf('encounter', rowId(index)))?.record;
  return row?.kind === 'encounter' && row.acuity === acuity && isLive(desk) && desk.frame()?.unsent.count === 0;
};
const workAt = async (desk: StationProcess): Promise<void> => {
  const from = done.changes;
  done.changes += CHANGES;
  await server.ask('burst', { count: CHANGES, batch: 10, from });
  for (const end = done.commands + COMMANDS; done.commands < end; done.commands += 1) {
    const { commandId, name, input } = commandOf(done.commands);
    const { status } = await desk.submit(name, input, commandId);
    if (status !== 'saved') throw new Error(`Command ${done.commands} was ${status}.`);
  }
};

type Outage = {
  readonly desk: StationProcess;
  readonly work: () => Promise<void>;
  /** Milliseconds from a moment until the desk has caught up. */
  readonly caughtUpAfter: (from: number) => Promise<number>;
};
/** Plays one outage at a desk that is live; resolves to what it measured. */
const outage = async <T>(play: (outage: Outage) => Promise<T>): Promise<T> => {
  const desk = startStationProcess({ directory: join(directory.path, 'desk'), key, backendPort: proxy.port });
  const isWhole = (): boolean => isLive(desk) && desk.frame()?.person != null && desk.records.size > rowCount;
  await until('live and whole', isWhole, 60_000);
  await delay(1_500);
  const caughtUpAfter = async (from: number): Promise<number> => {
    await until('caught up', () => isCaughtUp(desk), 60_000);
    return now() - from;
  };
  const measured = await play({ desk, work: () => workAt(desk), caughtUpAfter });
  await desk.stop();
  return measured;
};

const cuts: number[] = [];
for (let count = 0; count < CUTS; count += 1) {
  const took = await outage(async ({ work, caughtUpAfter }) => {
    const from = now();
    proxy.cut();
    await work();
    return caughtUpAfter(from);
  });
  cuts.push(took);
}

const refusals: number[] = [];
for (let count = 0; count < REFUSALS; count += 1) {
  const took = await outage(async ({ work, caughtUpAfter }) => {
    proxy.refuse(true);
    proxy.cut();
    await work();
    await delay(REFUSING_FOR);
    proxy.refuse(false);
    return caughtUpAfter(now());
  });
  refusals.push(took);
}

const [noticed, returned]: [number[], number[]] = [[], []];
for (const hole of holes)
  await outage(async ({ desk, work, caughtUpAfter }) => {
    const openedAt = now();
    proxy.swallow(hole);
    await work();
    await until('STALE or worse', () => ['stale', 'offline'].includes(desk.frame()?.link.state ?? ''), 20_000);
    noticed.push(now() - openedAt);
    await delay(HOLE_FOR - (now() - openedAt));
    const from = now();
    proxy.heal();
    returned.push(await caughtUpAfter(from));
  });

report({
  cutP50: percentile(cuts, 0.5),
  cutWorst: Math.max(...cuts),
  refusalWorst: Math.max(...refusals),
  holeNoticedWorst: Math.max(...noticed),
  holeReturnedWorst: Math.max(...returned),
});
await proxy.stop();
server.stop();
directory.remove();
process.disconnect?.();
