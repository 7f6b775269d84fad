/** A whole patient administration beside the department: its register, its day, and its line to Vigil. */
import type { Instant } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';
import { createAgenda } from './agenda.ts';
import { createDay } from './day.ts';
import { messageText } from './message.ts';
import { createOutbox, type OutboxFigures } from './outbox.ts';
import { createRegister, type Truth } from './register.ts';

export type AdministrationOptions = {
  readonly host: string;
  readonly port: number;
  /** Labels of the department's beds. */
  readonly beds: readonly string[];
  readonly random: Random;
  readonly now: () => Instant;
  /** Simulated milliseconds in a real one: what a plan of the future is written with. */
  readonly speed: number;
  /** Hour of the day at the beginning. */
  readonly startHour: number;
  /** Shares of the messages that come late and twice, 0 to 1. */
  readonly lateShare: number;
  readonly repeatShare: number;
  /** Over how many connections messages go. */
  readonly lines: number;
};

export type Administration = {
  /** Lets simulated milliseconds pass: what is done in them is on its way afterwards. */
  readonly pass: (simulatedMs: number) => void;
  /** Resolves when what has left was answered. */
  readonly answered: () => Promise<void>;
  /** Sends what is held up too, and waits until everything was answered. */
  readonly settle: () => Promise<void>;
  readonly truth: () => Truth;
  readonly figures: () => OutboxFigures;
  readonly stop: () => void;
};

const FILLED = 0.75;

/** Begins a day in a department three quarters full. */
export const startAdministration = (options: AdministrationOptions): Administration => {
  const { beds, random, now, speed, startHour, host, port, lines, lateShare, repeatShare } = options;
  const began = now();
  const prefix = began.toString(36).slice(-6).toUpperCase();
  const outbox = createOutbox({ host, port, lines, lateShare, repeatShare, random: random.fork('line'), now });
  let messages = 0;
  let last = 0;
  /** Entries of one breath happened one after the other. */
  const moment = (): Instant => {
    last = Math.max(last + 1, now());
    return last;
  };
  const agenda = createAgenda();
  const register = createRegister(beds, (deed) => {
    messages += 1;
    outbox.put(messageText(deed, `${prefix}-${messages}`, deed.at), deed.trigger, deed.at);
  });
  const minuteMs = 60_000 / speed;
  const day = createDay({ register, agenda, random: random.fork('day'), moment, minuteMs, startHour, prefix });
  day.fill(Math.round(beds.length * FILLED));
  day.begin();
  return {
    pass: (simulatedMs) => {
      agenda.run(agenda.now() + simulatedMs);
      outbox.release(agenda.now());
    },
    answered: outbox.answered,
    settle: () => {
      outbox.release(Number.POSITIVE_INFINITY);
      return outbox.answered();
    },
    truth: register.truth,
    figures: outbox.figures,
    stop: outbox.stop,
  };
};
