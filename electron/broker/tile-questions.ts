/**
 * Questions about the map file that the station reads. Each is answered once: by the station, or with `waiting` when it is not
 * there, ends, or says nothing for a while.
 */
import type { TileAnswer, TileQuestion, TilesFailed } from '#contracts/ipc/tiles.ts';

export type TileQuestions = {
  /** Asks through `send`; false of it says that there is nobody to ask. */
  readonly ask: (question: TileQuestion, send: (id: number, question: TileQuestion) => boolean) => Promise<TileAnswer>;
  readonly answered: (id: number, answer: TileAnswer) => void;
  /** Whoever was asked is gone. */
  readonly abandon: () => void;
};

const longestMs = 5_000;
const waiting: TilesFailed = {
  state: 'failed',
  code: 'tilesWaiting',
  message: 'The map waits for the data service of this desk.',
};

/** No question yet. */
export const createTileQuestions = (): TileQuestions => {
  const open = new Map<number, (answer: TileAnswer) => void>();
  let asked = 0;
  return {
    ask: (question, send) =>
      new Promise((resolve) => {
        asked += 1;
        const id = asked;
        const tooLong = setTimeout(() => settle(waiting), longestMs);
        const settle = (answer: TileAnswer): void => {
          clearTimeout(tooLong);
          open.delete(id);
          resolve(answer);
        };
        open.set(id, settle);
        if (!send(id, question)) settle(waiting);
      }),
    answered: (id, answer) => open.get(id)?.(answer),
    abandon: () => {
      for (const settle of [...open.values()]) settle(waiting);
    },
  };
};
