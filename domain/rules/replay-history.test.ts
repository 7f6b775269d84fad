import { describe, expect, test } from 'vitest';
import type { Position } from '../model/values.ts';
import {
  buildAssignment,
  buildBed,
  buildCall,
  buildHospital,
  buildIncident,
  buildUnit,
  ids,
  testNow,
} from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { noTimes } from './assignment-times.ts';
import { straightMetres } from './drive.ts';
import { inPictureUntil, type KeptFix, keepsFix, replayMark } from './replay-history.ts';

const HOUR = 3_600_000;

test('what has ended stays in the picture for an hour, and everything else as long as it exists', () => {
  const ended = { ...noTimes, backInService: testNow };
  expect(
    [
      buildUnit(),
      buildIncident(),
      buildIncident({ status: 'cancelled', closedAt: testNow }),
      buildAssignment(),
      buildAssignment({ times: ended }),
      buildAssignment({ times: { ...noTimes, cancelled: testNow - 1 } }),
      buildCall({ status: 'ended', endedAt: testNow }),
    ].map(inPictureUntil),
  ).toEqual([null, null, testNow + HOUR, null, testNow + HOUR, testNow + HOUR - 1, testNow + HOUR]);
});

describe('positions', () => {
  // A unit that stands, drives and wanders as receivers do, with fixes every one to ninety seconds.
  const streams = Array.from({ length: 40 }, (_, seed) => {
    const random = createRandom(seed);
    let position: Position = [-56.16, -34.89];
    let at = testNow;
    return Array.from({ length: 200 }, () => {
      at += random.chance(0.9) ? random.int(500, 3_000) : random.int(3_000, 90_000);
      const step = random.chance(0.4) ? random.next() * 0.0004 : random.next() * 0.00003;
      position = [position[0] + step * random.pick([-1, 1]), position[1] + step * random.pick([-1, 1])];
      return { position, at };
    });
  });

  test('no two are kept within ten seconds, none of a minute is left out, and nobody stands elsewhere than where they are', () => {
    for (const stream of streams) {
      let kept: KeptFix | undefined;
      for (const fix of stream) {
        const before: KeptFix | undefined = kept;
        if (keepsFix(before, fix.position, fix.at)) kept = fix;
        if (!before || !kept) continue;
        if (kept !== before) expect(kept.at - before.at).toBeGreaterThanOrEqual(10_000);
        expect(fix.at - kept.at).toBeLessThan(60_000);
        // Ten seconds after one was kept, whoever moved is shown within the metres of the rule.
        if (fix.at - kept.at >= 10_000) expect(straightMetres(kept.position, fix.position)).toBeLessThanOrEqual(25);
      }
    }
  });
});

test('what a person would look for is marked when it happens, and only then', () => {
  const hospital = buildHospital();
  const away = buildHospital({ emsTrafficStatus: 'closed' });
  const assignment = buildAssignment();
  const diverted = buildAssignment({ divertedTo: ids.incident });
  expect(
    (
      [
        [undefined, buildIncident()],
        [buildIncident(), buildIncident({ status: 'cancelled' })],
        [undefined, assignment],
        [assignment, diverted],
        [diverted, diverted],
        [buildUnit(), buildUnit({ emergency: true })],
        [buildUnit({ emergency: true }), buildUnit({ emergency: true })],
        [undefined, buildUnit({ emergency: true })],
        [hospital, away],
        [away, hospital],
        [undefined, away],
        [buildIncident(), undefined],
        [undefined, buildBed()],
      ] as const
    ).map(([before, after]) => replayMark(before, after)),
  ).toEqual(['callReceived', null, 'dispatched', 'divert', null, 'emergency', null, null, 'divert', null, null, null, null]);
});
