/**
 * The history's thread as the station uses it. It is started by the first thing it is told or asked and ends with the station.
 * Whatever becomes of it or of its file, the desk goes on, and every question is answered.
 *
 *   none ──told, or asked──► running ──died, silent, or its file is broken──► failed ──after a while──► none
 *                              └──forget──► ending, the file deleted ──► none
 *
 * A disk that refuses ends no thread: nothing more is taken for a while, and what is there can be looked at.
 */
import { Worker } from 'node:worker_threads';
import type { ReplayUnavailable } from '#contracts/ipc/replay.ts';
import type { Clock } from '../clock.ts';
import { isUnreadable, StoreError, type StoreErrorCode } from '../store/database.ts';
import { EVENT_SHOWN_FOR, type Troubles } from '../troubles.ts';
import { deleteHistory } from './file.ts';
import type {
  HistoryMark,
  HistoryMessage,
  HistoryQuestion,
  HistoryQuestions,
  HistoryRequest,
  HistoryThreadData,
} from './messages.ts';

/** Where the thread's code (source or bundle) and its file lie, and the key of 32 bytes under which it is written. */
export type HistoryPlace = {
  readonly thread: URL;
  /** Null: in memory, and nothing is kept. */
  readonly file: string | null;
  readonly key: Uint8Array;
};

export type HistoryThread = {
  /** Whether what it is told now would be taken. */
  readonly takes: () => boolean;
  readonly tell: (told: Exclude<HistoryRequest, { type: 'ask' }>) => void;
  /** Never rejects. */
  readonly ask: <Q extends HistoryQuestion>(
    question: Q,
    ask: HistoryQuestions[Q]['ask'],
  ) => Promise<HistoryQuestions[Q]['answer'] | ReplayUnavailable>;
  /** Ends the thread and deletes the file, which holds what this desk may not any more. */
  readonly forget: () => void;
  /** Ends the thread, answers whatever waits and wipes the key. */
  readonly stop: () => void;
};

/** A thread that is silent for so long over a question, or over what it was told, hangs, milliseconds. */
const LONGEST_ANSWER = 20_000;
const LONGEST_SILENCE = 120_000;
const AGAIN_AFTER = 60_000;

const failed: ReplayUnavailable = {
  state: 'unavailable',
  reason: 'failed',
  message: 'The history cannot be read now. It is tried again by itself.',
};

type Waiting = { readonly settle: (answer: unknown) => void; readonly stopTimer: () => void };

/** A history that is not opened yet. `lost` is called whenever the thread no longer knows what it was told. */
export const createHistoryThread = (options: {
  readonly place: HistoryPlace;
  readonly mark: () => HistoryMark;
  readonly lost: () => void;
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly log: (line: string) => void;
}): HistoryThread => {
  const { place, clock, troubles, log } = options;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  /** The worker that was ended last may have the file open until this is null. */
  let ending: Promise<unknown> | null = null;
  let lastId = 0;
  let takesFrom = Number.NEGATIVE_INFINITY;
  let startsFrom = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;
  let isOver = false;

  const end = (): void => {
    const ended = worker?.terminate();
    worker = null;
    if (ended) {
      const over = ended.then(() => {
        if (ending === over) ending = null;
      });
      ending = over;
    }
    const left = [...waiting.values()];
    waiting.clear();
    for (const { settle, stopTimer } of left) {
      stopTimer();
      settle(failed);
    }
    options.lost();
  };
  const fail = (why: string): void => {
    startsFrom = clock.monotonicNow() + AGAIN_AFTER;
    log(`history failed: ${why}`);
    troubles.raise('history', 'degraded', `What the map shows is not recorded for replay (${why}). It is tried again by itself.`);
    end();
  };
  const begunAnew = (): void =>
    troubles.raise(
      'historyAnew',
      'information',
      'The history for replay could not be read and begins anew. Nothing else is lost.',
      EVENT_SHOWN_FOR,
    );
  const deleteFile = (): void => {
    if (place.file === null) return;
    try {
      deleteHistory(place.file);
    } catch (error) {
      // A file that is still open cannot be deleted everywhere; it says whose it is, and goes when it is opened at the latest.
      log(`history not deleted: ${error instanceof Error && 'code' in error ? String(error.code) : 'error'}`);
    }
  };
  const forget = (): void => {
    end();
    deleteFile();
    void ending?.then(deleteFile);
  };
  const broken = (code: StoreErrorCode | 'error'): void => {
    if (code === 'error' || !isUnreadable(new StoreError(code, 'It cannot be read.'))) {
      fail(code);
      return;
    }
    log(`history deleted: ${code}`);
    begunAnew();
    forget();
  };

  const settle = (id: number, answer: unknown): void => {
    const asked = waiting.get(id);
    waiting.delete(id);
    asked?.stopTimer();
    asked?.settle(answer);
  };
  const take = (message: HistoryMessage): void => {
    heardAt = clock.monotonicNow();
    switch (message.type) {
      case 'open':
        log(`history open in ${message.tookMs} ms`);
        if (message.anew !== null) begunAnew();
        break;
      case 'kept':
        troubles.clear('history');
        break;
      case 'refused':
        takesFrom = clock.monotonicNow() + AGAIN_AFTER;
        log(`history refused: ${message.code}`);
        troubles.raise('history', 'degraded', `The disk does not take what is recorded for replay (${message.code}).`);
        options.lost();
        break;
      case 'broken':
        broken(message.code);
        break;
      case 'answer':
        settle(message.id, message.answer);
        break;
      case 'failed':
        log(`history question failed: ${message.error}`);
        settle(message.id, failed);
        break;
      default:
        message satisfies never;
    }
  };

  const mayStart = (): boolean => !isOver && ending === null && clock.monotonicNow() >= startsFrom;
  const start = (): Worker => {
    const data: HistoryThreadData = { file: place.file, key: place.key, mark: options.mark() };
    const started = new Worker(place.thread, { workerData: data, stdout: false, stderr: false });
    heardAt = clock.monotonicNow();
    const isCurrent = (): boolean => worker === started;
    started.on('message', (message: HistoryMessage) => isCurrent() && take(message));
    started.on('error', (error) => isCurrent() && fail(error.name));
    started.on('exit', () => isCurrent() && fail('ended'));
    return started;
  };
  const post = (request: HistoryRequest): void => {
    worker ??= start();
    worker.postMessage(request);
  };

  return {
    takes: () => (worker !== null || mayStart()) && clock.monotonicNow() >= takesFrom,
    tell: (told) => {
      if (!worker && !mayStart()) return;
      post(told);
      if (clock.monotonicNow() - heardAt > LONGEST_SILENCE) fail('silent');
    },
    ask: <Q extends HistoryQuestion>(question: Q, ask: HistoryQuestions[Q]['ask']) =>
      new Promise<HistoryQuestions[Q]['answer'] | ReplayUnavailable>((resolve) => {
        if (!worker && !mayStart()) return resolve(failed);
        lastId += 1;
        const stopTimer = clock.after(LONGEST_ANSWER, () => fail(`no answer to ${question}`));
        waiting.set(lastId, { settle: (answer) => resolve(answer as HistoryQuestions[Q]['answer']), stopTimer });
        post({ type: 'ask', id: lastId, question, ask });
      }),
    forget,
    stop: () => {
      isOver = true;
      end();
      place.key.fill(0);
    },
  };
};
