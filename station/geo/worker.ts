/**
 * The thread that holds the city's roads and addresses: reading them takes a tenth of a second and an answer may take some
 * milliseconds, which the desk's own thread, where alarms are timed, does not have.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { GeoDataError } from '#geo/sections.ts';
import { type City, openCity } from './city.ts';
import type { CityMessage, CityRequest, CityThreadData } from './questions.ts';

const post = (message: CityMessage): void => parentPort?.postMessage(message);

const open = (directory: string): City | undefined => {
  const startedAt = performance.now();
  try {
    const city = openCity(directory);
    post({ type: 'ready', tookMs: Math.round(performance.now() - startedAt) });
    return city;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof GeoDataError) post({ type: 'unavailable', reason: 'damaged', detail: error.message });
    else if (code !== '') post({ type: 'unavailable', reason: code === 'ENOENT' ? 'missing' : 'damaged', detail: code });
    else throw error;
    return undefined;
  }
};

const city = open((workerData as CityThreadData).directory);

parentPort?.on('message', ({ id, question, ask }: CityRequest) => {
  if (!city) return;
  try {
    post({ type: 'answer', id, answer: (city[question] as (ask: unknown) => unknown)(ask) });
  } catch (error) {
    post({ type: 'failed', id, error: error instanceof Error ? error.name : 'error' });
  }
});
