/** Twelve invented hours of the invented fleet, as a desk would have kept them: for looking. */
import type { ReplayChange, ReplayFix } from '#contracts/ipc/replay.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { replayKinds } from '#domain/rules/replay-history.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { WindowClient } from '#renderer/client/client.ts';
import type { WindowState } from '#renderer/state/store.ts';
import { type RecordTables, recordsOf } from '#renderer/state/store.ts';
import { sourceOf } from '#renderer/windows/map/replay/testing/invented-history.ts';
import { moveFixes } from '#renderer/windows/map/testing/invented.ts';

const minute = 60_000;
/** A fleet larger than this is kept for the last half hour alone: a picture needs no more. */
const smallFleet = 200;

/** A record as it would have been `by` milliseconds ago: every moment in it that much earlier. */
const earlier = (record: VigilRecord, by: number): VigilRecord =>
  JSON.parse(JSON.stringify(record), (_key, value: unknown) =>
    typeof value === 'number' && value > 1e12 ? value - by : value,
  ) as VigilRecord;

/** What a desk kept until `now`; `recorded` false is a desk that has kept nothing. */
export const pretendHistory = (
  tables: RecordTables,
  fixes: WindowState['positions'],
  now: Instant,
  recorded: boolean,
): WindowClient['replay'] => {
  if (!recorded)
    return {
      ...sourceOf({ from: now, to: now, gaps: [], marks: [], changes: [], fixes: [] }),
      span: async () => ({ state: 'found', from: null, to: null, gaps: [], marks: [] }),
    };
  const random = createRandom(5);
  const begin = now - (fixes.size > smallFleet ? 30 : 12 * 60) * minute;
  const records = [...replayKinds].flatMap((kind) => recordsOf(tables, kind) as readonly VigilRecord[]);
  const changes: ReplayChange[] = [];
  for (let at = begin; at <= now; at += 10 * minute)
    changes.push(...records.map((record) => ({ at, record: earlier(record, now - at) })));
  const standing = (at: Instant) =>
    new Map(
      [...fixes].map(([id, fix]) => [
        id,
        { ...fix, receivedAt: at - (now - fix.receivedAt), observedAt: at - (now - fix.observedAt) },
      ]),
    );
  const driven: ReplayFix[] = [...standing(begin).values()].map((fix) => ({ ...fix, at: begin }));
  // Driven in steps of ten seconds, which is ten times as far as a step of the looking page.
  let drive: WindowState['positions'] = new Map(
    [...standing(Math.max(begin, now - 40 * minute))].map(([id, fix]) => [id, { ...fix, speed: (fix.speed ?? 0) * 10 }]),
  );
  for (let at = Math.max(begin, now - 40 * minute); at <= now; at += 10_000) {
    const moved = moveFixes(drive, at);
    const isMinute = Math.floor(at / minute) !== Math.floor((at - 10_000) / minute);
    for (const fix of isMinute ? standing(at).values() : [])
      if (fix.heading === null && at - fix.receivedAt < 30_000) driven.push({ ...fix, at });
    for (const [id, fix] of moved) if (fix !== drive.get(id)) driven.push({ ...fix, speed: (fix.speed ?? 0) / 10, at });
    const turned = (heading: number): number => (heading + random.int(-60, 60) + 360) % 360;
    drive = new Map(
      [...moved].map(([id, fix]) => [
        id,
        fix.heading !== null && random.chance(0.2) ? { ...fix, heading: turned(fix.heading) } : fix,
      ]),
    );
  }
  const marks = Array.from({ length: 12 * 60 }, (_none, index) => now - (12 * 60 - index) * minute)
    .filter((at) => at >= begin)
    .flatMap((at) => [
      ...(random.chance(0.35) ? [{ at, kind: 'callReceived' as const, count: random.int(1, 3) }] : []),
      ...(random.chance(0.3) ? [{ at, kind: 'dispatched' as const, count: random.int(1, 3) }] : []),
      ...(random.chance(0.006) ? [{ at, kind: 'emergency' as const, count: 1 }] : []),
      ...(random.chance(0.01) ? [{ at, kind: 'divert' as const, count: 1 }] : []),
    ]);
  const gaps =
    begin < now - 8 * 60 * minute
      ? [
          { from: now - 7 * 60 * minute, to: now - 6.6 * 60 * minute },
          { from: now - 25 * minute, to: now - 20 * minute },
        ]
      : [];
  return sourceOf({ from: begin, to: now, gaps, marks, changes, fixes: driven });
};
