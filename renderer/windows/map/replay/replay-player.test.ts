import { expect, test } from 'vitest';
import { buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createReplayPlayer, type ReplaySource, type Timing } from './replay-player.ts';
import { type InventedHistory, sourceOf } from './testing/invented-history.ts';

const minute = 60_000;
const from = testNow - 120 * minute;
/** A unit whose status began at every tenth second of two hours. */
const history: InventedHistory = {
  from,
  to: testNow,
  gaps: [],
  marks: [{ at: from, kind: 'dispatched', count: 1 }],
  changes: Array.from({ length: 721 }, (_none, index) => ({
    at: from + index * 10_000,
    record: buildUnit({ id: testId('1', 1), statusSince: from + index * 10_000 }),
  })),
  fixes: [],
};

/** Time that is moved by hand. Answers come between two moments. */
const handTime = () => {
  let now = 1_000;
  const due = new Map<object, { at: number; run: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  };
  const timing: Timing = {
    now: () => now,
    later: (milliseconds, run) => {
      const key = {};
      due.set(key, { at: now + milliseconds, run });
      return () => void due.delete(key);
    },
  };
  return {
    timing,
    settle,
    waiting: () => due.size,
    pass: async (milliseconds: number): Promise<void> => {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const [next] = [...due].toSorted(([, left], [, right]) => left.at - right.at);
        if (!next || next[1].at > end) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
        await settle();
      }
      now = end;
    },
  };
};
const opened = async (source: ReplaySource) => {
  const time = handTime();
  const player = createReplayPlayer(source, time.timing);
  await time.settle();
  const shown = () => {
    const { stage, clock, moment, failure } = player.state();
    const since = moment?.records.unit.get(testId('1', 1))?.record.statusSince;
    return { stage, at: moment?.at, since, going: clock?.going, waiting: clock?.waiting, failure };
  };
  return { time, player, shown };
};
const standing = (at: number) => ({ stage: 'open', at, since: at, going: false, waiting: null, failure: null });

test('opens standing five minutes ago, with the marks of the record', async () => {
  const { player, shown } = await opened(sourceOf(history));
  expect(shown()).toEqual(standing(testNow - 5 * minute));
  expect(player.state().marks).toEqual(history.marks);
  player.end();
});

test('runs at its rate, shows the rows of then, stands again, and steps back', async () => {
  const { time, player, shown } = await opened(sourceOf(history));
  player.seek(from + 20 * minute);
  await time.settle();
  player.pace(60);
  player.toggle();
  await time.pass(10_000);
  const { at = 0, since } = shown();
  expect([at - from - 20 * minute > 9 * minute, at - from - 20 * minute <= 10 * minute]).toEqual([true, true]);
  expect(since).toBe(at - ((at - from) % 10_000));
  player.toggle();
  player.step(-30 * minute);
  await time.settle();
  expect(shown().at).toBe(Math.max(from, at - 30 * minute));
  player.end();
});

test('a slow disk is waited for: what is said to be shown was read', async () => {
  const fast = sourceOf(history);
  let give = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    give = resolve;
  });
  const { time, player, shown } = await opened({
    ...fast,
    part: async (start, end) => {
      await held;
      return fast.part(start, end);
    },
  });
  player.seek(from + 20 * minute);
  await time.settle();
  player.pace(60);
  player.toggle();
  await time.pass(2_000);
  expect(shown()).toEqual({ ...standing(from + 20 * minute), going: true, waiting: 'more' });
  give();
  await time.pass(2_000);
  expect(shown()).toMatchObject({ going: true, waiting: null });
  expect((shown().at ?? 0) > from + 21 * minute).toBe(true);
  player.end();
});

test('of places asked for faster than they are read the last one stands', async () => {
  const { time, player, shown } = await opened(sourceOf(history));
  for (let place = 10; place <= 60; place += 1) player.seek(from + place * minute);
  await time.settle();
  expect(shown()).toEqual(standing(from + 60 * minute));
  player.end();
});

test('nothing is shown of a gap, and after it what was recorded then', async () => {
  const gap = { from: from + 30 * minute, to: from + 40 * minute };
  const rest = history.changes.filter(({ at }) => at <= gap.from || at >= gap.to);
  const { time, player, shown } = await opened(sourceOf({ ...history, changes: rest, gaps: [gap] }));
  player.seek(gap.from - 30_000);
  await time.settle();
  player.pace(60);
  player.toggle();
  await time.pass(3_000);
  expect(shown()).toMatchObject({ going: true, waiting: null, since: undefined });
  expect([player.state().moment?.recorded, (shown().at ?? 0) > gap.from]).toEqual([false, true]);
  await time.pass(10_000);
  const { at = 0, since } = shown();
  expect([at > gap.to, since]).toEqual([true, at - ((at - from) % 10_000)]);
  player.end();
});

test('a desk that has recorded nothing says so, and opens when it has', async () => {
  let answer: Awaited<ReturnType<ReplaySource['span']>> = { state: 'found', from: null, to: null, gaps: [], marks: [] };
  const { time, player, shown } = await opened({ ...sourceOf(history), span: async () => answer });
  expect(shown()).toMatchObject({ stage: 'empty', at: undefined });
  answer = { state: 'found', from, to: testNow, gaps: [], marks: [] };
  await time.pass(6_000);
  expect(shown()).toEqual(standing(testNow - 5 * minute));
  player.end();
});

test('history that cannot be had says why, and a moment of silence is not asked at every tick', async () => {
  const fast = sourceOf(history);
  let asked = 0;
  let isBroken = true;
  const { time, player, shown } = await opened({
    ...fast,
    part: async (start, end) => {
      asked += 1;
      if (isBroken) throw new Error('The data service is not there.');
      return fast.part(start, end);
    },
  });
  player.pace(60);
  player.toggle();
  await time.pass(10_000);
  expect(shown()).toMatchObject({ stage: 'open', going: true, waiting: 'more', failure: 'The data service is not there.' });
  expect(asked).toBeLessThan(9);
  isBroken = false;
  await time.pass(9_000);
  expect(shown()).toMatchObject({ failure: null, at: testNow, going: false });
  player.end();

  const refused = await opened({
    ...fast,
    span: async () => ({ state: 'unavailable', reason: 'notKept', message: 'None here.' }),
  });
  expect(refused.shown()).toMatchObject({ stage: 'unavailable', failure: 'None here.', at: undefined });
  refused.player.end();
});

test('what the desk has deleted is not shown any more', async () => {
  let span = await sourceOf(history).span();
  const { time, player, shown } = await opened({ ...sourceOf(history), span: async () => span });
  player.seek(from);
  await time.settle();
  span = { state: 'found', from: null, to: null, gaps: [], marks: [] };
  await time.pass(6_000);
  expect([shown().stage, player.state().moment]).toEqual(['empty', null]);
  player.end();
});

test('a replay that stands untouched for two minutes says once more what it is', async () => {
  const { time, player } = await opened(sourceOf(history));
  await time.pass(119_000);
  expect(player.state().forgotten).toBe(false);
  await time.pass(2_000);
  expect(player.state().forgotten).toBe(true);
  player.touched();
  expect(player.state().forgotten).toBe(false);
  player.end();
});

test('ended, it asks and tells nothing more', async () => {
  const { time, player } = await opened(sourceOf(history));
  let told = 0;
  player.toggle();
  player.subscribe(() => {
    told += 1;
  });
  player.end();
  expect(time.waiting()).toBe(0);
  await time.pass(20_000);
  expect(told).toBe(0);
});
