import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { type Drag, type DragEvent, holdMs, idle, stepDrag } from './drag.ts';
import type { Moved } from './moves.ts';

/** What the pointer carries and what letting go would do, for the ghost. */
export type GhostText = { readonly text: string; readonly detail: string; readonly tone: 'done' | 'asked' | 'no' };

/** How near to the edge of the beds a drag scrolls them, and by how much at each move, CSS pixels. */
const edge = { near: 36, step: 18 };

const grippedAt = (target: EventTarget | null): Moved | null => {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-moves]') : null;
  const [kind, id] = element?.dataset['moves']?.split(' ') ?? [];
  return (kind === 'visit' || kind === 'crew') && id !== undefined ? { kind, id } : null;
};
const bedAt = (x: number, y: number): Id | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-bed-id]')?.dataset['bedId'] ?? null;

/**
 * Lets whatever says `data-moves="visit ID"` within `board` be dragged to a bed, by mouse and by finger, and draws what letting go
 * would do beside the pointer. `Esc` gives a drag up.
 */
export const useDrag = (
  board: RefObject<HTMLElement | null>,
  {
    describe,
    onDrop,
  }: {
    readonly describe: (moved: Moved, bedId: Id | null) => GhostText;
    readonly onDrop: (moved: Moved, bedId: Id) => void;
  },
): { readonly ghost: ReactNode /** the bed under the pointer of a drag */; readonly over: Id | null } => {
  const state = useRef<Drag>(idle);
  const [shown, setShown] = useState<{ readonly moved: Moved; readonly over: Id | null } | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const root = board.current;
    if (!root) return;
    const given = new AbortController();
    const { signal } = given;
    let hold: ReturnType<typeof setTimeout> | undefined;
    let unhush: ReturnType<typeof setTimeout> | undefined;
    const hush = (event: Event): void => {
      event.stopPropagation();
      event.preventDefault();
    };
    const step = (event: DragEvent): void => {
      const before = state.current;
      const { drag, drop: dropped } = stepDrag(before, event);
      state.current = drag;
      if (drag.phase !== 'pressed') clearTimeout(hold);
      if (drag.phase === 'dragging') {
        setShown((now) =>
          now && now.over === drag.over && now.moved === drag.moved ? now : { moved: drag.moved, over: drag.over },
        );
        ghost.current?.style.setProperty('transform', `translate(${drag.x + 14}px, ${drag.y + 14}px)`);
      } else if (before.phase === 'dragging') {
        setShown(null);
        // The click that ends a drag is none.
        window.addEventListener('click', hush, { capture: true });
        unhush = setTimeout(() => window.removeEventListener('click', hush, { capture: true }));
      }
      if (dropped) drop(dropped.moved, dropped.bedId);
    };
    const listen = <N extends keyof WindowEventMap>(name: N, run: (event: WindowEventMap[N]) => void): void =>
      window.addEventListener(name, run, { signal });
    root.addEventListener(
      'pointerdown',
      (event) => {
        const moved = event.isPrimary && event.button === 0 ? grippedAt(event.target) : null;
        if (!moved) return step({ type: 'cancel' });
        const { pointerId, clientX: x, clientY: y } = event;
        const touch = event.pointerType !== 'mouse';
        step({ type: 'down', pointerId, touch, moved, x, y });
        clearTimeout(hold);
        if (touch) {
          hold = setTimeout(() => {
            step({ type: 'held', over: bedAt(x, y) });
            ghost.current?.style.setProperty('transform', `translate(${x + 14}px, ${y + 14}px)`);
          }, holdMs);
        }
      },
      { signal },
    );
    listen('pointermove', (event) => {
      if (state.current.phase === 'idle') return;
      const { pointerId, clientX: x, clientY: y } = event;
      step({ type: 'move', pointerId, x, y, over: bedAt(x, y) });
      if (state.current.phase !== 'dragging') return;
      const areas = root.querySelector('.areas');
      const box = areas?.getBoundingClientRect();
      if (areas && box && x < box.right) {
        if (y < box.top + edge.near) areas.scrollBy(0, -edge.step);
        else if (y > box.bottom - edge.near) areas.scrollBy(0, edge.step);
      }
    });
    listen('pointerup', ({ pointerId }) => step({ type: 'up', pointerId }));
    listen('pointercancel', () => step({ type: 'cancel' }));
    listen('blur', () => step({ type: 'cancel' }));
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || state.current.phase !== 'dragging') return;
        hush(event);
        step({ type: 'cancel' });
      },
      { signal, capture: true },
    );
    // A finger that drags does not scroll, and one that rests asks for no menu.
    const whileDragging = (event: Event): void => {
      if (state.current.phase === 'dragging') event.preventDefault();
    };
    root.addEventListener('touchmove', whileDragging, { signal, passive: false });
    // A touch that stops a gliding page takes nobody up: the browser would end the drag at its first movement.
    root.addEventListener('touchstart', (event) => event.cancelable || step({ type: 'cancel' }), { signal, passive: true });
    root.addEventListener('contextmenu', (event) => state.current.phase !== 'idle' && event.preventDefault(), { signal });
    return () => {
      given.abort();
      clearTimeout(hold);
      clearTimeout(unhush);
      window.removeEventListener('click', hush, { capture: true });
      state.current = idle;
    };
  }, [board]);
  const said = shown && describe(shown.moved, shown.over);
  const at = state.current;
  return {
    over: shown?.over ?? null,
    ghost: said ? (
      <div
        className={`ghost ghost--${said.tone}`}
        ref={ghost}
        role="status"
        style={at.phase === 'dragging' ? { transform: `translate(${at.x + 14}px, ${at.y + 14}px)` } : {}}
      >
        <b>{said.text}</b>
        {said.detail === '' ? null : <span>{said.detail}</span>}
      </div>
    ) : null,
  };
};
