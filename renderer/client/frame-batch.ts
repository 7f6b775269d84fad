import { inNextFrame } from './next-frame.ts';

type Change = { readonly make: () => void; readonly painted: () => void };

/**
 * Makes changes in a task of their own, and none after them until the frame that shows them is on its way to the screen: a board is
 * drawn once for all that came meanwhile, and what it computes and what the page lays out and paints are two tasks, with room for a
 * key between. `painted` is called once the screen shows them; before the first frame of a page that has nothing to show yet, at once.
 */
export const createFrameBatch = (): ((make: () => void, painted: () => void) => void) => {
  let waiting: Change[] = [];
  let hasFrames = false;
  let isScheduled = false;
  requestAnimationFrame(() => {
    hasFrames = true;
  });
  const run = (): void => {
    const changes = waiting;
    waiting = [];
    const shown = (): void => {
      for (const { painted } of changes) painted();
      isScheduled = waiting.length > 0;
      if (isScheduled) run();
    };
    // The frame that is being made is on its way to the screen when the task after it runs.
    if (hasFrames) inNextFrame(() => setTimeout(shown, 0));
    else setTimeout(shown, 0);
    for (const { make } of changes) make();
  };
  return (make, painted) => {
    waiting.push({ make, painted });
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(run, 0);
  };
};
