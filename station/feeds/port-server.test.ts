import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Contract, PortDown } from '#contracts/ipc/contract.ts';
import { CallRefused, servePort } from './port-server.ts';

const contract = {
  calls: { double: { in: z.strictObject({ number: z.number() }), out: z.number() } },
  feeds: { numbers: z.unknown(), quiet: z.unknown() },
} as const satisfies Contract;

const serve = () => {
  const posted: PortDown[] = [];
  const heard: { listen: (message: unknown) => void } = { listen: () => undefined };
  const waiting: (() => void)[] = [];
  const state = new Map<string, number>([['a', 1]]);
  const failures: string[] = [];
  const subscriber = servePort(
    contract,
    {
      post: (message) => void posted.push(message),
      onMessage: (listen) => {
        heard.listen = listen;
      },
    },
    {
      calls: {
        double: ({ number }) => {
          if (number === 13) throw new CallRefused('notAllowed', 'Not this one.');
          if (number === 14) throw new Error('secret');
          return number * 2;
        },
      },
      feeds: {
        numbers: {
          first: () => Object.fromEntries(state),
          patch: (moved) => Object.fromEntries([...moved].map((key) => [key, state.get(key)])),
        },
        quiet: { first: () => undefined, patch: () => undefined },
      },
      soon: (call) => void waiting.push(call),
      failed: (what) => void failures.push(what),
    },
  );
  const turn = (): PortDown[] => {
    for (const call of waiting.splice(0)) call();
    return posted.splice(0);
  };
  const set = (key: string, value: number): void => {
    state.set(key, value);
    subscriber.moved('numbers', [key]);
  };
  return { say: (message: unknown) => heard.listen(message), turn, set, subscriber, failures };
};
const value = (given: unknown): PortDown => ({ type: 'values', values: [{ feed: 'numbers', value: given }] });

test('W1 a slow window gets one value, then the latest of each key that moved meanwhile, and never a backlog', () => {
  const { say, turn, set } = serve();
  say({ type: 'subscribe', feed: 'numbers' });
  expect(turn()).toEqual([value({ a: 1 })]);
  for (let count = 0; count < 1000; count += 1) set(count % 2 === 0 ? 'a' : 'b', count);
  expect(turn()).toEqual([]);
  say({ type: 'taken', feeds: ['numbers'] });
  expect(turn()).toEqual([value({ a: 998, b: 999 })]);
  say({ type: 'taken', feeds: ['numbers'] });
  expect(turn()).toEqual([]);
  set('c', 7);
  expect(turn()).toEqual([value({ c: 7 })]);
});

test('W1 what moves in one turn is one value; nothing comes after the stop or the end', () => {
  const { say, turn, set, subscriber } = serve();
  say({ type: 'subscribe', feed: 'numbers' });
  turn();
  say({ type: 'taken', feeds: ['numbers'] });
  set('a', 2);
  set('b', 3);
  expect(turn()).toEqual([value({ a: 2, b: 3 })]);
  say({ type: 'unsubscribe', feed: 'numbers' });
  set('a', 4);
  expect(turn()).toEqual([]);
  say({ type: 'subscribe', feed: 'numbers' });
  subscriber.close();
  expect(turn()).toEqual([]);
});

test('W2 calls answer, refuse with their code, and hide what broke', async () => {
  const { say, turn, failures } = serve();
  for (const [id, number] of [1, 13, 14, 'x'].entries()) say({ type: 'call', id, name: 'double', input: { number } });
  say({ type: 'call', id: 9, name: 'halve', input: {} });
  say({ type: 'subscribe', feed: 'other' });
  say({ nonsense: true, id: 12 });
  await Promise.resolve();
  await Promise.resolve();
  const answers = turn().map((message) => (message.type === 'refused' ? [message.id, message.error.code] : message));
  expect(answers.sort()).toEqual(
    [
      [-1, 'unknownFeed'],
      [1, 'notAllowed'],
      [12, 'malformed'],
      [2, 'failed'],
      [3, 'malformed'],
      [9, 'unknownCall'],
      { type: 'answer', id: 0, value: 2 },
    ].sort(),
  );
  expect(failures).toEqual(['double']);
});
