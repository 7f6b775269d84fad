/** What a desk does when the other side, the disk or chance is hostile. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { buildBed, buildIncident, buildUnit, ids, testId } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createDesks, snapshotId } from '../testing/desks.ts';
import { epochA, poke, rowsAt, settleTurn, type TestDesk } from '../testing/peer.ts';
import { createSignInQueue } from './sign-in-queue.ts';

const bed = buildBed({ id: ids.bed, status: 'available', encounterId: null, reservation: null });
const unit = buildUnit({ status: 'availableAtStation', assignmentId: null, restingUntil: null });
const incident = buildIncident();

const { emptyDesk, wholeDesk: deskWith, endDesks } = createDesks();
afterEach(endDesks);
const wholeDesk = (): Promise<TestDesk> => deskWith(bed, unit, incident);
const bad = { rev: 9, record: { kind: 'bed', id: 'no' } };

test('S2 a welcome that announces more than the copy holds does not make the copy newer', async () => {
  const made = await wholeDesk();
  made.peer.link().cut();
  made.peer.reachable = false;
  await settleTurn(made.clock);
  const { copy } = made.window().frame();
  made.clock.advance(3_600_000);
  made.peer.reachable = true;
  while (made.peer.links.length < 2) made.clock.advance(100);
  made.peer.link().say(made.peer.welcome('resume', 12));
  made.clock.advance(0);
  made.peer.link().cut();
  made.peer.reachable = false;
  await settleTurn(made.clock);
  made.clock.advance(1000);
  expect(made.window().frame().copy).toEqual(copy);
});

test('S2 a poke that was not taken does not make the copy newer', async () => {
  const made = await wholeDesk();
  const { copy } = made.window().frame();
  made.peer.link().mute = true;
  made.clock.advance(3_000);
  made.peer.reachable = false;
  made.peer.link().say(poke(12, 13));
  await settleTurn(made.clock);
  made.clock.advance(1000);
  expect(made.window().frame().copy).toEqual(copy);
});

test('S2 S6 a snapshot of which one page can never be read is not asked for without a pause', async () => {
  const made = await emptyDesk();
  let answered = 0;
  for (let step = 0; step < 600; step += 1) {
    while (answered < made.peer.links.length && answered < 200) {
      const link = made.peer.links[answered];
      answered += 1;
      const hello = link?.said.find(({ type }) => type === 'hello');
      if (hello?.type !== 'hello') continue;
      if (hello.streams.facility.cursor === null) {
        const id = randomUUID();
        link?.say(made.peer.welcome({ snapshotId: id, total: 2 }, 10));
        link?.say({ type: 'page', snapshotId: id, rows: rowsAt(9, bed), next: { kind: 'bed', id: bed.id } });
        made.clock.advance(0);
        link?.say({ type: 'page', snapshotId: id, rows: [bad], next: null });
      } else {
        link?.say(made.peer.welcome('resume', 10));
        made.clock.advance(0);
        link?.say({ type: 'refused', error: { code: 'snapshotGone', message: '' } });
      }
      made.clock.advance(0);
    }
    made.clock.advance(100);
  }
  expect(made.peer.links.length).toBeLessThan(16);
});

test('L3 a backend that welcomes and hangs up is not asked again and again without longer and longer pauses', async () => {
  const made = await wholeDesk();
  for (let step = 0; step < 600; step += 1) {
    const link = made.peer.link();
    if (link.open()) {
      link.say(made.peer.welcome('resume', 10));
      made.clock.advance(0);
      link.cut();
    }
    made.clock.advance(100);
  }
  expect(made.peer.links.length).toBeLessThan(16);
});

test('S8 a log that ends before the cursor is another history, whatever its epoch says', async () => {
  const made = await wholeDesk();
  made.peer.link().say(poke(10, 50, { puts: rowsAt(50, { ...bed, label: 'lost' }) }));
  await settleTurn(made.clock);
  made.peer.link().cut();
  made.clock.advance(1000);
  const other = testId('6', 78);
  made.peer.link().say(made.peer.welcome({ snapshotId: other, total: 3 }, 20, epochA));
  made.peer.link().say({ type: 'page', snapshotId: other, rows: rowsAt(9, bed, unit, incident), next: null });
  await settleTurn(made.clock);
  expect(made.window().record('bed', bed.id)).toEqual(bed);
});

test('S9 a page that the hospital could not read from its disk is asked for again', async () => {
  const made = await emptyDesk();
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 3 }, 10));
  await settleTurn(made.clock);
  made.peer.link().say({ type: 'refused', error: { code: 'storeFailed', message: '' } });
  await settleTurn(made.clock);
  made.clock.advance(1000);
  expect(made.peer.link().said.filter(({ type }) => type === 'page')).toEqual(
    Array(2).fill({ type: 'page', snapshotId, after: null }),
  );
});

test('S1 a desk that becomes a display, or the other way round, takes all rows anew', async () => {
  const made = await wholeDesk();
  made.peer.link().cut();
  made.clock.advance(1000);
  made.peer.link().say({ ...made.peer.welcome('resume', 10), projection: 'display' });
  await settleTurn(made.clock);
  expect(made.peer.links.at(-1)?.said).toMatchObject([{ type: 'hello', streams: { facility: { cursor: null } } }]);
});

test('a dismissed conflict is forgotten after seven days', async () => {
  const made = await wholeDesk();
  const { commandId } = await made.window().submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id });
  made.clock.advance(11_000);
  await made.window().call('resolveConflict', { commandId, choice: 'keep', reason: 'seen' });
  const kept = () => made.database().read.all('SELECT command_id FROM conflict').length;
  made.peer.reachable = false;
  made.peer.link().cut();
  expect(kept()).toBe(1);
  made.database().transaction((handle) => handle.run('UPDATE conflict SET dismissed_at = dismissed_at - 7 * 86400000'));
  made.clock.advance(30_000);
  expect(kept()).toBe(0);
});

test('O2 O5 a given-up urgent command that a person has read keeps its answer and is not sent', async () => {
  const made = await wholeDesk();
  const commandId = randomUUID();
  const input = { incidentId: incident.id, unitId: unit.id };
  await made.window().submit('dispatchUnit', input, commandId);
  made.clock.advance(11_000);
  await settleTurn(made.clock);
  expect(made.window().conflicts()).toMatchObject([{ commandId }]);
  const given = await made.window().submit('dispatchUnit', input, commandId);
  await made.window().call('resolveConflict', { commandId, choice: 'keep', reason: 'seen' });
  const sentBefore = made.peer.link().said.length;
  expect(given).toMatchObject({ status: 'refused', code: 'needsLink' });
  expect(await made.window().submit('dispatchUnit', input, commandId)).toEqual(given);
  await settleTurn(made.clock);
  expect(made.peer.link().said.length).toBe(sentBefore);
});

test('a sign-in that was answered too late does not become the answer of the next one', async () => {
  const clock = createFakeClock(0);
  const queue = createSignInQueue({ wallNow: clock.now, monotonicNow: clock.now, after: clock.after, every: clock.every });
  const first = queue.ask();
  first.catch(() => undefined);
  clock.advance(5_000);
  const second = queue.ask();
  queue.answer('of the first');
  queue.answer('of the second');
  await expect(first).rejects.toThrow('did not answer');
  expect(await second).toBe('of the second');
  expect(clock.waiting()).toBe(0);
});
