import { describe, expect, test } from 'vitest';
import { boards } from '#contracts/ipc/main-window.ts';
import { arrangementOf, placeAskedFor, placeWall, placeWindows } from './placement.ts';

const display = (id: number, x: number, width = 1920, height = 1080) => ({ id, workArea: { x, y: 0, width, height } });
const placed = (...args: Parameters<typeof placeWindows>) => Object.fromEntries(placeWindows(...args));

describe('where the windows go', () => {
  test('four displays: one board each, in order', () => {
    expect(placed(boards, [display(1, 0), display(2, 1920), display(3, 3840), display(4, 5760)])).toEqual({
      map: { x: 0, y: 0, width: 1920, height: 1080 },
      beds: { x: 1920, y: 0, width: 1920, height: 1080 },
      triage: { x: 3840, y: 0, width: 1920, height: 1080 },
      alarms: { x: 5760, y: 0, width: 1920, height: 1080 },
    });
  });

  test('one ordinary display: one over the other', () => {
    const whole = { x: 0, y: 0, width: 1920, height: 1080 };
    expect(placed(boards, [display(1, 0)])).toEqual({ map: whole, beds: whole, triage: whole, alarms: whole });
  });

  test('one large display: side by side', () => {
    expect(placed(boards, [display(1, 0, 3840, 2160)])).toEqual({
      map: { x: 0, y: 0, width: 1920, height: 1080 },
      beds: { x: 1920, y: 0, width: 1920, height: 1080 },
      triage: { x: 0, y: 1080, width: 1920, height: 1080 },
      alarms: { x: 1920, y: 1080, width: 1920, height: 1080 },
    });
  });

  test('two displays: the boards share them in turn', () => {
    const [left, right] = [display(1, 0), display(2, 1920)];
    expect(placed(boards, [left, right])).toEqual({
      map: left.workArea,
      beds: right.workArea,
      triage: left.workArea,
      alarms: right.workArea,
    });
  });

  test('a remembered place is taken back, unless its display is gone', () => {
    const seen = { x: 100, y: 50, width: 800, height: 600 };
    const gone = { x: 2000, y: 50, width: 800, height: 600 };
    const whole = { x: 0, y: 0, width: 1920, height: 1080 };
    expect(placed(['map', 'beds'], [display(1, 0)], { map: seen, beds: gone })).toEqual({ map: seen, beds: whole });
  });

  test('an arrangement is named by what is there, not by ids or order', () => {
    expect(arrangementOf([display(7, 1920), display(3, 0)])).toBe(arrangementOf([display(1, 0), display(2, 1920)]));
  });
});

describe('where a window opens that is asked for', () => {
  const two = [display(1, 0), display(2, 1920, 1366, 768)];
  test('in the middle of the display it was asked on, no larger than that', () => {
    expect([
      placeAskedFor({ x: 0, y: 0, width: 1920, height: 1080 }, two, undefined),
      placeAskedFor({ x: 2000, y: 100, width: 400, height: 300 }, two, undefined),
    ]).toEqual([
      { x: 240, y: 90, width: 1440, height: 900 },
      { x: 1920, y: 0, width: 1366, height: 768 },
    ]);
  });
  test('where it stood last, while that can be seen', () => {
    const stood = { x: 2000, y: 10, width: 1200, height: 700 };
    const asking = { x: 0, y: 0, width: 1920, height: 1080 };
    expect(placeAskedFor(asking, two, stood)).toEqual(stood);
    expect(placeAskedFor(asking, two.slice(0, 1), stood)).toEqual({ x: 240, y: 90, width: 1440, height: 900 });
    expect(placeAskedFor(asking, [], undefined)).toBeUndefined();
  });
});

test('a wall that is asked for takes the whole of another display, where there is one', () => {
  const two = [display(1, 0), display(2, 1920, 3840, 2160)];
  const [ours, other] = two.map(({ workArea }) => workArea);
  const asking = { x: 0, y: 0, width: 1920, height: 1080 };
  const stood = { x: 100, y: 100, width: 900, height: 700 };
  expect([
    placeWall(asking, two, undefined),
    placeWall({ ...asking, x: 2000 }, two, undefined),
    placeWall(asking, two.slice(0, 1), undefined),
    placeWall(asking, two, stood),
    placeWall(asking, [], undefined),
  ]).toEqual([other, ours, ours, stood, undefined]);
});
