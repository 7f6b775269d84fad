/** What comes before its place in the log, and what comes in parts. */
import { afterEach, expect, test } from 'vitest';
import { buildAlarm, buildBed, buildDevice, ids, testId } from '#domain/testing/builders.ts';
import { createDesks, snapshotId } from '../testing/desks.ts';
import { poke, rowsAt, settleTurn, type TestDesk } from '../testing/peer.ts';

const bed = buildBed({ id: ids.bed });
const alarm = buildAlarm({ state: 'unacknowledged', priority: 'high' });
const quiet = { ...alarm, state: 'acknowledged' as const };
const { emptyDesk, wholeDesk: deskWith, endDesks } = createDesks();
afterEach(endDesks);
const wholeDesk = (): Promise<TestDesk> => deskWith(bed, buildDevice());
const shown = (made: TestDesk) => made.window().record('alarm', alarm.id);

test('B2 an alarm ahead of the log is shown and counted at once, and the log has the last word', async () => {
  const made = await wholeDesk();
  made.peer.link().say({ type: 'alarms', rows: rowsAt(14, alarm) });
  await settleTurn(made.clock);
  expect([shown(made), made.window().frame().alarms?.high]).toEqual([alarm, 1]);
  // What the log says before is older, and does not touch it.
  made.peer.link().say(poke(10, 12, { puts: rowsAt(12, { ...bed, label: 'B02' }) }));
  await settleTurn(made.clock);
  expect(shown(made)).toEqual(alarm);
  made.peer.link().say(poke(12, 15, { puts: rowsAt(15, quiet) }));
  await settleTurn(made.clock);
  expect(shown(made)).toEqual(quiet);
  // One that is behind the copy says nothing new.
  made.peer.link().say({ type: 'alarms', rows: rowsAt(14, alarm) });
  await settleTurn(made.clock);
  expect(shown(made)).toEqual(quiet);
});

test('B2 an alarm ahead of the log is not kept, stays through a cut, and goes when the log has passed it without it', async () => {
  const made = await wholeDesk();
  made.peer.link().say({ type: 'alarms', rows: rowsAt(14, alarm) });
  await settleTurn(made.clock);
  made.peer.link().cut();
  await settleTurn(made.clock);
  expect(shown(made)).toEqual(alarm);
  expect(made.database().read.all("SELECT * FROM record WHERE kind = 'alarm'")).toEqual([]);
  made.clock.advance(1_000);
  made.peer.link().say(made.peer.welcome('resume', 16));
  made.peer.link().say(poke(10, 16));
  await settleTurn(made.clock);
  expect(shown(made)).toBeUndefined();
});

test('B2 an alarm told while a snapshot is taken is shown before the rest of it is there', async () => {
  const made = await emptyDesk();
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 3 }, 10));
  made.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, bed), next: { kind: 'bed', id: bed.id } });
  await settleTurn(made.clock);
  made.peer.link().say({ type: 'alarms', rows: rowsAt(11, alarm) });
  await settleTurn(made.clock);
  expect([shown(made), made.window().frame().copy]).toEqual([alarm, { state: 'loading', loaded: 1, total: 3 }]);
  made.peer.link().say(poke(10, 11, { puts: rowsAt(11, quiet) }));
  await settleTurn(made.clock);
  expect(shown(made)).toEqual(quiet);
});

test('B3 the parts of a poke are committed together, and a poke whose last part never came leaves nothing', async () => {
  const made = await wholeDesk();
  const labels = () => [made.window().record('bed', bed.id), made.window().record('bed', testId('b', 2))];
  const second = buildBed({ id: testId('b', 2), label: 'B02' });
  const first = poke(10, 12, { puts: rowsAt(11, { ...bed, label: 'new' }), more: true });
  made.peer.link().say(first);
  await settleTurn(made.clock);
  made.peer.link().cut();
  made.clock.advance(1_000);
  expect([labels(), made.peer.link().said[0]]).toMatchObject([
    [{ label: bed.label }, undefined],
    { type: 'hello', streams: { facility: { cursor: 10 } } },
  ]);
  made.peer.link().say(made.peer.welcome('resume', 12));
  made.peer.link().say(first);
  await settleTurn(made.clock);
  expect(labels()).toMatchObject([{ label: bed.label }, undefined]);
  made.peer.link().say(poke(10, 12, { puts: rowsAt(12, second) }));
  await settleTurn(made.clock);
  expect(labels()).toMatchObject([{ label: 'new' }, { label: 'B02' }]);
});

test('B3 parts that do not belong together are not taken, and what they said is asked for again', async () => {
  const made = await wholeDesk();
  made.peer.link().say(poke(10, 12, { puts: rowsAt(11, { ...bed, label: 'new' }), more: true }));
  made.peer.link().say(poke(10, 13, { puts: [] }));
  await settleTurn(made.clock);
  expect([made.peer.links.length, made.window().record('bed', bed.id)]).toEqual([2, bed]);
  expect(made.window().frame().troubles).toMatchObject([{ code: 'badMessage' }]);
});
