import { expect, test } from 'vitest';
import { openLine } from '../../testing/adt-hospital.ts';
import { listenForMllp } from './mllp-server.ts';

const answerTo = (id: string) => [Buffer.from(`MSH|^~\\&|V|H|P|G|||ACK|1|P|2.5\rMSA|AA|${id}\r`)];
const limits = { mostBytes: 1_000, mostConnections: 4, patienceMs: 40 };

test('a sender who stops in the middle is told so and closed; one who says nothing is left in peace', async () => {
  const server = await listenForMllp({
    host: '127.0.0.1',
    port: 0,
    limits,
    offer: (given, answer) => answer(answerTo(given.kind)),
    changed: () => undefined,
  });
  const [quiet, half] = [openLine(server.port), openLine(server.port)];
  expect(await quiet.ask('one')).toEqual(['AA', 'message', '']);
  half.write('\x0bMSH|half');
  expect(await half.answer()).toEqual(['AA', 'cutOff', '']);
  await half.closed;
  expect(await quiet.ask('two')).toEqual(['AA', 'message', '']);
  quiet.close();
  await server.stop();
});

test('20 MB are answered once and not held, byte by byte is a message too, and no more connect than may', async () => {
  let held = 0;
  const server = await listenForMllp({
    host: '127.0.0.1',
    port: 0,
    limits: { ...limits, patienceMs: 5_000 },
    offer: (given, answer) => {
      held = Math.max(held, given.kind === 'message' ? given.bytes.length : given.head.length);
      answer(answerTo(given.kind));
    },
    changed: () => undefined,
  });
  const line = openLine(server.port);
  expect(await line.ask(Buffer.alloc(20_000_000, 'x'))).toEqual(['AA', 'tooLong', '']);
  for (const byte of Buffer.from('\x0bMSH|slow\x1c\r')) line.write(Buffer.of(byte));
  expect([await line.answer(), held]).toEqual([['AA', 'message', ''], 2_048]);
  const others = Array.from({ length: 4 }, () => openLine(server.port));
  await Promise.race(others.map(({ closed }) => closed));
  expect(server.connections()).toBeLessThanOrEqual(4);
  for (const one of [line, ...others]) one.close();
  await server.stop();
});
