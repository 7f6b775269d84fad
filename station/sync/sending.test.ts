import { expect, test } from 'vitest';
import { testId, testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createSending } from './sending.ts';

test('no message is larger than the wire takes: a long command goes with few others, one that is longer still alone', () => {
  const fake = createFakeClock(testNow);
  const clock = { ...fake, wallNow: fake.now, monotonicNow: fake.now };
  const stored = [100, 600, 600, 1_500, 100, 100].map((thousands, index) => ({
    sequence: index + 1,
    envelope: {
      commandId: testId('7', index),
      name: 'writeHandover',
      input: 'x'.repeat(thousands * 1_000),
      issuedAt: testNow,
      issuedAtError: 5,
      grant: 'x',
    },
    gesture: { bootId: 'boot', monotonicAt: fake.now(), wallAt: testNow },
    wanted: [],
  }));
  const outbox = createOutbox(stored, { clock, bootId: 'boot', serverNow: fake.now, isSynchronised: () => true });
  const sent: (readonly string[])[] = [];
  const send: Parameters<typeof createSending>[0]['send'] = ({ commands }) =>
    sent.push(commands.map(({ envelope }) => envelope.commandId));
  createSending({ clock, outbox, auditHead: () => null, send }).next();
  expect(sent).toEqual([[0, 1], [2], [3], [4, 5]].map((message) => message.map((index) => testId('7', index))));
});
