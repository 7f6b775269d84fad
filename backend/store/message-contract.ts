/** What every store must do with messages of the patient administration: cases beside those of contract.ts. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { testId } from '#domain/testing/builders.ts';
import type { NewMessage, Retention } from '../adt/message-store.ts';
import { type StoreCase, withStore } from './contract.ts';

export const messageContract: readonly StoreCase[] = [
  {
    name: 'messages are kept with what became of them, found by name, visit and place, and forgotten in time',
    run: (open) => {
      const kept = (controlId: string, changes: Partial<NewMessage> = {}): NewMessage => ({
        receivedAt: 10,
        sender: 'PAS|GH',
        controlId,
        digest: 'ab'.repeat(32),
        trigger: 'A01',
        occurredAt: 9,
        visitKey: 'visit V1',
        mrn: 'M1',
        encounterId: null,
        location: null,
        state: 'applied',
        code: 'AA',
        reason: 'Done.',
        event: null,
        received: Buffer.from([0, 255]),
        answered: Buffer.from('x'),
        ...changes,
      });
      withStore(open, (store) => {
        const { messages } = store;
        const added = store.transact(() => [
          messages.add(kept('A')),
          messages.add(kept('B', { state: 'waiting', location: 'ED^1', visitKey: null, receivedAt: 20 })),
          messages.add(kept('A', { state: 'duplicate' })),
        ]);
        throws(() =>
          store.transact(() => {
            messages.add(kept('C'));
            throw new Error('no');
          }),
        );
        deepEqual(added, [1, 2, 3]);
        const ids = (found: readonly { readonly sequence: number }[]) => found.map(({ sequence }) => sequence);
        deepEqual(ids(messages.list({ limit: 10 })), [3, 2, 1]);
        deepEqual(ids(messages.list({ limit: 10, before: 3, states: ['applied', 'waiting'] })), [2, 1]);
        deepEqual(ids(messages.list({ limit: 1, sender: 'PAS|GH' })), [3]);
        deepEqual(ids(messages.named('PAS|GH', 'A')), [1]);
        deepEqual(ids(messages.ofVisit('visit V1')), [1, 3]);
        deepEqual(ids(messages.waitingFor('PAS|GH', 'ED^1')), [2]);
        equal(messages.unresolved(), 1);
        const now = { ...kept('B'), state: 'confirmed' as const, answered: Buffer.from('y') };
        store.transact(() => messages.change(2, now));
        deepEqual(
          { ...messages.get(2) },
          { ...kept('B', { receivedAt: 20, state: 'confirmed', answered: Buffer.from('y') }), sequence: 2 },
        );
        const mapped = { sender: 'PAS|GH', location: 'ED^1', bedId: testId('b', 1), by: testId('9', 1), at: 5 };
        store.transact(() => messages.mapLocation({ ...mapped, at: 1 }));
        store.transact(() => messages.mapLocation(mapped));
        deepEqual([...messages.mappedLocations()], [mapped]);
        const unmap = () => store.transact(() => messages.unmapLocation(mapped.sender, mapped.location));
        deepEqual([unmap(), unmap(), [...messages.mappedLocations()]], [true, false, []]);
        const forget = (changes: Partial<Retention>) =>
          store.transact(() => messages.forget({ bytesBefore: 0, messagesBefore: 0, mostBytes: 100, most: 10, ...changes }));
        const bytesOf = (sequence: number) => messages.get(sequence)?.received ?? null;
        const nothing = { bytes: 0, messages: 0, outgoing: 0, more: false };
        deepEqual(forget({}), nothing);
        deepEqual(forget({ bytesBefore: 15, most: 1 }), { ...nothing, bytes: 1, more: true });
        deepEqual([bytesOf(1), bytesOf(2), bytesOf(3)], [null, Buffer.from([0, 255]), Buffer.from([0, 255])]);
        // Bytes that are too many go from the oldest, but not those of what waits.
        store.transact(() => {
          messages.change(2, { ...now, state: 'waiting' });
          messages.add(kept('D', { receivedAt: 30, received: Buffer.alloc(6) }));
        });
        deepEqual([forget({ mostBytes: 10 }), forget({ mostBytes: 9 })], [nothing, { ...nothing, bytes: 1 }]);
        deepEqual([bytesOf(2), bytesOf(3), bytesOf(4)], [Buffer.from([0, 255]), null, Buffer.alloc(6)]);
        deepEqual([forget({ mostBytes: 8 }), forget({ mostBytes: 0 })], [nothing, { ...nothing, bytes: 1 }]);
        deepEqual(forget({ messagesBefore: 40, most: 2 }), { ...nothing, messages: 2, more: true });
        deepEqual([forget({ messagesBefore: 40 }), forget({ messagesBefore: 40 })], [{ ...nothing, messages: 1 }, nothing]);
        deepEqual(ids(messages.list({ limit: 10 })), [2]);
      });
    },
  },
  {
    name: 'messages to be sent go in their order: of one visit or bed only the oldest',
    run: (open) =>
      withStore(open, (store) => {
        const { messages } = store;
        const add = (key: string) =>
          messages.enqueue({ createdAt: 10, key, trigger: 'A02', controlId: key, body: Buffer.from(key) });
        const [one, two, other] = store.transact(() => [add('visit a'), add('visit a'), add('bed b')]) as [
          number,
          number,
          number,
        ];
        const change = (sequence: number, changes: object) => {
          const stands = messages.outgoing(sequence);
          if (stands) store.transact(() => messages.changeOutgoing({ ...stands, ...changes }));
        };
        deepEqual([messages.nextOutgoing(9), messages.nextOutgoing(10)?.sequence, messages.queuedCount()], [undefined, one, 3]);
        change(one, { nextAt: 50, attempts: 1 });
        equal(messages.nextOutgoing(20)?.sequence, other);
        change(other, { state: 'sent', endedAt: 20 });
        equal(messages.nextOutgoing(20), undefined);
        const isOvertaken = () => messages.isOvertaken({ sequence: one, key: 'visit a' });
        equal(isOvertaken(), true);
        change(one, { state: 'dead', endedAt: 30 });
        equal(messages.nextOutgoing(30)?.sequence, two);
        deepEqual(
          messages.listOutgoing({ states: ['dead', 'sent'], limit: 5 }).map(({ sequence }) => sequence),
          [other, one],
        );
        deepEqual([messages.deadCount(), messages.queuedCount()], [1, 1]);
        change(two, { state: 'dropped' });
        deepEqual([isOvertaken(), messages.deadCount(), messages.queuedCount()], [false, 1, 0]);
        const retention = { bytesBefore: 0, messagesBefore: 50, mostBytes: 100, most: 10 };
        deepEqual(
          store.transact(() => messages.forget(retention)),
          { bytes: 0, messages: 0, outgoing: 1, more: false },
        );
        deepEqual([messages.outgoing(other), messages.outgoing(one)?.state], [undefined, 'dead']);
      }),
  },
];
