import { inNextFrame } from './next-frame.ts';

/** Calls `then` once the screen shows what was just written; in a hidden page, or where no frame comes for 250 ms, without. */
export const afterPaint = (then: () => void): void =>
  inNextFrame((isFrame) => {
    // The frame's own callbacks run before it is painted; the task after them runs when it is on its way to the screen.
    if (isFrame) setTimeout(then, 0);
    else then();
  });
