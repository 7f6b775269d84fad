/** Small changes at an even pace, from each at the server until the client's reader is told. */
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../figure.ts';
import type { Measured, PeerServer } from './exchange.ts';
import { steadyCount, steadyPerSecond } from './workload.ts';

/** Whoever measures fills `told` with when each row was last told, milliseconds of the machine's clock; it is emptied first. */
export const steadyFigures = async (server: PeerServer, told: Map<string, number>): Promise<Measured> => {
  told.clear();
  const bytes = await server.bytes();
  const made = await server.ask<readonly (readonly [string, number])[]>('steady', {
    count: steadyCount,
    perSecond: steadyPerSecond,
  });
  const end = performance.now() + 60_000;
  while (!made.every(([id]) => told.has(id))) {
    if (performance.now() > end) throw new Error(`Of ${steadyCount} changes ${told.size} were told.`);
    await delay(1);
  }
  const delays = made.map(([id, at]) => (told.get(id) ?? Number.NaN) - at);
  return {
    steadyP50: percentile(delays, 0.5),
    steadyP99: percentile(delays, 0.99),
    bytesPerChange: ((await server.bytes()) - bytes) / steadyCount,
  };
};
