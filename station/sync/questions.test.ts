import { afterEach, expect, test } from 'vitest';
import { createDesks } from '../testing/desks.ts';
import { settleTurn } from '../testing/peer.ts';

const { emptyDesk, wholeDesk, endDesks } = createDesks();
afterEach(endDesks);

const list = { about: 'messages', states: null, sender: null, before: null } as const;
const notReached = { about: 'refused', code: 'notReached', message: 'The hospital is not reached. Nothing was asked.' };

test('Q1 a question goes up with the grant of who asks, and its answer comes to the window that asked', async () => {
  const desk = await wholeDesk();
  const [one, other] = [
    desk.window().call('askMessageDesk', list),
    desk.window().call('askMessageDesk', { about: 'replay', sequence: 4 }),
  ];
  await settleTurn(desk.clock);
  const link = desk.peer.link();
  expect(link.said).toEqual(
    [
      { type: 'ask', askId: 1, question: list, grant: desk.peer.token() },
      { type: 'ask', askId: 2, question: { about: 'replay', sequence: 4 }, grant: desk.peer.token() },
    ].map((said) => ({ ...said, grant: expect.any(String) })),
  );
  const done = { about: 'replay', state: 'applied', code: 'AA', reason: 'Done.' };
  link.say({ type: 'answer', askId: 2, answer: done });
  link.say({ type: 'answer', askId: 1, answer: { about: 'messages', messages: [], more: false } });
  // One that nobody waits for.
  link.say({ type: 'answer', askId: 9, answer: done });
  await settleTurn(desk.clock);
  expect(await Promise.all([one, other])).toEqual([{ about: 'messages', messages: [], more: false }, done]);
});

test('Q3 a question is asked once: unanswered after 10 s or with the connection, refused at once without one', async () => {
  const lonely = await emptyDesk();
  lonely.peer.link().cut();
  await settleTurn(lonely.clock);
  expect(await lonely.window().call('askMessageDesk', list)).toMatchObject({ about: 'refused' });

  const desk = await wholeDesk();
  const late = desk.window().call('askMessageDesk', list);
  desk.clock.advance(10_000);
  expect(await late).toEqual({ about: 'refused', code: 'unanswered', message: 'The hospital did not answer.' });
  const change = desk.window().call('askMessageDesk', { about: 'giveUp', sequence: 4, why: 'Told by telephone' });
  await settleTurn(desk.clock);
  desk.peer.reachable = false;
  desk.peer.link().cut();
  await settleTurn(desk.clock);
  expect(await change).toEqual({
    about: 'refused',
    code: 'unanswered',
    message: 'The hospital did not answer. It may have been done: look again before you repeat it.',
  });
  expect(await desk.window().call('askMessageDesk', list)).toEqual(notReached);
  const before = desk.peer.links.length;
  desk.peer.reachable = true;
  desk.clock.advance(30_000);
  await settleTurn(desk.clock);
  expect(desk.peer.links.length).toBeGreaterThan(before);
  expect(desk.peer.links.slice(before).flatMap(({ said }) => said.filter(({ type }) => type === 'ask'))).toEqual([]);
});
