/**
 * Commands of one turn of the event loop, whoever sent them, become one transaction: thousands that arrive after an outage
 * cost a few commits and not one each. When the store refuses the whole, each is tried alone, so that one which can never be
 * written holds up nobody but its own station, whose later commands may stand on it.
 */
import type { Answer, Asked, Core } from '../core/core.ts';
import type { Timers } from './timers.ts';

export type CommandTurn = {
  /** Decides these with what else arrives in this turn; when one fails, its error and the answers of those before it. */
  readonly offer: (asked: readonly Asked[], answer: (answers: readonly Answer[], failure: Error | undefined) => void) => void;
  /** What has not been decided is forgotten: nobody was told that it was. */
  readonly stop: () => void;
};

type Waiting = { readonly asked: readonly Asked[]; readonly answer: Parameters<CommandTurn['offer']>[1] };

/** Collects commands until the end of the turn. */
export const createCommandTurn = (core: Core, timers: Timers): CommandTurn => {
  let waiting: Waiting[] = [];
  let stopTimer: (() => void) | undefined;
  const alone = ({ asked, answer }: Waiting): void => {
    const answers: Answer[] = [];
    try {
      for (const one of asked) answers.push(...core.applyAll([one]));
      answer(answers, undefined);
    } catch (error) {
      answer(answers, error as Error);
    }
  };
  const decide = (): void => {
    const taken = waiting;
    waiting = [];
    stopTimer = undefined;
    let answers: readonly Answer[];
    try {
      answers = core.applyAll(taken.flatMap(({ asked }) => asked));
    } catch {
      for (const one of taken) alone(one);
      return;
    }
    let at = 0;
    for (const { asked, answer } of taken) {
      answer(answers.slice(at, at + asked.length), undefined);
      at += asked.length;
    }
  };
  return {
    offer: (asked, answer) => {
      waiting.push({ asked, answer });
      stopTimer ??= timers.after(0, decide);
    },
    stop: () => {
      stopTimer?.();
      stopTimer = undefined;
      waiting = [];
    },
  };
};
