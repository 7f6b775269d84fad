// When a change that was just made to a page is painted. A frame's callbacks run before it is painted and the task after them
// behind it; so a change made inside such a callback waits for that task, and one made outside it for the next frame first.
import type { Page } from 'playwright';

export type PaintWatch = { readonly afterPaint: (then: () => void) => void };

/** Puts `afterPaint` into the page; call it before what is to be measured. */
export const watchPaint = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const nextFrame = globalThis.requestAnimationFrame.bind(globalThis);
    let isInFrame = false;
    const afterTask = (then: () => void): void => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(null);
    };
    globalThis.requestAnimationFrame = (callback) =>
      nextFrame((at) => {
        if (!isInFrame)
          afterTask(() => {
            isInFrame = false;
          });
        isInFrame = true;
        callback(at);
      });
    const afterPaint = (then: () => void): void => {
      if (isInFrame) afterTask(then);
      else nextFrame(() => afterTask(then));
    };
    Object.assign(globalThis, { afterPaint });
  });
