import { describe, expect, test } from 'vitest';
import { type Drag, type DragEvent, idle, stepDrag } from './drag.ts';

const moved = { kind: 'visit', id: 'e1' } as const;
const down = (touch: boolean): DragEvent => ({ type: 'down', pointerId: 1, touch, moved, x: 10, y: 10 });
const to = (x: number, over: string | null, pointerId = 1): DragEvent => ({ type: 'move', pointerId, x, y: 10, over });
const held: DragEvent = { type: 'held', over: null };
const up: DragEvent = { type: 'up', pointerId: 1 };
const run = (...events: readonly DragEvent[]) => {
  let drag: Drag = idle;
  let dropped: string | undefined;
  for (const event of events) {
    const next = stepDrag(drag, event);
    drag = next.drag;
    if (next.drop) dropped = `${next.drop.moved.id} on ${next.drop.bedId}`;
  }
  return [drag.phase, dropped ?? null];
};

describe('a mouse', () => {
  test.each([
    ['presses and lets go: a click', [down(false), to(13, 'b1'), up], ['idle', null]],
    ['moves and lets go over a bed', [down(false), to(16, null), to(90, 'b1'), up], ['idle', 'e1 on b1']],
    ['lets go beside the beds', [down(false), to(16, 'b1'), to(90, null), up], ['idle', null]],
    ['is given up', [down(false), to(90, 'b1'), { type: 'cancel' }, up], ['idle', null]],
    ['does not drag by resting', [down(false), held], ['pressed', null]],
    ['is not moved by another pointer', [down(false), to(90, 'b1', 2)], ['pressed', null]],
    ['is let go only by itself', [down(false), to(90, 'b1'), { type: 'up', pointerId: 2 }], ['dragging', null]],
  ] as const)('%s', (_, events, expected) => expect(run(...events)).toEqual(expected));
});

describe('a finger', () => {
  test.each([
    ['that moves at once scrolls', [down(true), to(30, 'b1'), held, to(90, 'b1'), up], ['idle', null]],
    ['that rests drags', [down(true), to(12, null), held, to(90, 'b1'), up], ['idle', 'e1 on b1']],
    ['that rests and lifts drops nothing', [down(true), held, up], ['idle', null]],
    ['beside which another comes down is for the page', [down(true), held, down(true)], ['idle', null]],
  ] as const)('%s', (_, events, expected) => expect(run(...events)).toEqual(expected));
});

test('nothing happens to nobody', () => expect(run(held, to(5, 'b1'), up)).toEqual(['idle', null]));
