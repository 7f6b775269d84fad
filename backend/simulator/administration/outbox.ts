/**
 * The line of the administration: messages wait in a queue and go one at a time, each after the answer to the one before. As on a
 * real interface some are held up on the way and come late, and some come twice. A line that breaks is opened again and what had no
 * answer is sent again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';
import { createMllpClient } from '../../adapters/hl7v2/mllp-client.ts';

export type OutboxFigures = {
  /** Messages, each once. */
  readonly messages: number;
  /** Of them by their trigger. */
  readonly triggers: Readonly<Record<string, number>>;
  readonly late: number;
  readonly repeated: number;
  /** Answers by their code. */
  readonly answers: Readonly<Record<string, number>>;
  /** What was not taken, a sentence each: the first hundred. */
  readonly refused: readonly string[];
};

export type Outbox = {
  /** Takes a message of a moment; it does not leave before that. */
  readonly put: (message: string, trigger: string, at: Instant) => void;
  /** Lets go of what was held up until a simulated moment; infinity lets go of all. */
  readonly release: (simulated: number) => void;
  /** Resolves when all that is not held up was answered. */
  readonly answered: () => Promise<void>;
  readonly figures: () => OutboxFigures;
  readonly stop: () => void;
};

type Message = { readonly bytes: Buffer; readonly trigger: string; readonly at: Instant };

const ANSWER_MS = 20_000;
const AGAIN_MS = 500;
const MOST_REFUSED = 100;
const MINUTE = 60_000;

/** MSA-1 and MSA-3 of an answer. */
const readAnswer = (bytes: Buffer): readonly [code: string, reason: string] => {
  const line = bytes
    .toString('utf8')
    .split('\r')
    .find((one) => one.startsWith('MSA|'));
  const [, code = '', , reason = ''] = line?.split('|') ?? [];
  return [code, reason];
};

/** A line to a port; `lateShare` and `repeatShare` are shares of the messages, 0 to 1. */
export const createOutbox = (options: {
  readonly host: string;
  readonly port: number;
  readonly lines: number;
  readonly lateShare: number;
  readonly repeatShare: number;
  readonly random: Random;
  readonly now: () => Instant;
}): Outbox => {
  const { host, port, random, now, lateShare, repeatShare } = options;
  const queue: Message[] = [];
  let held: { readonly until: number; readonly message: Message }[] = [];
  let simulated = 0;
  let under = 0;
  let stopped = false;
  let wakeIdle: (() => void)[] = [];
  const figures = { messages: 0, late: 0, repeated: 0 };
  const triggers: Record<string, number> = {};
  const answers: Record<string, number> = {};
  const refused: string[] = [];
  const lines = Array.from({ length: options.lines }, () => ({
    client: createMllpClient({ host, port, timeoutMs: ANSWER_MS }),
    busy: false,
  }));

  const send = async (line: (typeof lines)[number], message: Message): Promise<void> => {
    while (!stopped) {
      try {
        // A step of the day is done in one breath: what it says for some milliseconds later must have happened when it is read.
        while (now() < message.at) await delay(Math.max(1, message.at - now()));
        const [code, reason] = readAnswer(await line.client.send(message.bytes));
        answers[code] = (answers[code] ?? 0) + 1;
        if (code !== 'AA' && refused.length < MOST_REFUSED) refused.push(`${message.trigger} ${code}: ${reason}`);
        return;
      } catch {
        if (!stopped) await delay(AGAIN_MS);
      }
    }
  };
  const pump = async (line: (typeof lines)[number]): Promise<void> => {
    line.busy = true;
    for (let message = queue.shift(); message && !stopped; message = queue.shift()) {
      under += 1;
      await send(line, message);
      under -= 1;
    }
    line.busy = false;
    if (under > 0) return;
    for (const wake of wakeIdle) wake();
    wakeIdle = [];
  };
  const go = (message: Message): void => {
    queue.push(message);
    const free = lines.find(({ busy }) => !busy);
    if (free && !stopped) void pump(free);
  };
  const hold = (message: Message, least: number, most: number): void =>
    void held.push({ until: simulated + (least + random.next() * (most - least)) * MINUTE, message });

  return {
    put: (text, trigger, at) => {
      const message = { bytes: Buffer.from(text), trigger, at };
      figures.messages += 1;
      triggers[trigger] = (triggers[trigger] ?? 0) + 1;
      if (random.chance(lateShare)) {
        figures.late += 1;
        hold(message, 0.5, 20);
      } else go(message);
      if (!random.chance(repeatShare)) return;
      figures.repeated += 1;
      if (random.chance(0.5)) go(message);
      else hold(message, 0.5, 40);
    },
    release: (moment) => {
      if (Number.isFinite(moment)) simulated = moment;
      const due = held.filter(({ until }) => until <= moment).sort((one, other) => one.until - other.until);
      if (due.length === 0) return;
      held = held.filter(({ until }) => until > moment);
      for (const { message } of due) go(message);
    },
    answered: async () => {
      if (queue.length === 0 && under === 0) return;
      await new Promise<void>((resolve) => wakeIdle.push(resolve));
    },
    figures: () => ({ ...figures, triggers: { ...triggers }, answers: { ...answers }, refused: [...refused] }),
    stop: () => {
      stopped = true;
      queue.length = 0;
      for (const { client } of lines) client.stop();
      for (const wake of wakeIdle) wake();
      wakeIdle = [];
    },
  };
};
