/**
 * Dragging somebody to a bed, for a mouse and a finger alike. A mouse drags once it has moved; a finger must rest first, because a
 * finger that moves at once scrolls.
 *
 *     idle ──down──► pressed ──moved 6 px (mouse) / held (finger)──► dragging ──up over a bed──► drop
 *                       │ up, moved before it was held (finger), cancel        │ up elsewhere, cancel, Esc
 *                       └────────────────────────► idle ◄──────────────────────┘
 */
import type { Id } from '#domain/model/values.ts';
import type { Moved } from './moves.ts';

type Place = { readonly x: number; readonly y: number };
type Grip = Place & { readonly pointerId: number; readonly touch: boolean; readonly moved: Moved };
export type Drag =
  | { readonly phase: 'idle' }
  | ({ readonly phase: 'pressed' } & Grip)
  | ({ readonly phase: 'dragging' /** the bed under the pointer */; readonly over: Id | null } & Grip);
export type DragEvent =
  | ({ readonly type: 'down' } & Grip)
  | ({ readonly type: 'move'; readonly pointerId: number; readonly over: Id | null } & Place)
  | { readonly type: 'held'; readonly over: Id | null }
  | { readonly type: 'up'; readonly pointerId: number }
  | { readonly type: 'cancel' };

export const idle: Drag = { phase: 'idle' };
/** How far a mouse moves before it drags, and a finger before it scrolls, CSS pixels. */
const slack = 6;
/** How long a finger rests before it drags, milliseconds. */
export const holdMs = 350;

/** The next state, and what was dropped where if the gesture ended on a bed. */
export const stepDrag = (
  drag: Drag,
  event: DragEvent,
): { readonly drag: Drag; readonly drop?: { readonly moved: Moved; readonly bedId: Id } } => {
  if (event.type === 'cancel') return { drag: idle };
  if (event.type === 'down') {
    // A second finger ends the gesture: two fingers are for the page.
    if (drag.phase !== 'idle') return { drag: idle };
    const { type: _, ...grip } = event;
    return { drag: { phase: 'pressed', ...grip } };
  }
  if (drag.phase === 'idle') return { drag };
  if (event.type === 'held') {
    return { drag: drag.phase === 'pressed' && drag.touch ? { ...drag, phase: 'dragging', over: event.over } : drag };
  }
  if (event.pointerId !== drag.pointerId) return { drag };
  if (event.type === 'up') {
    return drag.phase === 'dragging' && drag.over !== null
      ? { drag: idle, drop: { moved: drag.moved, bedId: drag.over } }
      : { drag: idle };
  }
  const { x, y, over } = event;
  if (drag.phase === 'dragging') return { drag: { ...drag, x, y, over } };
  if (Math.hypot(x - drag.x, y - drag.y) < slack) return { drag };
  return { drag: drag.touch ? idle : { ...drag, phase: 'dragging', x, y, over } };
};
