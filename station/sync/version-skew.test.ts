/** The present station at a backend of version 1, as it was recorded, and at one that is too far away. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { buildBed, ids, testId } from '#domain/testing/builders.ts';
import { readMeta } from '../store/queries/meta.ts';
import { createDesks, snapshotId } from '../testing/desks.ts';
import { poke, rowsAt, settleTurn } from '../testing/peer.ts';

const { emptyDesk: desk, endDesks } = createDesks();
afterEach(endDesks);

type Down = Readonly<Record<string, unknown>> & { readonly type: string };
const transcript = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../contracts/wire/testing/version-1.json'), 'utf8'),
) as readonly { readonly down?: Down }[];
const recorded = transcript.flatMap(({ down }) => (down ? [down] : []));

test('V1 at a backend of version 1 the desk says its hello again in the words of version 1 and takes all that was recorded', async () => {
  const made = await desk();
  made.peer.link().say({ type: 'refused', error: { code: 'unknownVersion', message: 'Version 1.' } });
  await settleTurn(made.clock);
  expect(made.peer.links.map(({ said }) => said[0])).toMatchObject([
    { type: 'hello', protocol: PROTOCOL_VERSION },
    { type: 'hello', protocol: 1 },
  ]);
  const firstConnection = recorded.slice(
    0,
    recorded.findLastIndex(({ type }) => type === 'welcome'),
  );
  for (const message of firstConnection)
    if (message.type !== 'pulse' && message.type !== 'signedIn') made.peer.link().say(message);
  await settleTurn(made.clock);
  const pokes = firstConnection.filter(({ type }) => type === 'poke');
  // The recorded key signs no grant of this test.
  expect(made.window().frame()).toMatchObject({
    copy: { state: 'whole' },
    troubles: [{ code: 'signInRefused' }],
    facilityName: 'Test Hospital',
  });
  expect(readMeta(made.database().read, 'cursor')).toBe(pokes.at(-1)?.rev);
  expect(made.window().record('bed', ids.bed)).toMatchObject({ status: 'occupied' });
});

test('V3 at a backend two versions away the desk says which side to update, works on and asks every 15 s', async () => {
  const made = await desk();
  const bed = buildBed({ id: ids.bed });
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 1 }, 10));
  made.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, bed), next: null });
  await settleTurn(made.clock);
  made.peer.link().cut();
  const message = 'The hospital speaks version 4, this desk 2. Update this desk.';
  let answered = 1;
  for (let step = 0; step < 600; step += 1) {
    made.clock.advance(100);
    for (const link of made.peer.links.slice(answered)) link.say({ type: 'refused', error: { code: 'unknownVersion', message } });
    answered = made.peer.links.length;
  }
  // Each time in its own words and in those of the version before.
  expect(made.peer.links.length - 1).toBeLessThanOrEqual(10);
  expect(made.window().frame().troubles).toMatchObject([{ code: 'backendRefused', message }]);
  expect(made.window().record('bed', ids.bed)).toEqual(bed);
});

test('V1 a field that this desk does not know is not kept, and the row is taken', async () => {
  const made = await desk();
  const bed = buildBed({ id: ids.bed });
  const snapshotId = testId('6', 77);
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 1 }, 10));
  made.peer.link().say({ type: 'page', snapshotId, rows: [], next: null });
  made.peer.link().say(poke(10, 11, { puts: [{ rev: 11, record: { ...bed, colour: 'green' } }], later: true }));
  await settleTurn(made.clock);
  expect([made.window().record('bed', ids.bed), made.window().frame().troubles]).toEqual([bed, []]);
});
