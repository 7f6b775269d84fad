import { expect, test } from 'vitest';
import { openHospital } from '../testing/hospital.ts';
import { keepRetention } from './retention.ts';

test('messages are forgotten in parts, each a row of the trail; what waits for a person stays', () => {
  const { core, store, now } = openHospital(':memory:');
  const add = (count: number, state: 'applied' | 'waiting', age: number) =>
    store.transact(() => {
      for (let index = 0; index < count; index += 1)
        store.messages.add({
          receivedAt: now() - age * 86_400_000,
          sender: 'PAS|GH',
          controlId: `${state}${index}`,
          digest: 'ab'.repeat(32),
          trigger: 'A01',
          occurredAt: null,
          visitKey: null,
          mrn: null,
          encounterId: null,
          location: state === 'waiting' ? 'ED' : null,
          state,
          code: 'AA',
          reason: '',
          event: null,
          received: Buffer.alloc(2_000),
          answered: Buffer.alloc(10),
        });
    });
  add(2, 'waiting', 100);
  add(300, 'applied', 40);
  add(600, 'applied', 1);
  let look = (): void => undefined;
  const parts: (() => void)[] = [];
  const stop = keepRetention({
    core,
    store,
    clock: now,
    timers: {
      every: (_ms, run) => {
        look = run;
        return () => undefined;
      },
      after: (_ms, run) => {
        parts.push(run);
        return () => undefined;
      },
    },
    // 524 messages, those that wait among them.
    keep: { bytesDays: 30, messageDays: 90, mostMegabytes: 1 },
  });
  look();
  for (let part = parts.shift(); part; part = parts.shift()) part();
  const withBytes = Array.from({ length: 902 }, (_, index) => store.messages.get(index + 1)).filter((one) => one?.received);
  expect([withBytes.length, withBytes.slice(0, 2).map((one) => one?.state)]).toEqual([524, ['waiting', 'waiting']]);
  expect(
    [...store.audit.rows()].filter(({ action }) => action === 'adt.forget').map(({ actor, outcome }) => [actor, outcome]),
  ).toEqual([
    ['hospital', '250 without bytes, 0 received and 0 sent forgotten'],
    ['hospital', '128 without bytes, 0 received and 0 sent forgotten'],
  ]);
  look();
  expect([...store.audit.rows()].filter(({ action }) => action === 'adt.forget').length).toBe(2);
  stop();
  store.close();
});
