import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Contract, PortUp } from '#contracts/ipc/contract.ts';
import { connectPort } from './port.ts';

const contract = {
  calls: { double: { in: z.strictObject({ number: z.number() }), out: z.strictObject({ number: z.number() }) } },
  feeds: { count: z.strictObject({ count: z.int() }) },
} as const satisfies Contract;

/** A real channel with the owner's end in hand. */
const channel = () => {
  const { port1, port2 } = new MessageChannel();
  const received: PortUp[] = [];
  port1.onmessage = ({ data }) => void received.push(data);
  const malformed: string[] = [];
  const remote = connectPort(contract, port2, (why) => void malformed.push(why));
  onTestFinished(() => {
    remote.close();
    port1.close();
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
  return { owner: port1, remote, received, malformed, settled };
};

describe('a window’s end of a boundary', () => {
  test('a call is answered', async () => {
    const { owner, remote, received, settled } = channel();
    const answer = remote.call('double', { number: 2 });
    await settled();
    expect(received).toEqual([{ type: 'call', id: 1, name: 'double', input: { number: 2 } }]);
    owner.postMessage({ type: 'answer', id: 1, value: { number: 4 } });
    expect(await answer).toEqual({ number: 4 });
  });

  test('a refusal, a malformed answer and a closed port reject with their code', async () => {
    const { owner, remote } = channel();
    const refused = remote.call('double', { number: 1 });
    owner.postMessage({ type: 'refused', id: 1, error: { code: 'notAllowed', message: 'no' } });
    await expect(refused).rejects.toMatchObject({ code: 'notAllowed', message: 'no' });
    const malformed = remote.call('double', { number: 1 });
    owner.postMessage({ type: 'answer', id: 2, value: 'four' });
    await expect(malformed).rejects.toMatchObject({ code: 'malformed' });
    const open = remote.call('double', { number: 1 });
    remote.close();
    await expect(open).rejects.toMatchObject({ code: 'closed' });
    await expect(remote.call('double', { number: 1 })).rejects.toMatchObject({ code: 'closed' });
  });

  test('a feed value is taken when it was used; a malformed one is dropped and taken', async () => {
    const { owner, remote, received, malformed, settled } = channel();
    const values: unknown[] = [];
    remote.subscribe('count', (value, taken) => {
      values.push(value);
      taken();
    });
    owner.postMessage({ type: 'values', values: [{ feed: 'count', value: { count: 1 } }] });
    owner.postMessage({ type: 'values', values: [{ feed: 'count', value: { count: 'many' } }] });
    owner.postMessage({ what: 'ever' });
    await settled();
    expect(values).toEqual([{ count: 1 }]);
    expect(malformed).toHaveLength(2);
    expect(received).toEqual([
      { type: 'subscribe', feed: 'count' },
      { type: 'taken', feeds: ['count'] },
      { type: 'taken', feeds: ['count'] },
    ]);
  });

  test('nothing comes after the stop', async () => {
    const { owner, remote, received, settled } = channel();
    const values: unknown[] = [];
    const stop = remote.subscribe('count', (value) => void values.push(value));
    stop();
    owner.postMessage({ type: 'values', values: [{ feed: 'count', value: { count: 1 } }] });
    await settled();
    expect({ values, received }).toEqual({
      values: [],
      received: [
        { type: 'subscribe', feed: 'count' },
        { type: 'unsubscribe', feed: 'count' },
      ],
    });
  });
});
