import { inNextFrame } from './next-frame.ts';

type Change = { readonly make: () => void; readonly painted: () => void };

/**
 * Makes changes together at the next frame of the page: a board is drawn once for all that came before it. `painted` is called
 * once the screen shows them. The first ones, in a hidden page, or where no frame comes for 250 ms, they are made without one:
 * a page that has nothing to show yet may wait long for its first frame.
 */
export const createFrameBatch = (): ((make: () => void, painted: () => void) => void) => {
  let waiting: Change[] = [];
  let hasFrames = false;
  requestAnimationFrame(() => {
    hasFrames = true;
  });
  const run = (): void => {
    const changes = waiting;
    waiting = [];
    for (const { make } of changes) make();
    // The frame that is being made is on its way to the screen when the task after it runs.
    setTimeout(() => {
      for (const { painted } of changes) painted();
    }, 0);
  };
  return (make, painted) => {
    waiting.push({ make, painted });
    if (waiting.length > 1) return;
    if (hasFrames) inNextFrame(run);
    else setTimeout(run, 0);
  };
};
