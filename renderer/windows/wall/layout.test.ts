import { expect, test } from 'vitest';
import { letterFor, millimetresPerPixel, type WallBeds, type WallDetail, wallLayout } from './layout.ts';

const all: readonly WallDetail[] = ['staff', 'complaint', 'stay', 'initials'];
const held: readonly WallDetail[] = ['stay', 'initials'];
/** A department of `count` beds in areas of up to twelve. */
const beds = (count: number, details: readonly WallDetail[] = all): WallBeds => ({
  areas: Array.from({ length: Math.ceil(count / 12) }, (_, area) => ({
    id: `a${area}`,
    bedIds: Array.from({ length: Math.min(12, count - area * 12) }, (_bed, index) => `${area} ${index}`),
  })),
  longestLabel: 3,
  details,
});
const room = (diagonalInches: number, distanceMetres = 6, [width, height] = [1920, 1080]) => ({
  width,
  height,
  millimetresPerPixel: millimetresPerPixel(diagonalInches, width, height),
  distanceMetres,
});

test('a letter is as high as a two-hundredth of the distance', () => {
  // 6 m: a capital of 30 mm. 86 inches are 1904 mm wide, 0.99 mm a pixel.
  expect(letterFor(6, 1)).toBeCloseTo(30 / 0.727, 5);
  expect(letterFor(6, millimetresPerPixel(86, 1920, 1080))).toBeCloseTo(41.6, 1);
  expect(letterFor(6, millimetresPerPixel(86, 3840, 2160))).toBeCloseTo(83.2, 1);
  expect(letterFor(6, millimetresPerPixel(55, 1920, 1080))).toBeCloseTo(65.1, 1);
});

test('what does not fit goes in the written order, and letters keep their size as long as anything can go', () => {
  const dropped = (count: number, inches: number, metres: number) => wallLayout(beds(count), room(inches, metres)).dropped;
  expect([6, 20, 48, 72].map((count) => dropped(count, 86, 6))).toEqual([[], all.slice(0, 2), all.slice(0, 3), all]);
  for (const count of [4, 20, 48, 72, 120, 200]) {
    for (const metres of [2, 4, 6, 8]) {
      const layout = wallLayout(beds(count), room(86, metres));
      expect(all.slice(0, layout.dropped.length)).toEqual(layout.dropped);
      expect(layout.readableMetres >= metres).toBe(layout.displays === 1);
    }
  }
});

test('from 20 to 120 beds every bed stands somewhere, and the wall says from how far it is read', () => {
  const said = [20, 48, 120].map((count) => {
    const layout = wallLayout(beds(count, held), room(86));
    expect(layout.grid.beds).toHaveLength(count);
    const { letter, dropped, readableMetres, displays } = layout;
    return [letter, layout.grid.columns, dropped, readableMetres, displays];
  });
  // Letter in pixels, columns, what went, from how many metres, on how many displays it would be read from six.
  expect(said).toEqual([
    [43, 12, [], 6.1, 1],
    [43, 12, ['stay'], 6.1, 1],
    [31, 12, held, 4.4, 2],
  ]);
});

test('the same wall has the same columns at twice the pixels', () => {
  const [ordinary, fine] = [wallLayout(beds(48, held), room(86)), wallLayout(beds(48, held), room(86, 6, [3840, 2160]))];
  expect([fine.grid.columns, fine.dropped, fine.displays]).toEqual([ordinary.grid.columns, ordinary.dropped, ordinary.displays]);
  expect(fine.letter / ordinary.letter).toBeCloseTo(2, 0);
});

test('a wall that is too small asks for others, and one without beds stands', () => {
  const small = wallLayout(beds(120, held), room(43, 8));
  expect([small.displays === 1, small.readableMetres < 8]).toEqual([false, true]);
  expect(small.grid.beds).toHaveLength(120);
  expect(wallLayout(beds(0), room(55))).toMatchObject({ displays: 1, grid: { beds: [] } });
});

test('areas stand as they are laid out while that costs neither detail nor letter; else in their order, and the wall says so', () => {
  const laidOut = (count: number): WallBeds => {
    const flowing = beds(count, held);
    // Around four walls: three lines high where one or two would do.
    const cellOf = (index: number) =>
      [
        { column: 0, line: index },
        { column: 5, line: index - 3 },
        { column: index - 5, line: 0 },
        { column: index - 8, line: 2 },
      ][Math.floor(index / 3)] ?? { column: 0, line: 0 };
    return {
      ...flowing,
      areas: flowing.areas.map(({ id, bedIds }) => ({
        id,
        bedIds,
        free: { columns: 6, lines: 3, cells: new Map(bedIds.map((bedId, index) => [bedId, cellOf(index)])) },
      })),
    };
  };
  for (const count of [12, 20, 24, 48, 120]) {
    const [free, flowing] = [laidOut(count), beds(count, held)].map((one) => wallLayout(one, room(86)));
    expect([free?.dropped, free?.displays]).toEqual([flowing?.dropped, flowing?.displays]);
    expect(new Set(free?.grid.beds.map(({ column, line }) => `${column} ${line}`)).size).toBe(count);
  }
  const [few, many] = [12, 48].map((count) => wallLayout(laidOut(count), room(86)));
  expect([few?.flowed, many?.flowed, wallLayout(beds(48, held), room(86)).flowed]).toEqual([false, true, false]);
  const { line = 0 } = few?.grid.beds[0] ?? {};
  expect(few?.grid.beds.slice(0, 4).map((bed) => [bed.column, bed.line - line])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [5, 0],
  ]);
});

test('flags have a line of their own, and go down to the first before the stay goes', () => {
  const said = [6, 20, 36, 48, 120].map((count) => {
    const { flagLine, details } = wallLayout(beds(count), room(86));
    return [flagLine, details];
  });
  expect(said).toEqual([
    [true, all],
    [true, held],
    [false, held],
    [false, ['initials']],
    [false, []],
  ]);
});
