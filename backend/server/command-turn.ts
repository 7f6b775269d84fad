/**
 * Commands of one turn of the event loop, whoever sent them, become one transaction: thousands that arrive after an outage
 * cost a few commits and not one each; beyond two hundred the rest waits for the next turn, so that heartbeats and alarms are
 * not held up meanwhile. When the store refuses the whole, each is tried alone, so that one which can never be
 * written holds up nobody but its own station, whose later commands may stand on it.
 *
 * A station's commands are decided in the order in which they were made, over all messages and connections: each message names
 * the unsettled command before its first, and is dropped while that one has no settlement here. It was lost, refused with a
 * message that could not be read or written, or overtaken by a copy; the station says both again, in order.
 */
import type { Id } from '#domain/model/values.ts';
import type { Answer, Asked, Core } from '../core/core.ts';
import type { Timers } from './timers.ts';

export type CommandTurn = {
  /**
   * Decides a station's commands with what else arrives in this turn; when one fails, its error and the answers of those before
   * it. No answers and no error when `after`, the command of that station before them, is not settled.
   */
  readonly offer: (
    asked: readonly Asked[],
    after: Id | undefined,
    answer: (answers: readonly Answer[], failure: Error | undefined) => void,
  ) => void;
  /** What has not been decided is forgotten: nobody was told that it was. */
  readonly stop: () => void;
};

type Waiting = {
  readonly asked: readonly Asked[];
  readonly after: Id | undefined;
  readonly answer: Parameters<CommandTurn['offer']>[2];
};

/** Some 20 ms of work. */
const MOST_PER_TURN = 200;

/** Collects commands until the end of the turn. */
export const createCommandTurn = (core: Core, timers: Timers): CommandTurn => {
  let waiting: Waiting[] = [];
  let stopTimer: (() => void) | undefined;
  const isNext = ({ asked: [first], after }: Waiting): boolean =>
    first === undefined || after === undefined || core.isSettled(first.stationId, after);
  /** Those whose command before them is settled, or will be by what comes before them in this turn. */
  const inOrder = (taken: readonly Waiting[]): ReadonlySet<Waiting> => {
    const decided = new Set<string>();
    const next = new Set<Waiting>();
    for (const one of taken) {
      if (!isNext(one) && !decided.has(`${one.asked[0]?.stationId} ${one.after}`)) continue;
      next.add(one);
      for (const { stationId, envelope } of one.asked) decided.add(`${stationId} ${envelope.commandId}`);
    }
    return next;
  };
  const alone = ({ asked, answer }: Waiting): void => {
    const answers: Answer[] = [];
    try {
      for (const one of asked) answers.push(...core.applyAll([one]));
      answer(answers, undefined);
    } catch (error) {
      answer(answers, error as Error);
    }
  };
  /** The oldest messages that make one transaction; what is behind them waits for the next turn. */
  const takeSome = (): readonly Waiting[] => {
    let commands = 0;
    const over = waiting.findIndex(({ asked }, index) => {
      commands += asked.length;
      return index > 0 && commands > MOST_PER_TURN;
    });
    const taken = waiting;
    waiting = over < 0 ? [] : taken.splice(over);
    stopTimer = waiting.length > 0 ? timers.after(0, decide) : undefined;
    return taken;
  };
  const decide = (): void => {
    const taken = takeSome();
    const next = inOrder(taken);
    let answers: readonly Answer[];
    try {
      answers = core.applyAll([...next].flatMap(({ asked }) => asked));
    } catch {
      for (const one of taken)
        if (isNext(one)) alone(one);
        else one.answer([], undefined);
      return;
    }
    let at = 0;
    for (const one of taken) {
      const many = next.has(one) ? one.asked.length : 0;
      one.answer(answers.slice(at, at + many), undefined);
      at += many;
    }
  };
  return {
    offer: (asked, after, answer) => {
      waiting.push({ asked, after, answer });
      stopTimer ??= timers.after(0, decide);
    },
    stop: () => {
      stopTimer?.();
      stopTimer = undefined;
      waiting = [];
    },
  };
};
