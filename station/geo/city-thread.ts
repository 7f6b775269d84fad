/**
 * The city's thread as the station uses it. It is started by the first question and ends with the station. Whatever becomes of
 * it, every question is answered: a city that is missing, damaged or whose thread died is `unavailable` with a sentence, the same
 * that stands on the strip until the city can be read.
 *
 *   none ──question──► starting ──ready──► running ──died, or silent──► failed ──question after 5 s──► starting
 *                           └──files missing or damaged──► unavailable ──question after 30 s──► starting
 */
import { Worker } from 'node:worker_threads';
import type { CityUnavailable } from '#contracts/ipc/dispatch-desk.ts';
import type { Clock } from '../clock.ts';
import { EVENT_SHOWN_FOR, type Troubles } from '../troubles.ts';
import type { CityMessage, CityQuestion, CityQuestions, CityRequest, CityThreadData } from './questions.ts';

/** Where the thread's code (source or bundle) and the city's files lie. */
export type CityPlace = { readonly thread: URL; readonly directory: string };

export type CityThread = {
  /** Never rejects. */
  readonly ask: <Q extends CityQuestion>(
    question: Q,
    ask: CityQuestions[Q]['ask'],
  ) => Promise<CityQuestions[Q]['answer'] | CityUnavailable>;
  /** Ends the thread; whatever waits is answered. */
  readonly stop: () => void;
};

/** A thread that is silent for so long over a question hangs, milliseconds. */
const LONGEST_ANSWER = 10_000;
const AGAIN_AFTER = { missing: 30_000, damaged: 30_000, failed: 5_000 } as const;

const sentences: Readonly<Record<CityUnavailable['reason'], string>> = {
  missing: 'The map data of the city are not on this desk: addresses are not found and driving times are not known.',
  damaged: 'The map data of the city cannot be read: addresses are not found and driving times are not known.',
  failed: 'The part that searches addresses and roads stopped. It starts again by itself.',
};

/** What a search throws away is swept soon: left to itself the thread keeps 20 MB more for it, and is no quicker. */
const smallNursery = { maxYoungGenerationSizeMb: 8 };
const unanswered = 'A question about the city could not be answered on this desk.';

type Waiting = { readonly settle: (answer: unknown) => void; readonly stopTimer: () => void };

/** The thread of a city, not yet started; without a place every answer is `missing`. */
export const createCityThread = (options: {
  readonly place: CityPlace | undefined;
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
}): CityThread => {
  const { place, clock, troubles, log } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let broken: { readonly answer: CityUnavailable; readonly until: number } | null = null;
  let lastId = 0;
  let isOver = false;

  const end = (reason: CityUnavailable['reason'], detail: string): void => {
    const answer: CityUnavailable = { state: 'unavailable', reason, message: sentences[reason] };
    broken = { answer, until: clock.monotonicNow() + AGAIN_AFTER[reason] };
    void worker?.terminate();
    worker = null;
    if (!isOver) {
      log(`city ${reason}: ${detail}`);
      troubles.raise('city', 'degraded', sentences[reason]);
    }
    const left = [...waiting.values()];
    waiting.clear();
    for (const { settle, stopTimer } of left) {
      stopTimer();
      settle(answer);
    }
  };

  const settle = (id: number, answer: unknown): void => {
    const asked = waiting.get(id);
    waiting.delete(id);
    asked?.stopTimer();
    asked?.settle(answer);
  };

  const take = (message: CityMessage): void => {
    switch (message.type) {
      case 'ready':
        troubles.clear('city');
        log(`city ready in ${message.tookMs} ms`);
        break;
      case 'unavailable':
        end(message.reason, message.detail);
        break;
      case 'failed':
        // One question that breaks must not take the city from those who ask others.
        log(`city question failed: ${message.error}`);
        troubles.raise('cityQuestion', 'degraded', unanswered, EVENT_SHOWN_FOR);
        settle(message.id, { state: 'unavailable', reason: 'failed', message: unanswered });
        break;
      case 'answer':
        settle(message.id, message.answer);
        break;
      default:
        message satisfies never;
    }
  };

  const start = ({ thread, directory }: CityPlace): Worker => {
    const data: CityThreadData = { directory };
    const started = new Worker(thread, { workerData: data, stdout: false, stderr: false, resourceLimits: smallNursery });
    const isCurrent = (): boolean => worker === started;
    started.on('message', (message: CityMessage) => isCurrent() && take(message));
    started.on('error', (error) => isCurrent() && end('failed', error.name));
    started.on('exit', () => isCurrent() && end('failed', 'ended'));
    return started;
  };

  return {
    ask: <Q extends CityQuestion>(question: Q, ask: CityQuestions[Q]['ask']) =>
      new Promise<CityQuestions[Q]['answer'] | CityUnavailable>((resolve) => {
        if (!place && !broken) end('missing', 'no directory');
        if (broken && (isOver || !place || clock.monotonicNow() < broken.until)) return resolve(broken.answer);
        broken = null;
        if (isOver || !place) return resolve({ state: 'unavailable', reason: 'failed', message: sentences.failed });
        worker ??= start(place);
        lastId += 1;
        const stopTimer = clock.after(LONGEST_ANSWER, () => end('failed', `no answer to ${question}`));
        waiting.set(lastId, { settle: (answer) => resolve(answer as CityQuestions[Q]['answer']), stopTimer });
        worker.postMessage({ id: lastId, question, ask } satisfies CityRequest);
      }),
    stop: () => {
      isOver = true;
      end('failed', 'stopped');
    },
  };
};
