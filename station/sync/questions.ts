/**
 * Questions to the hospital that are not kept (SYNC Q3): each is asked once, on the connection there is now, and answered on it. What
 * is not answered within 10 s, or before the connection ends, is said to be unanswered: whether it was done, the next look tells.
 */
import type { Up } from '#contracts/wire/up.ts';
import { changesMessages, type DeskAnswer, type DeskQuestion, refusedAnswer } from '#domain/model/message-desk.ts';
import type { Clock } from '../clock.ts';

export type Questions = {
  /** Asks through `send`; resolves to the answer, or to why there is none. Never rejects. */
  readonly ask: (send: (message: Up) => void, question: DeskQuestion, grant: string) => Promise<DeskAnswer>;
  /** An answer has come; one that nobody waits for any more is dropped. */
  readonly answer: (askId: number, answer: DeskAnswer) => void;
  /** The connection has ended. */
  readonly lose: () => void;
};

const WITHIN = 10_000;

/** The answer to a question that nobody could hear. */
export const notReached = (): DeskAnswer => refusedAnswer('notReached', 'The hospital is not reached. Nothing was asked.');
const unanswered = (question: DeskQuestion): DeskAnswer =>
  refusedAnswer(
    'unanswered',
    changesMessages(question)
      ? 'The hospital did not answer. It may have been done: look again before you repeat it.'
      : 'The hospital did not answer.',
  );

/** No questions yet. */
export const createQuestions = (clock: Pick<Clock, 'after'>): Questions => {
  const waiting = new Map<number, (answer: DeskAnswer | null) => void>();
  let asked = 0;
  return {
    ask: (send, question, grant) =>
      new Promise((resolve) => {
        asked += 1;
        const askId = asked;
        const end = (answer: DeskAnswer | null): void => {
          stopWaiting();
          waiting.delete(askId);
          resolve(answer ?? unanswered(question));
        };
        const stopWaiting = clock.after(WITHIN, () => end(null));
        waiting.set(askId, end);
        send({ type: 'ask', askId, question, grant });
      }),
    answer: (askId, answer) => waiting.get(askId)?.(answer),
    lose: () => {
      for (const end of [...waiting.values()]) end(null);
    },
  };
};
