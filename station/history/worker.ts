/**
 * The thread that keeps and reads the history: no alarm, no command and no window's picture ever waits for it, or for its disk. It
 * holds the only connection to the file.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type Database, isDiskFailure, StoreError } from '../store/database.ts';
import { openHistory } from './file.ts';
import type { HistoryMessage, HistoryQuestions, HistoryRequest, HistoryThreadData } from './messages.ts';
import { answerSpan, createReading, type Reading } from './reading.ts';
import { createRecording, type Recording } from './recording.ts';

const port = parentPort;
const post = (message: HistoryMessage, transfer: ArrayBuffer[] = []): void => port?.postMessage(message, transfer);
const data = workerData as HistoryThreadData;

const broken = (error: unknown): void => {
  post({ type: 'broken', code: error instanceof StoreError ? error.code : 'error' });
  port?.close();
};

/** Does something with the disk; one that refuses is said, and everything else ends the thread. */
const safely = (work: () => boolean): void => {
  try {
    if (work()) post({ type: 'kept' });
  } catch (error) {
    if (isDiskFailure(error)) post({ type: 'refused', code: error.code });
    else broken(error);
  }
};

const answerTo = (database: Database, reading: Reading, { question, ask }: Extract<HistoryRequest, { type: 'ask' }>): unknown => {
  switch (question) {
    case 'span':
      return answerSpan(database.read);
    case 'at':
      return reading.at(ask as HistoryQuestions['at']['ask']);
    case 'part':
      return reading.part(ask as HistoryQuestions['part']['ask']);
    default:
      return question satisfies never;
  }
};

/** The memory of the columns of an answer, which goes over and is not copied. */
const buffersOf = (answer: unknown): ArrayBuffer[] =>
  typeof answer === 'object' && answer !== null && 'fixes' in answer
    ? Object.values(answer.fixes as object).flatMap((column) =>
        ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
      )
    : [];

const serve = (database: Database, recording: Recording, reading: Reading, request: HistoryRequest): void => {
  if (request.type !== 'ask') {
    safely(() => recording.take(request));
    return;
  }
  // What was taken last belongs to the answer.
  safely(() => {
    recording.write();
    return false;
  });
  try {
    const answer = answerTo(database, reading, request);
    post({ type: 'answer', id: request.id, answer }, buffersOf(answer));
  } catch (error) {
    if (error instanceof StoreError && !isDiskFailure(error)) broken(error);
    else post({ type: 'failed', id: request.id, error: error instanceof Error ? error.name : 'error' });
  }
};

const startedAt = performance.now();
openHistory(data).then(({ database, anew }) => {
  data.key.fill(0);
  const recording = createRecording(database);
  const reading = createReading(database.read);
  post({ type: 'open', anew, tookMs: Math.round(performance.now() - startedAt) });
  port?.on('message', (request: HistoryRequest) => serve(database, recording, reading, request));
}, broken);
